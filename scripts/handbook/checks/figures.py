"""Every figure stands in a paragraph that the same block or record cites."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from handbook.content import Handbook, citations_of
from handbook.figures import Figure, figures
from handbook.loading import Finding
from handbook.model import Chart, Instrument, KeyFigure, Record, Source
from handbook.model.texts import bilinguals_of
from handbook.pages import Page

_NUMBER = r"(?:€ ?)?-?\d[\d.,]*%?(?: (?:duizend|miljoen|miljard|thousand|million|billion))?"
_SUM = re.compile(rf"({_NUMBER}(?: [×x+−–÷/-] {_NUMBER})+) = ({_NUMBER})")
_OWN = re.compile(r"eigen berekening|own calculation", re.I)
UNTRACED = ("name", "title", "short", "term", "aliases", "avoid")


def allowed(book: Handbook, keys: Iterable[str]) -> set[str]:
    """The figures that text citing KEYS may hold: theirs, with and without unit, and the dates of the sources themselves."""
    return stated(book, keys) | _dates(*(source.date for source in book.sources.values()))


@cache
def _dates(*dates: str) -> frozenset[str]:
    """DATES with their coarser forms."""
    return frozenset().union(*map(date_parts, dates))


def stated(book: Handbook, keys: Iterable[str]) -> set[str]:
    """The figures of the paragraphs KEYS, in every form that counts as theirs, and the number of a note, table or box."""
    found = set()
    for key in keys:
        if key not in book.paragraphs:
            continue
        if note := re.search(r":(?:fn|table|box)(\d+)", key):
            found.add(note[1])
        found |= _forms(int(book.sources[key.partition(":")[0]].date[:4]), *book.paragraphs[key].figures)
    return found


@cache
def _forms(year: int, *texts: str) -> frozenset[str]:
    """The figures TEXTS of a paragraph from YEAR in every form that counts as theirs."""
    found = set()
    for text in texts:
        figure = Figure.parse(text)
        found.update({text, figure.value} if not figure.is_date else date_parts(text))
        if text.startswith("--"):
            for its_year in (year, year - 1):
                found.update(date_parts(f"{its_year}{text[1:]}"))
    return frozenset(found)


def is_traced(figure: Figure, may: set[str]) -> bool:
    """Whether FIGURE is among the figures of MAY; a bare number matches any unit, a unit matches itself or a bare cell of a table."""
    if figure.unit:
        others = {f"€{figure.value}", f"{figure.value}%"} - {str(figure)}
        return str(figure) in may or (figure.value in may and not others & may)
    return figure.value in may


def traced_in_pages(book: Handbook) -> Iterator[Finding]:
    """A figure in a block of prose or a table row must occur in a paragraph that the block cites."""
    for page in book.wanted_pages():
        elsewhere = {str(f) for text in page.front.figures_elsewhere for f in figures(text, page.lang)}
        whole = allowed(book, [key for _, key in page.citations]) | elsewhere
        for text in (page.front.title, page.front.description):
            yield from (_finding(page, 1, figure) for figure in _missing(text, figures(text, page.lang), page.lang, whole))
        for block, found in page.figures:
            if not found:
                continue
            may = whole if block.kind in ("heading", "admonition") else allowed(book, block.citations) | elsewhere
            missing = set(_missing(block.prose, [figure for _, figure in found], page.lang, may))
            yield from (_finding(page, line, figure) for line, figure in found if figure in missing)


def traced_in_data(book: Handbook) -> Iterator[Finding]:
    """A figure in a record's text, and its value, must occur in a paragraph that the record cites."""
    for record in book.wanted_records():
        texts = [(loc, text) for loc, text in bilinguals_of(record) if loc[0] not in UNTRACED and any(text.figures.values())]
        may = allowed(book, _grounds(book, record)) if texts else set()
        for loc, text in texts:
            for lang in ("nl", "en"):
                for figure in _missing(text[lang], text.figures[lang], lang, may):
                    yield Finding(*book.where(record, *loc), "figure-not-in-source", _message(figure))
        if isinstance(record, KeyFigure | Instrument):
            yield from _values(book, record)
    for source in book.wanted_sources():
        yield from _gists(book, source)


def _grounds(book: Handbook, record: Record) -> list[str]:
    """The citations on which RECORD rests; a chart rests on those of its key figures."""
    if isinstance(record, Chart):
        return [key for item in record.items for key in book.lists["figures"][item.figure].cite]
    return citations_of(record)


def _gists(book: Handbook, source: Source) -> Iterator[Finding]:
    for index, paragraph in enumerate(source.paragraphs):
        if paragraph.gist and paragraph.figures is not None and any(paragraph.gist.figures.values()):
            may = allowed(book, [f"{source.id}:{paragraph.at}"])
            for lang in ("nl", "en"):
                for figure in _missing(paragraph.gist[lang], paragraph.gist.figures[lang], lang, may):
                    where = book.where(source, "paragraphs", index, "gist")
                    yield Finding(*where, "figure-not-in-source", _message(figure))


def _values(book: Handbook, record: KeyFigure | Instrument) -> Iterator[Finding]:
    pairs = [(("value",), record.value, record.cite)] if isinstance(record, KeyFigure) else []
    if isinstance(record, Instrument):
        pairs = [(("amounts", i, "value"), amount.value, amount.cite) for i, amount in enumerate(record.amounts)]
    for loc, value, cite in pairs:
        figure = Figure(f"{Decimal(value).normalize():f}")
        if not is_traced(figure, allowed(book, cite)):
            yield Finding(*book.where(record, *loc), "figure-not-in-source", _message(figure))


def _finding(page: Page, line: int, figure: Figure) -> Finding:
    return Finding(page.shown, line, "figure-not-in-source", _message(figure))


def _missing(text: str, found: list[Figure], lang: str, may: set[str]) -> Iterator[Figure]:
    """The figures of TEXT, already FOUND, that are neither in MAY nor the result of a sum written out in it."""
    results = _own_results(text, lang, may) if _OWN.search(text) else set()
    for figure in found:
        if not is_traced(figure, may) and figure.value not in results:
            yield figure


def _own_results(text: str, lang: str, may: set[str]) -> set[str]:
    """The results of sums written out in TEXT whose terms are traced and whose arithmetic holds."""
    good = set()
    for match in _SUM.finditer(text):
        terms, results = figures(match[1], lang), figures(match[2], lang)
        signs = re.findall(r" ([×x+−–÷/-]) ", match[1])
        if len(results) == 1 and len(terms) == len(signs) + 1 and all(is_traced(term, may) for term in terms):
            total = Decimal(terms[0].value)
            for sign, term in zip(signs, terms[1:], strict=True):
                value = Decimal(term.value)
                total = (
                    total * value if sign in "×x" else total + value if sign == "+" else total / value if sign in "÷/" else total - value
                )
            wanted = Decimal(results[0].value)
            if round(total, max(0, -wanted.as_tuple().exponent)) == wanted:
                good.add(results[0].value)
    return good


def date_parts(date: str) -> set[str]:
    """A date with its coarser forms: 2020-10-30 also allows 2020-10 and 2020."""
    parts = date.split("-") if not date.startswith("--") else [date]
    return {date, *("-".join(parts[:n]) for n in range(1, len(parts)) if parts[0].isdigit())}


def _message(figure: Figure) -> str:
    return f"The figure {figure} must stand in a paragraph cited here. Check the figure, or cite the paragraph that gives it."
