"""Writes the search of each language as script files: the index, and the summaries that results show once they are there."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from handbook.content import Handbook
from handbook.model import LANGUAGES
from handbook.search.entries import entries
from handbook.search.index import index, text_index

# Results show this much of a longer text.
_LENGTH = 160


@dataclass(frozen=True)
class Script:
    """A script file: its address below the root of the site, which changes with its content, and its content."""

    address: str
    content: str

    def write(self, site: Path) -> None:
        """Writes the script below SITE."""
        path = site / self.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.content, "utf-8")


def search_scripts(book: Handbook) -> dict[str, dict[str, Script]]:
    """Per language the scripts `index`, enough for first results, and `text`. Scripts, not JSON, so that they load from a folder too."""
    return {lang: _of_language(book, lang) for lang in LANGUAGES}


def _of_language(book: Handbook, lang: str) -> dict[str, Script]:
    found = entries(book, lang)
    kinds = {kind: labels[lang] for kind, labels in book.labels.groups.get("search-kind", {}).items()}
    data = index(found, lang) | {"lang": lang, "labels": kinds}
    text = text_index(found, lang) | {"summaries": "\n".join(_shortened(entry.summary) for entry in found)}
    return {"index": _script("search", lang, "index", data), "text": _script("search-text", lang, "text", text)}


def _script(stem: str, lang: str, name: str, data: object) -> Script:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    content = f"(globalThis.handbookSearch??={{}}).{name}={text};\n"
    return Script(f"assets/{stem}.{lang}.{hashlib.sha256(content.encode()).hexdigest()[:12]}.js", content)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LENGTH else text[:_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"
