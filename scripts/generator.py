"""Where the preview calls MkDocs, as MkDocs calls hooks.py: a configuration kept warm, and single pages made by a build's own steps."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handbook.content import Handbook
from handbook.loading import BadInput, Finding
from handbook.search import Search
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation


@dataclass
class _Language:
    """What MkDocs knows of one language between its events: files, navigation, templates."""

    files: Files
    nav: Navigation
    env: object
    outputs: dict[str, File]


class Generator:
    """Makes single files of the site of the handbook at ROOT, into SITE.

    Every event of a build reaches scripts/hooks.py in the order of a build; only that a page is made when it is asked for.
    """

    def __init__(self, root: Path, site: Path, warn: Callable[[str], None]):
        """WARN is told what MkDocs warns of. Raises BadInput for a configuration that MkDocs refuses."""
        logger = logging.getLogger("mkdocs")
        logger.handlers = [_Teller(warn)]
        logger.propagate = False
        try:
            self._config: MkDocsConfig = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
        except MkDocsException as error:
            raise BadInput(
                [Finding("mkdocs.yml", 1, "configuration", f"MkDocs must accept the configuration ({error}). Correct it.")]
            ) from None
        self._site, self.address = site, self._config.site_url
        self._i18n = self._config.plugins["i18n"]
        self._hooks = next(module for module in self._config.hooks.values() if hasattr(module, "take"))
        self._languages: dict[str, _Language] = {}

    def take(self, book: Handbook, search: Search, changed: set[str]) -> None:
        """Takes BOOK as what is shown from now on, of which the files CHANGED differ from what was shown before."""
        self._hooks.take(book, search, self._config)
        for lang, one in self._languages.items():
            self._turn_to(lang)
            for file in one.files.documentation_pages():
                if f"docs/{file.src_uri}" in changed:
                    _hold(file)
                    file.page.read_source(self._config)
            self._config.plugins.on_env(one.env, config=self._config, files=one.files)

    def restructure(self) -> None:
        """Reads files, navigation and templates anew."""
        self._languages.clear()
        for lang in self._i18n.build_languages:
            self._turn_to(lang)
            self._languages[lang] = self._read()

    def outputs(self) -> dict[str, tuple[str, File]]:
        """What can be made from a file: its address below the site's root → (language, file)."""
        return {address: (lang, file) for lang, one in reversed(self._languages.items()) for address, file in one.outputs.items()}

    def make(self, lang: str, file: File) -> Path:
        """Makes FILE, a page or an asset, in LANG and returns where it is. Raises whatever its making raises."""
        one = self._languages[lang]
        self._turn_to(lang)
        target = self._site / file.dest_uri
        if file.page is None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.content_bytes)
            return target
        build._populate_page(file.page, self._config, one.files)
        build._build_page(file.page, self._config, one.files.documentation_pages(), one.nav, one.env)
        return target

    def make_template(self, name: str) -> Path | None:
        """Makes 404.html of a language, or sitemap.xml with its compressed twin, and returns where it is; None for another NAME."""
        lang, _, plain = name.rpartition("/")
        plain = plain.removesuffix(".gz")
        if plain not in self._config.theme.static_templates or lang not in ("", *self._i18n.build_languages[1:]):
            return None
        # The last language built writes what belongs to all of them.
        lang = lang or self._i18n.build_languages[0 if plain == "404.html" else -1]
        one = self._languages[lang]
        self._turn_to(lang)
        build._build_theme_template(plain, one.env, one.files, self._config, one.nav)
        if plain == "404.html" and lang != self._i18n.default_language:
            (self._site / name).parent.mkdir(parents=True, exist_ok=True)
            (self._site / name).write_text(self._hooks.missing()[lang], "utf-8")
        return self._site / name

    def _turn_to(self, lang: str) -> None:
        """Sets the configuration as it stands while LANG is built."""
        if self._i18n.current_language != lang or not self._languages:
            self._i18n.current_language = lang
            self._config.plugins.on_config(self._config)

    def _read(self) -> _Language:
        plugins, config = self._config.plugins, self._config
        files, env = get_files(config), config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = plugins.on_nav(get_navigation(files, config), config=config, files=files)
        for file in files.documentation_pages():
            _hold(file)
            if file.page is None:
                build.Page(None, file, config)
            file.page.read_source(config)
        plugins.on_env(env, config=config, files=files)
        made = [
            *files.documentation_pages(),
            *(file for file in files if not file.is_documentation_page() and file.inclusion.is_included()),
        ]
        return _Language(files, nav, env, {file.dest_uri: file for file in made})


class _Teller(logging.Handler):
    """Hands warnings on."""

    def __init__(self, tell: Callable[[str], None]):
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell(record.getMessage())


def _hold(file: File) -> None:
    """Lets FILE keep its present text: what is saved later shows only when the whole handbook can take it."""
    file.content_string = Path(file.src_dir, file.src_uri).read_text("utf-8-sig")
