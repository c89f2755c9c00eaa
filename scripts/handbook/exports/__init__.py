"""Open data: every list of the handbook in formats that other systems read, the same to the byte for the same commit."""

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.content import Handbook
from handbook.edition import Edition

FOLDER = "data"


@dataclass(frozen=True)
class Export:
    """One file of open data: its name below /data/, its media type, what it holds (a key of the labels), its language or ''."""

    name: str
    media_type: str
    what: str
    lang: str
    content: bytes


def exports(book: Handbook, edition: Edition, address: str) -> Iterator[Export]:
    """Every export of BOOK; ADDRESS is the site's own, ending in a slash."""
    from handbook.exports import calendar, catalogue, citations, feed, tables, terms, text

    yield from tables.exports(book)
    yield from calendar.exports(book, edition, address)
    yield from feed.exports(book, edition, address)
    yield from terms.exports(book, address)
    yield from citations.exports(book)
    yield from text.exports(book, address)
    yield from catalogue.exports(book, edition, address)
