"""Takes a source out of the handbook again: its register, its pages, its line in the navigation, its worksheet."""

import re
from collections.abc import Iterator
from pathlib import Path

from handbook import navigation
from handbook.content import Handbook
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES
from handbook.worksheet import worksheet_path


def source(book: Handbook, source_id: str) -> list[str]:
    """Removes the source and returns the paths of what went. Raises BadInput, having removed nothing, for every place that needs it."""
    if source_id not in book.sources:
        known = ", ".join(book.sources)
        raise BadInput([Finding(source_id, 1, "id", f"The source must be one of {known}. Correct the id.")])
    if needed := sorted(set(_needed(book, source_id))):
        raise BadInput(needed)
    return files(book.root, source_id)


def files(root: Path, source_id: str) -> list[str]:
    """Removes what belongs to the source alone, whether or not it can be read, and returns the paths of what went."""
    pages = [f"docs/{lang}/sources/{source_id}.md" for lang in LANGUAGES]
    gone = []
    for path in (f"docs/data/sources/{source_id}.yml", *pages, worksheet_path(source_id)):
        if (root / path).exists():
            (root / path).unlink()
            gone.append(path)
    if (dist := (root / worksheet_path(source_id)).parent).is_dir() and not any(dist.iterdir()):
        dist.rmdir()
    if navigation.remove(root, f"sources/{source_id}.md"):
        gone.append(navigation.CONFIG)
    return gone


def _needed(book: Handbook, source_id: str) -> Iterator[Finding]:
    """Every place that cites the source or links to its page."""
    own, cited = f"sources/{source_id}.md", re.compile(rf"(?<![\w-]){source_id}:[\w.-]*\w")
    for page in book.pages.values():
        if page.path != own:
            yield from (_finding(page.shown, line, key) for line, key in page.citations if cited.fullmatch(key))
            yield from (_finding(page.shown, line, own) for line, target, _ in page.links if f"/{own}" in f"/{target}")
    for path in sorted({book.path_of(record) for record, _ in book.records()}):
        for line, text in enumerate((book.root / path).read_text("utf-8").splitlines(), 1):
            yield from (_finding(path, line, key) for key in cited.findall(text))


def _finding(path: str, line: int, what: str) -> Finding:
    return Finding(path, line, "still-used", f"Nothing may rest on {what} when its source goes. Take it out first.")
