"""The search of the preview: it costs more than a page, so it follows a moment later, and at once when it is used."""

from pathlib import Path

from handbook.content import Handbook
from handbook.model import LANGUAGES
from handbook.search.script import Script, Search

Scripts = dict[str, dict[str, Script]]
_NAMES = {"index": "search", "text": "search-text"}


class LateSearch:
    """The scripts of the search as they last were, under every address that a page may still name."""

    def __init__(self) -> None:
        self._scripts: Scripts = {
            lang: {name: Script(f"assets/{stem}.{lang}.later.js", "") for name, stem in _NAMES.items()} for lang in LANGUAGES
        }
        self._known = {script.address: (lang, name) for lang, both in self._scripts.items() for name, script in both.items()}
        self._seen: set[str] = set()
        self._present: set[str] = set()

    @property
    def behind(self) -> set[str]:
        """The languages that were looked at, but whose search is not of the present handbook."""
        return self._seen - self._present

    def look(self, lang: str) -> None:
        """Takes note that LANG is looked at."""
        self._seen.add(lang)

    def renew(self) -> None:
        """Takes note that the handbook has changed."""
        self._present.clear()

    def of(self, book: Handbook) -> Search:
        """The search of BOOK with the scripts as they last were."""
        return Search(book, self._scripts)

    def take(self, scripts: Scripts) -> bool:
        """Takes SCRIPTS as those of the present handbook; says whether they differ from the last."""
        self._present |= scripts.keys()
        before, self._scripts = self._scripts, self._scripts | scripts
        self._known |= {script.address: (lang, name) for lang, both in scripts.items() for name, script in both.items()}
        return before != self._scripts

    def lang(self, address: str) -> str | None:
        """The language of the script that stands, or stood, at ADDRESS."""
        return self._known[address][0] if address in self._known else None

    def write(self, address: str, site: Path) -> Path:
        """Writes the present script for ADDRESS, which may be an older one, below SITE."""
        lang, name = self._known[address]
        (site / address).write_text(self._scripts[lang][name].content, "utf-8")
        return site / address
