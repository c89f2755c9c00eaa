"""Citations must name a paragraph that the register knows."""

import difflib
from collections.abc import Iterator

from handbook.content import Handbook, citations_of
from handbook.loading import Finding


def known(book: Handbook) -> Iterator[Finding]:
    """A citation must name a registered paragraph."""
    for page in book.wanted_pages():
        for line, key in page.citations:
            if key not in book.paragraphs:
                yield Finding(page.shown, line, "citation-unknown", message(book, key))
    for record in book.wanted_records():
        for key in citations_of(record):
            if key not in book.paragraphs:
                yield Finding(*book.where(record), "citation-unknown", message(book, key))


def message(book: Handbook, key: str) -> str:
    """What must hold for KEY, with the nearest keys that the register has."""
    near = difflib.get_close_matches(key, book.paragraphs, n=3, cutoff=0.6)
    return f"The citation {key} must name a registered paragraph. Nearest: {', '.join(near) or 'none'}."
