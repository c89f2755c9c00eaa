"""What a browser is shown: every file of the site as a build of the saved sources would make it, made when it is asked for."""

import importlib.util
import shutil
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import handbook
from handbook.content import Handbook
from handbook.finish import asset_versions, finish_site
from handbook.finish.finishing import finish_page
from handbook.finish.settings import load_settings
from handbook.finish.theme import SHEETS
from handbook.keeping import Kept
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES
from handbook.preview.fullbuild import FullBuild, Tell
from handbook.preview.search import LateSearch
from handbook.preview.sources import is_content, read_sources
from handbook.search.script import scripts_of

# Inline scripts are moved into files of this name when their page is finished.
MOVED = "assets/inline-"
# What a browser asks for by itself; no build has it.
NEVER = {"favicon.ico", "robots.txt"}


class Preview:
    """The site of the handbook at ROOT, made piece by piece in FOLDER. Its methods may be called from several threads.

    What keeps the handbook from being built is told, and the preview stays as it was until it is mended.
    """

    def __init__(self, root: Path, folder: Path, tell: Tell):
        """Raises BadInput where the handbook cannot be built at all."""
        self._root, self._tell = root, tell
        self._lock = threading.RLock()
        self._build = FullBuild(root, folder / "built", tell)
        self._kept = Kept()
        self._fresh: dict[str, Path] = {}
        self._pending: set[str] = set()
        self._waiting = False
        self.version = 0
        self.search = LateSearch()
        self.site, self._furniture = folder / "site", folder / "furniture"
        (self.site / "assets").mkdir(parents=True)
        self.book = read_sources(root, self._kept, set())
        self._maker = _maker()
        self._generator = self._maker.Generator(root, self.site, tell)
        self._take(restructure=True)

    def refresh(self, saved: set[str]) -> set[str] | None:
        """Takes what was SAVED, named from the root. Returns the names of what now shows anew, None where nothing does."""
        with self._lock:
            touched = self._pending = self._pending | {shown for shown in saved if self._counts(shown)}
            try:
                book = read_sources(self._root, self._kept, touched)
                if "mkdocs.yml" in touched:
                    self._generator = self._maker.Generator(self._root, self.site, self._tell)
            except BadInput as error:
                for finding in error.findings:
                    self._tell(str(finding))
                self._tell("The preview stays as it was until this is mended.")
                self._waiting = True
                return None
            moved = _files(book) ^ _files(self.book)
            changed = self._kept.changed | moved | touched
            if not changed:
                if self._waiting:
                    self._tell("Mended: the sources are again what is shown.")
                self._waiting = False
                return None
            self.book = book
            self._take(restructure=bool(moved) or not all(map(self._is_asset, touched)), changed=changed)
            return changed

    def get(self, address: str) -> bytes | None:
        """What is at ADDRESS, below the site's root; None where a build has nothing. Raises BadInput where it cannot be made."""
        # Read under the lock: another thread may be making the same file anew.
        with self._lock:
            if address not in self._fresh and (made := self._make(address)):
                self._fresh[address] = made
            if address in self._fresh:
                return self._fresh[address].read_bytes()
        if address in NEVER or address.endswith((".html", "/")) or not Path(address).suffix:
            return None
        return self._build.get(address, self.version)

    @property
    def addresses(self) -> set[str]:
        """Where the pages and assets of the site are, below its root."""
        return set(self._outputs)

    def settle(self) -> None:
        """Brings the search up to date in the languages that were looked at; the pages name its files by what these hold."""
        with self._lock:
            book, version, languages = self.book, self.version, self.search.behind
        scripts = {lang: scripts_of(book, lang) for lang in sorted(languages)}
        with self._lock:
            if version == self.version and self.search.take(scripts):
                self._generator.take(self.book, self.search.of(self.book), set())
                self._forget()

    def _take(self, restructure: bool, changed: frozenset[str] | set[str] = frozenset()) -> None:
        self._generator.take(self.book, self.search.of(self.book), set() if restructure else changed)
        if restructure:
            self._generator.restructure()
        if restructure or "docs/data/labels.yml" in changed:
            self._furnish()
        self._kept.changed.clear()
        self._pending, self._waiting = set(), False
        self.version += 1
        self.search.renew()
        self._forget()

    def _counts(self, shown: str) -> bool:
        """Whether SHOWN is part of the site besides its content, and not what an editor keeps beside a file while it saves."""
        passing = Path(shown).name.startswith(".") or shown.endswith("~")
        known = shown.startswith("overrides/") or shown.removeprefix("docs/") in self._outputs or (self._root / shown).is_file()
        return known and not passing and not is_content(shown)

    def _is_asset(self, shown: str) -> bool:
        """Whether SHOWN is a file that is handed on as it stands, and is still there."""
        return shown.startswith("docs/assets/") and shown.removeprefix("docs/") in self._outputs and (self._root / shown).is_file()

    def _forget(self) -> None:
        self._fresh.clear()
        self._outputs = self._generator.outputs()

    def _furnish(self) -> None:
        """Makes what stands beside the pages: fonts, icons, manifests."""
        shutil.rmtree(self._furniture, ignore_errors=True)
        for lang in LANGUAGES[1:]:
            (self._furniture / lang).mkdir(parents=True)
        for address, (lang, file) in self._generator.outputs().items():
            if address.startswith(SHEETS):
                (self._furniture / address).parent.mkdir(parents=True, exist_ok=True)
                (self._furniture / address).write_bytes(self._generator.make(lang, file).read_bytes())
        finish_site(self.book, load_settings(self._root), self._furniture, self._generator.address)

    def _make(self, address: str) -> Path | None:
        if lang := self.search.lang(address):
            self.search.look(lang)
            if lang in self.search.behind:
                self.settle()
            return self.search.write(address, self.site)
        if address in self._outputs:
            lang, file = self._outputs[address]
            if file.page is None:
                return self._generator.make(lang, file)
            self.search.look(lang)
            return self._page(address, lambda: self._generator.make(lang, file))
        if address.startswith(MOVED) and (self.site / address).is_file():
            return self.site / address
        if (self._furniture / address).is_file():
            return self._furniture / address
        return self._page(address, lambda: self._generator.make_template(address))

    def _page(self, address: str, make: Callable[[], Path | None]) -> Path | None:
        """What MAKE makes, finished. Where it fails, what ADDRESS showed before stays; raises BadInput where there is nothing."""
        target = self.site / address
        before = target.read_bytes() if target.is_file() else None
        try:
            made = make()
            versions = asset_versions(self._root, self._furniture)
            findings = finish_page(made, self.site, versions)[1] if made and made.suffix == ".html" else []
        except Exception as error:  # A template is a program: whatever is wrong in it must not end the preview.
            findings = [_where(error, self._root, address)]
        if not findings:
            return made
        for finding in findings:
            self._tell(str(finding))
        if before is None:
            raise BadInput(findings)
        target.write_bytes(before)
        return target


def _files(book: Handbook) -> set[str]:
    """The files of BOOK that may come and go."""
    records = [*book.instruments.values(), *book.sources.values()]
    return {page.shown for page in book.pages.values()} | {book.path_of(record) for record in records}


def _where(error: Exception, root: Path, address: str) -> Finding:
    """The place in our own templates or sources where ERROR arose."""
    if isinstance(error, BadInput):
        return error.findings[0]
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(root / "overrides")]
    path, line = (Path(frames[-1].filename).relative_to(root).as_posix(), frames[-1].lineno or 1) if frames else (address, 1)
    line = getattr(error, "lineno", None) or line
    return Finding(path, line, "template", f"/{address} must be made without an error ({type(error).__name__}: {error}). Mend it.")


def _maker() -> ModuleType:
    """scripts/generator.py, which stands beside scripts/hooks.py: this package itself knows nothing of the site's generator."""
    spec = importlib.util.spec_from_file_location("generator", Path(handbook.__file__).parents[1] / "generator.py")
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its own module up there.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
