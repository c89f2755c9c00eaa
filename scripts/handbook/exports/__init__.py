"""Open data: every list of the handbook in formats that other systems read, the same to the byte for the same commit."""

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from handbook.content import Handbook
from handbook.edition import Edition
from handbook.finish.settings import load_settings
from handbook.made import made

FOLDER = "data"
OVERVIEW = "llms.txt"


@dataclass(frozen=True)
class Export:
    """One file of open data: its name below /data/, its media type, what it holds (a key of the labels), its language or ''."""

    name: str
    media_type: str
    what: str
    lang: str
    content: bytes


class OpenData:
    """The open data of a handbook, made when first asked for; ADDRESS is the site's own, ending in a slash."""

    def __init__(self, book: Handbook, edition: Edition, address: str):
        self._book, self.edition, self._address = book, edition, address

    @cached_property
    def files(self) -> list[Export]:
        return [*self._drawn_from_data, *_twins(self._book, self, self._address)]

    @property
    def listed(self) -> list[Export]:
        """The files that the downloads page lists: all but those of single pages."""
        return [file for file in self._drawn_from_data if "/" not in file.name]

    @cached_property
    def _drawn_from_data(self) -> list[Export]:
        """All but the twins of pages, which show what is listed here."""
        return _drawn_from_data(self._book, self.edition, self._address)

    def write(self, site: Path) -> None:
        """Writes every file below SITE/data, and llms.txt also where machines look for it first."""
        for file in self.files:
            path = site / FOLDER / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
            if file.name == OVERVIEW:
                (site / OVERVIEW).write_bytes(file.content)


def exports(book: Handbook, edition: Edition, address: str) -> list[Export]:
    """Every export of BOOK; ADDRESS is the site's own, ending in a slash."""
    return OpenData(book, edition, address).files


def _drawn_from_data(book: Handbook, edition: Edition, address: str) -> list[Export]:
    from handbook.exports import citations, feed, tables, text

    found = [
        *tables.exports(book),
        *_kept(book, "calendar", ("timeline", "sources"), ("icalendar",), edition, address),
        *feed.exports(book, edition, address),
        *_kept(book, "terms", ("glossary",), ("rdflib", "lxml"), address),
        *citations.exports(book, edition, address),
        *_kept(book, "cards", ("glossary", "actors", "figures", "parliament", "instruments"), ("genanki",), edition),
        text.overview(book, address),
    ]
    described = tuple((file.name, file.media_type, file.lang) for file in found if "/" not in file.name)
    contact = load_settings(book.root).contact
    return [*found, *_kept(book, "catalogue", (), ("rdflib",), edition, address, described, contact)]


def _kept(book: Handbook, module: str, lists: tuple[str, ...], libraries: tuple[str, ...], *others: Any) -> list[Export]:
    """The exports that MODULE makes from LISTS, the labels and OTHERS, or made before; its LIBRARIES are loaded only to make them."""
    tables = {"instruments": book.instruments, "sources": book.sources, **book.lists}
    records = [record for name in lists for record in tables[name].values()]
    ingredients = [*(record.model_dump_json() for record in (book.labels, *records)), *map(repr, others)]
    return made(book.root, module, ingredients, libraries, lambda: list(import_module(f"{__name__}.{module}").exports(book, *others)))


def _twins(book: Handbook, data: OpenData, address: str) -> list[Export]:
    """The texts of the pages, or those made before from the same handbook by the same fragments."""
    from handbook.exports import text
    from handbook.rendering import FRAGMENTS, Renderer

    records = [*book.sources.values(), *book.releases.values(), *(record for record, _ in book.records()), book.labels]
    ingredients = [
        *(record.model_dump_json() for record in records),
        *(f"{page.shown}\n{page.front}\n{page.body}" for page in book.pages.values()),
    ]
    ingredients += [path.read_text("utf-8") for path in sorted((book.root / FRAGMENTS).glob("*.j2"))]
    ingredients += [*(f"{file.name} {len(file.content)}" for file in data.listed), repr(book.bench), repr(data.edition), address]
    return made(
        book.root, "text", ingredients, ("jinja2", "lxml", "babel"), lambda: list(text.exports(book, Renderer(book, data), address))
    )
