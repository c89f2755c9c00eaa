"""The registers at the back of the book: which instruments and actors stand where, and what abbreviations mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from handbook.book.numbering import MARK
from handbook.book.order import key
from handbook.content import Handbook
from handbook.model import Actor, Instrument
from handbook.terms import Finder

# Pages that list everything: an index of them would only repeat them.
_LISTS = ("actors.md", "glossary.md", "figures.md", "instruments/index.md", "timeline.md", "sources/", "start/", "about/")
_BLOCKS = {"p", "li", "td", "th", "dd"}


@dataclass(frozen=True)
class IndexEntry:
    """A line of the index: its name, the marks that text carries for it, and the anchors where it is described."""

    name: str
    ids: list[str]
    main: list[str]


def index_entries(book: Handbook, lang: str) -> list[IndexEntry]:
    """Every instrument and actor in the order of the alphabet of LANG; what is both stands on one line."""
    lines: dict[str, IndexEntry] = {}
    for its_id, one in _things(book):
        name = _name(one, lang)
        line = lines.setdefault(name, IndexEntry(name, [], []))
        line.ids.append(its_id)
        line.main.append(_place(book, one, lang))
    return sorted(lines.values(), key=lambda entry: (entry.name.casefold().lstrip("‘’'«\""), entry.name))


def add_index(root: etree._Element, index: Iterable[IndexEntry]) -> None:
    """Adds the INDEX to ROOT: for each name the pages that describe it, and those that name it besides."""
    added = etree.SubElement(root, "index")
    for line in index:
        entry, own = etree.SubElement(added, "entry", name=line.name), " ".join(line.main)
        etree.SubElement(entry, "at", {"form": "own", "of": own, "singly": "1"})
        etree.SubElement(entry, "at", {"of": " ".join(MARK + its_id for its_id in line.ids), "not": own})


def mark_mentions(book: Handbook, lang: str, sections: list[etree._Element]) -> None:
    """Sets `data-index` on every block of SECTIONS: the instruments and actors it names or links to."""
    finder = Finder({form: its_id for its_id, one in _things(book) if _has_own_name(one) for form in _forms(one, lang)})
    anchors = {_place(book, one, lang): its_id for its_id, one in _things(book)}
    for section in sections:
        path = (section.get("data-src") or "").partition(f"docs/{lang}/")[2]
        if not path or path.startswith(_LISTS):
            continue
        for block in section.iter(*_BLOCKS):
            if any(child.tag in _BLOCKS for child in block):
                continue
            found = {match.id for match in finder.find("".join(block.itertext()))}
            found |= {anchors[link.get("href")[1:]] for link in block.iter("a") if (link.get("href") or "")[1:] in anchors}
            if found:
                block.set("data-index", " ".join(sorted(found)))


def abbreviations(book: Handbook, lang: str) -> list[tuple[str, str, str]]:
    """(abbreviation, full name, anchor) of everything that has one, each abbreviation and name once, in order."""
    rows: dict[tuple[str, str], str] = {}
    for term in book.lists["glossary"].values():
        if term.abbreviation and term.abbreviation != term.term[lang]:
            rows.setdefault((term.abbreviation, _capital(term.term[lang])), f"{key('glossary.md')}--{term.id}")
    known = {short.casefold() for short, _ in rows}
    for one in [*book.lists["actors"].values(), *book.instruments.values()]:
        if one.abbreviation and one.abbreviation != one.name[lang] and one.abbreviation.casefold() not in known:
            rows.setdefault((one.abbreviation, one.name[lang]), _place(book, one, lang))
    return [(short, full, place) for (short, full), place in sorted(rows.items(), key=lambda row: (row[0][0].casefold(), row[0][1]))]


def _things(book: Handbook) -> list[tuple[str, Instrument | Actor]]:
    actors = [(f"a-{one.id}", one) for one in book.lists["actors"].values()]
    return actors + [(f"i-{one.id}", one) for one in book.instruments.values()]


def _has_own_name(one: Instrument | Actor) -> bool:
    """Whether text that names ONE means it. A group, like businesses, is indexed where text links to it: its word is on every page."""
    return isinstance(one, Instrument) or one.kind != "group"


def _forms(one: Instrument | Actor, lang: str) -> list[str]:
    return [one.name[lang], *one.aliases[lang], *([one.abbreviation] if one.abbreviation else [])]


def _name(one: Instrument | Actor, lang: str) -> str:
    name = _capital(one.name[lang])
    return f"{name} ({one.abbreviation})" if one.abbreviation and one.abbreviation not in name else name


def _place(book: Handbook, one: Instrument | Actor, lang: str) -> str:
    """The anchor where ONE is described: its page, or its entry in a list."""
    if isinstance(one, Actor):
        return f"{key('actors.md')}--{one.id}"
    path = f"instruments/{one.id}.md"
    return key(path) if (lang, path) in book.pages else f"{key('instruments/index.md')}--{one.id}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
