"""The press: the Typst compiler with the book's typeface and nothing of the machine it runs on."""

import datetime
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from lxml import etree

from handbook.book import arriving, excerpts, numbering, packing, parts
from handbook.book.keeping import Keeper
from handbook.book.numbering import Numbers, Places
from handbook.book.packing import Excerpt, pack, pack_excerpts
from handbook.book.typefaces import characters, typefaces
from handbook.loading import BadInput, Finding

TEMPLATES = "overrides/book"
STANDARDS = ["ua-1", "a-3a"]
CACHE = ".cache/book"
REGIONS = {"nl": "NL", "en": "GB"}
_TOOLS = ("typst", "pikepdf", "fontpkg-source-sans-3")
# What decides how a PDF is made after it is set.
_MAKERS = [module.__file__ for module in (arriving, excerpts, numbering, packing, parts)] + [__file__]
# A text is set this often at most; most stand still after three times.
_ROUNDS = 8


class Press:
    """A folder with the templates of ROOT, to which a text is brought; use it as a context."""

    def __init__(self, root: Path):
        self._root = root

    def __enter__(self) -> "Press":
        folder = typefaces(self._root / ".cache")
        self.characters = characters(folder)
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        self._keeper = Keeper(self._root / CACHE)
        self._folder = tempfile.TemporaryDirectory()
        self.work = Path(self._folder.name)
        for template in (self._root / TEMPLATES).glob("*.typ"):
            shutil.copy(template, self.work)
        self._templates = set(self.work.iterdir())
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def bring(self, info: dict, numbers: Numbers | None = None, images: Iterable[tuple[Path, str]] = ()) -> None:
        """Lays INFO, the text with page NUMBERS and IMAGES (file, name) ready for the template, instead of what lay there.

        The `date` of INFO, a day, becomes that of the PDF."""
        for left in set(self.work.iterdir()) - self._templates:
            left.unlink()
        self._words, self._numbers = info["words"], numbers
        self._moment = int(datetime.datetime(*info["date"], tzinfo=datetime.UTC).timestamp())
        (self.work / "book.json").write_text(json.dumps(info, ensure_ascii=False), "utf-8")
        self._bring_text()
        for source, name in images:
            shutil.copy(source, self.work / name)

    def _bring_text(self) -> None:
        if self._numbers is not None:
            (self.work / "book.xml").write_bytes(etree.tostring(self._numbers.root, encoding="utf-8", xml_declaration=True))

    def pdf(self, template: str, shown: str | None = None) -> bytes:
        """TEMPLATE as a PDF of both standards. Raises BadInput, for SHOWN or the template, with what Typst says."""

        def made() -> bytes:
            content, places = self._set(template, shown)
            return pack(content, self._words, places)

        return self._keeper.get(self._ingredients(template), made)

    def excerpts(self, template: str, choose: Callable[[Places, int], list[Excerpt]]) -> dict[str, bytes]:
        """By name the excerpts that CHOOSE picks from TEMPLATE when it is set, by its places and number of sheets. Raises BadInput."""

        def made() -> Iterator[tuple[str, bytes]]:
            content, places = self._set(template, None)
            return pack_excerpts(content, self._words, places, choose)

        return self._keeper.get_all(self._ingredients(template), made)

    def _set(self, template: str, shown: str | None) -> tuple[bytes, Places | None]:
        """TEMPLATE as the compiler makes it, and where all is in it."""
        places = None if self._numbers is None else self._settled(template, shown, self._numbers)
        made, warnings = self._told(template, shown, self._compile)
        if warnings:
            said = "; ".join(one.message for one in warnings)
            message = f"Typst must have nothing to warn of; it says: {said}. Mend the template."
            raise BadInput([Finding(shown or f"{TEMPLATES}/{template}", 1, "pdf", message)])
        return made, places

    def _compile(self, compiler: typst.Compiler) -> tuple[bytes, list]:
        return compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=self._moment)

    def _settled(self, template: str, shown: str | None, numbers: Numbers) -> Places:
        """Where all is once the page NUMBERS are in the text; it is set again while they move, but nothing is set twice the same."""
        for _ in range(_ROUNDS):
            places = Places.told(json.loads(self._told(template, shown, _ask_places)))
            if lost := numbers.lost(places):
                message = "The link must lead to what the book shows; #{} is left out. Set it in the template, or lead elsewhere."
                raise BadInput([Finding(page, 1, "pdf", message.format(its_id)) for page, its_id in lost])
            if not numbers.fill(places):
                return places
            self._bring_text()
        message = f"The page numbers must stand still; after {_ROUNDS} times they still move. Give the template more room around them."
        raise BadInput([Finding(f"{TEMPLATES}/{template}", 1, "pdf", message)])

    def _ingredients(self, template: str) -> Iterator[bytes]:
        """All that decides what a PDF looks like."""
        tools = [f"{name} {version(name)}" for name in _TOOLS]
        yield repr([template, STANDARDS, tools]).encode()
        yield from (Path(maker).read_bytes() for maker in _MAKERS)
        for path in sorted(self.work.iterdir()):
            yield path.name.encode()
            yield path.read_bytes()

    def _told(self, template: str, shown: str | None, ask: Callable[[typst.Compiler], Any]) -> Any:
        """What the compiler of TEMPLATE answers when one ASKs. Raises BadInput with what it says instead."""
        compiler = typst.Compiler(self.work / template, root=self.work, font_paths=self._fonts)
        try:
            return ask(compiler)
        except typst.TypstError as error:
            said = " ".join([error.message, *(error.hints or [])])
            message = f"The text must be fit for PDF/UA and PDF/A; Typst says: {said}. Mend the page that causes it."
            where = (shown, 1) if shown else _where(error.diagnostic, template)
            raise BadInput([Finding(*where, "pdf", message)]) from None

    def picture(self, template: str, dots: float) -> bytes:
        """The one page of TEMPLATE as a PNG of DOTS per inch."""
        return self._told(template, None, lambda compiler: compiler.compile(format="png", ppi=dots))


def _ask_places(compiler: typst.Compiler) -> str:
    try:
        return compiler.query("<places>", field="value", one=True)
    except RuntimeError:
        compiler.compile(format="pdf")  # a question is answered without the line that is wrong
        raise


def _where(diagnostic: str | None, template: str) -> tuple[str, int]:
    """The template and the line that DIAGNOSTIC names first; TEMPLATE, which was set, where it names none."""
    match = re.search(r"([\w-]+\.typ):(\d+):\d+", diagnostic or "")
    return (f"{TEMPLATES}/{match[1]}", int(match[2])) if match else (f"{TEMPLATES}/{template}", 1)
