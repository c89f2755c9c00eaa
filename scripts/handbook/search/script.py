"""Writes the search of each language as script files, and tells the templates where they are."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from handbook.content import Handbook
from handbook.made import made
from handbook.model import LANGUAGES
from handbook.search.entries import Entry, entries
from handbook.search.index import index, text_index

# Results show this much of a longer text.
_LENGTH = 160


@dataclass(frozen=True)
class Script:
    """A script file: its address below the root of the site, which changes with its content, and its content."""

    address: str
    content: str


class Search:
    """The search of BOOK. `scripts[lang]` holds `index`, enough for first results, and `text`, which completes them.

    Both are scripts and not JSON, so that a browser loads them from a folder too. SCRIPTS made before may stand in for the book's own.
    """

    def __init__(self, book: Handbook, scripts: dict[str, dict[str, Script]] | None = None):
        self._book = book
        self.scripts = scripts or {lang: scripts_of(book, lang) for lang in LANGUAGES}

    def furniture(self, lang: str) -> dict[str, object]:
        """What `overrides/partials/search.html` needs in LANG: addresses seen from the root of the site, and words."""
        other = next(one for one in LANGUAGES if one != lang)
        roots = {one: "." if one == LANGUAGES[0] else f"{one}/" for one in LANGUAGES}
        words = {key: text[lang] for key, text in self._book.labels.groups["search"].items()}
        addresses = {name: script.address for name, script in self.scripts[lang].items()}
        return {**addresses, "root": roots[lang], "other": other, "other_root": roots[other], "words": words}

    def write(self, site: Path) -> None:
        """Writes the scripts of all languages below SITE."""
        for scripts in self.scripts.values():
            for script in scripts.values():
                path = site / script.address
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(script.content, "utf-8")


def scripts_of(book: Handbook, lang: str) -> dict[str, Script]:
    """The scripts of the search of BOOK in LANG: `index` and `text`; made anew when an entry or a label has changed."""
    found = entries(book, lang)
    labels = {kind: text[lang] for kind, text in book.labels.groups.get("search-kind", {}).items()}
    return made(book.root, f"search-{lang}", map(repr, (*found, labels)), ("PyStemmer",), lambda: _scripts(found, labels, lang))


def _scripts(found: list[Entry], labels: dict[str, str], lang: str) -> dict[str, Script]:
    text = text_index(found, lang) | {"summaries": "\n".join(_shortened(entry.summary) for entry in found)}
    return {
        "index": _script("search", lang, "index", index(found, lang) | {"labels": labels}),
        "text": _script("search-text", lang, "text", text),
    }


def _script(stem: str, lang: str, name: str, data: dict[str, object]) -> Script:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    content = f"(globalThis.handbookSearch??={{}}).{name}={text};\n"
    return Script(f"assets/{stem}.{lang}.{hashlib.sha256(content.encode()).hexdigest()[:12]}.js", content)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LENGTH else text[:_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"
