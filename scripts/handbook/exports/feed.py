"""The timeline as an Atom feed (RFC 4287), one a language, the latest event first."""

from collections.abc import Iterator

from lxml import etree

from handbook.addresses import address as page_address
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.exports import Export
from handbook.model import LANGUAGES
from handbook.model.base import sort_key
from handbook.wording import date as written

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"


def exports(book: Handbook, edition: Edition, address: str) -> Iterator[Export]:
    """timeline.nl.atom and timeline.en.atom."""
    for lang in LANGUAGES:
        yield Export(f"timeline.{lang}.atom", "application/atom+xml", "timeline", lang, as_feed(book, edition, address, lang))


def as_feed(book: Handbook, edition: Edition, address: str, lang: str) -> bytes:
    """The timeline in LANG as one feed."""
    root = address if lang == "nl" else f"{address}{lang}/"
    page = f"{root}{page_address('timeline.md')}"
    stamp = edition.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    feed = etree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": lang}, nsmap={None: ATOM})
    _add(feed, "title", book.labels("export", "timeline", lang))
    _add(feed, "id", page)
    _add(feed, "updated", stamp)
    _add(_add(feed, "author"), "name", book.labels("export", "handbook", lang))
    _add(feed, "link", href=f"{address}data/timeline.{lang}.atom", rel="self")
    for event in sorted(book.lists["timeline"].values(), key=lambda e: sort_key(e.date), reverse=True):
        entry = _add(feed, "entry")
        _add(entry, "title", f"{written(book, event.date, lang)}: {event.what[lang]}")
        _add(entry, "id", f"{page}#{event.id}")
        _add(entry, "updated", stamp)
        _add(entry, "link", href=f"{page}#{event.id}")
        _add(entry, "summary", event.what[lang])
    return etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
