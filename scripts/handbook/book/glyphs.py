"""Characters that the book's typeface cannot show, traced to the lines of the page or the data that hold them."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from handbook.book.assemble import Tree
from handbook.book.order import CONFIG
from handbook.content import Handbook
from handbook.loading import Finding

DATA = "docs/data"
_UNSEEN = set("\n\r\t\u00ad\u200b\u200d\u2060")


def missing_glyphs(book: Handbook, tree: Tree, known: set[str], more: Iterable[tuple[str, dict]] = ()) -> list[Finding]:
    """A finding for every line that brings a character which is not KNOWN into TREE, or into MORE: (page, what is set besides it)."""
    texts = [(section.get("data-src") or CONFIG, "".join(section.itertext())) for section in tree.sections]
    texts += [(shown, json.dumps(info, ensure_ascii=False)) for shown, info in more]
    missing = {(shown, character) for shown, text in texts for character in set(text) - known - _UNSEEN}
    found = {
        Finding(path, line, "glyph-missing", _message(character))
        for shown, character in missing
        for path, line in _origins(book.root, shown, character)
    }
    return sorted(found)


def _origins(root: Path, shown: str, character: str) -> Iterator[tuple[str, int]]:
    """(file, line) of CHARACTER in the page SHOWN, or else in the data and settings; the page's first line when it stands nowhere."""
    data = sorted(path.relative_to(root).as_posix() for path in (root / DATA).rglob("*.yml"))
    for files in ([shown], [*data, CONFIG]):
        places = [(file, line) for file in files for line in _lines(root / file, character)]
        if places:
            yield from places
            return
    yield shown, 1


def _lines(path: Path, character: str) -> list[int]:
    if not path.is_file():
        return []
    return [number for number, text in enumerate(path.read_text("utf-8").splitlines(), 1) if character in text]


def _message(character: str) -> str:
    return f"Every character must be in the book's typeface; {character!r} (U+{ord(character):04X}) is not. Use another."
