"""What can be found: every page with its sections, and every record as a result of its own, each with names, text and place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from handbook import wording
from handbook.addresses import address
from handbook.content import SHOWN_ON, Handbook
from handbook.model import LANGUAGES, Instrument, Source
from handbook.model.base import Bilingual, Variants
from handbook.pages import Page
from handbook.places import paragraph_anchor, section_anchor
from handbook.search.words import words

# The sections that only list links; what they name is found where it stands.
_LISTS = {"more", "related"}
_BRIEF = "in-brief"


@dataclass
class Entry:
    """One thing to find. NAMES begins with its title; an entry without ANCHOR is a page and opens the entries of that page."""

    kind: str
    page: str
    anchor: str
    names: list[str]
    summary: str = ""
    text: list[str] = field(default_factory=list)

    @cached_property
    def words(self) -> list[str]:
        """The words of the text; asked for once the text is complete."""
        return [word for text in self.text for word in words(text)]


def entries(book: Handbook, lang: str) -> list[Entry]:
    """Every entry of BOOK in LANG: page by page, each page's own entry first."""
    found: list[Entry] = []
    for (language, _), page in sorted(book.pages.items()):
        if language == lang:
            found.extend(_of_page(book, page))
            found.extend(_records(book, page))
    return found


def _of_page(book: Handbook, page: Page) -> Iterator[Entry]:
    """PAGE itself with its opening, then its other sections."""
    own = Entry(_kind(page), address(page.path), "", _page_names(book, page), page.front.description, [page.front.description])
    if page.front.instrument:
        own.text.extend(_instrument_text(book, book.instruments[page.front.instrument], page.lang))
    yield own
    into = own
    headings = {heading.line: heading for heading in page.headings}
    for block in page.blocks:
        heading = headings.get(block.line) if block.kind == "heading" else None
        if not heading:
            into.text.append(block.prose)
        elif heading.level > 1 and heading.id in {_BRIEF, None}:
            into = own
        elif heading.level > 1:
            if into is not own and into.anchor not in _LISTS:
                yield into
            into = Entry("section", own.page, heading.id, [_plain(heading.text)])
    if into is not own and into.anchor not in _LISTS:
        yield into


def _records(book: Handbook, page: Page) -> Iterator[Entry]:
    """The records that PAGE shows, one entry each."""
    if page.front.source in book.sources:
        yield from _paragraphs(book.sources[page.front.source], address(page.path), page.lang)
    if page.path == "instruments/index.md":
        for it in book.instruments.values():
            if (page.lang, f"instruments/{it.id}.md") not in book.pages:
                names = _names(it.name, it.aliases, it.abbreviation, page.lang)
                text = _instrument_text(book, it, page.lang)
                yield Entry("instrument", address(page.path), it.id, names, it.summary[page.lang], text)
    for name, read in _READERS.items():
        if SHOWN_ON[name] == page.path:
            for record in book.lists[name].values():
                kind, names, summary, more = read(book, record, page.lang)
                yield Entry(kind, address(page.path), record.id, names, summary, [summary, *more])


def _paragraphs(source: Source, place: str, lang: str) -> Iterator[Entry]:
    titles = {section.id: section.title[lang] for section in source.sections if section.title}
    for section, title in titles.items():
        if any(p.section == section for p in source.paragraphs):
            yield Entry("section", place, section_anchor(section), [title])
    for paragraph in source.paragraphs:
        if paragraph.gist:
            gist = paragraph.gist[lang]
            yield Entry("paragraph", place, paragraph_anchor(paragraph.at), [f"{source.short[lang]}, {paragraph.at}"], gist, [gist])


def _term(book, it, lang):
    return "term", _names(it.term, it.aliases, it.abbreviation, lang), it.definition[lang], []


def _event(book, it, lang):
    return "event", [f"{wording.date(book, it.date, lang)}: {_first(it.what[lang])}"], it.what[lang], []


def _figure(book, it, lang):
    title = f"{wording.figure(book, it, lang)}: {_first(it.measures[lang])}" + (f" ({it.period})" if it.period else "")
    return "figure", [title], it.note[lang] if it.note else "", [it.measures[lang]]


def _actor(book, it, lang):
    return "actor", _names(it.name, it.aliases, it.abbreviation, lang), it.role[lang], []


def _parliament(book, it, lang):
    more = [part[lang] for part in (it.answer, it.open, it.by) if part]
    if it.date:
        more.append(wording.date(book, it.date, lang))
    return "parliament", [it.title[lang], *([it.number] if it.number else [])], it.what[lang], more


def _contradiction(book, it, lang):
    return "contradiction", [it.title[lang]], it.safely[lang], [it.why[lang], *(side.says[lang] for side in it.sides)]


_READERS = {
    "glossary": _term,
    "timeline": _event,
    "figures": _figure,
    "actors": _actor,
    "parliament": _parliament,
    "contradictions": _contradiction,
}


def _kind(page: Page) -> str:
    folder = page.path.partition("/")[0]
    if not (page.front.instrument or page.front.theme or page.front.market or page.front.source):
        return "page"
    return {"instruments": "instrument", "policy": "policy", "markets": "market", "sources": "source"}.get(folder, "page")


def _page_names(book: Handbook, page: Page) -> list[str]:
    titles = [page.front.title, *(h.text for h in page.headings if h.level == 1)]
    titles += [book.pages[other, page.path].front.title for other in LANGUAGES if (other, page.path) in book.pages]
    if page.front.instrument:
        it = book.instruments[page.front.instrument]
        titles += _names(it.name, it.aliases, it.abbreviation, page.lang)
    for group in ("theme", "market"):
        if key := getattr(page.front, group):
            titles += [book.labels(group, key, lang) for lang in LANGUAGES]
    return list(dict.fromkeys(map(_plain, titles)))


def _names(name: Bilingual, aliases: Variants, abbreviation: str | None, lang: str) -> list[str]:
    """Every name in both languages, LANG's own first: a reader may know only the other one."""
    other = next(one for one in LANGUAGES if one != lang)
    own = [name[lang], *([abbreviation] if abbreviation else []), *aliases[lang]]
    return list(dict.fromkeys([*own, name[other], *aliases[other]]))


def _instrument_text(book: Handbook, it: Instrument, lang: str) -> list[str]:
    parts = [it.summary, *(stage.what for stage in it.stages), *(part for a in it.amounts for part in (a.what, a.open) if part)]
    actors = [book.lists["actors"][part.actor].name for part in it.parts]
    return [*(part[lang] for part in (*parts, *actors)), *(number.value for number in it.identifiers)]


def _plain(text: str) -> str:
    return text.replace("*", "").partition("](")[0].lstrip("[").strip()


def _first(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")
