"""The timeline and the changes in the handbook as Atom feeds (RFC 4287), one a language, the latest entry first."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from handbook import releases
from handbook.addresses import address as page_address
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.exports import Export
from handbook.model import LANGUAGES, Event, Release
from handbook.model.base import sort_key
from handbook.wording import date as written

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: the anchor on its page, title, text, and the moment of its last change."""

    anchor: str
    title: str
    text: str
    updated: str


def exports(book: Handbook, edition: Edition, address: str) -> Iterator[Export]:
    """The feeds timeline.LANG.atom and changes.LANG.atom."""
    for name, path, entries in (("timeline", "timeline.md", _events), ("changes", "about/changes.md", _releases)):
        for lang in LANGUAGES:
            content = as_feed(book, name, path, lang, entries(book, edition, lang), _stamp(edition), address)
            yield Export(f"{name}.{lang}.atom", "application/atom+xml", name, lang, content)


def as_feed(book: Handbook, name: str, path: str, lang: str, entries: list[Entry], stamp: str, address: str) -> bytes:
    """ENTRIES in LANG as the feed NAME of the page at PATH; STAMP is the moment of a feed without entries."""
    root = address if lang == LANGUAGES[0] else f"{address}{lang}/"
    page = f"{root}{page_address(path)}"
    feed = etree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": lang}, nsmap={None: ATOM})
    _add(feed, "title", book.labels("export", name, lang))
    _add(feed, "id", page)
    _add(feed, "updated", max((entry.updated for entry in entries), default=stamp))
    _add(_add(feed, "author"), "name", book.labels("export", "handbook", lang))
    _add(feed, "link", href=f"{address}data/{name}.{lang}.atom", rel="self")
    for one in entries:
        entry = _add(feed, "entry")
        _add(entry, "title", one.title)
        _add(entry, "id", f"{page}#{one.anchor}")
        _add(entry, "updated", one.updated)
        _add(entry, "link", href=f"{page}#{one.anchor}")
        _add(entry, "summary", one.text)
    return etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _events(book: Handbook, edition: Edition, lang: str) -> list[Entry]:
    events = sorted(book.lists["timeline"].values(), key=lambda e: sort_key(e.date), reverse=True)
    return [Entry(e.id, f"{written(book, e.date, lang)}: {e.what[lang]}", e.what[lang], _told_since(book, e)) for e in events]


def _told_since(book: Handbook, event: Event) -> str:
    """The day of the newest source that tells EVENT: a new edition of the handbook must not announce what is old."""
    year, month, day = max(sort_key(book.sources[key.partition(":")[0]].date) for key in event.cite)
    return f"{year}-{month or 1:02}-{day or 1:02}T00:00:00Z"


def _releases(book: Handbook, edition: Edition, lang: str) -> list[Entry]:
    title = book.labels("in-changes", "release", lang)
    return [
        Entry(f"release-{one.id}", f"{title} {one.id}", _told(book, one, lang), f"{one.date}T00:00:00Z")
        for one in reversed(book.releases.values())
    ]


def _told(book: Handbook, one: Release, lang: str) -> str:
    """What changed in a release, in a few lines; of the first, what it held."""
    if not one.changes:
        held = ", ".join(f"{count} {book.labels('change', kind, lang).lower()}" for kind, count in one.holds.items() if count)
        return f"{book.labels('in-changes', 'first', lang)} {held}."
    lines = []
    for how, of_kind in releases.grouped(one):
        for kind, changes in of_kind:
            names = "; ".join(change.name[lang] for change in changes)
            lines.append(f"{book.labels('in-changes', how, lang)}, {book.labels('change', kind, lang).lower()}: {names}.")
    return "\n".join(lines)


def _stamp(edition: Edition) -> str:
    return edition.moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
