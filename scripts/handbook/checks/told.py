"""Where the figures of the sources are told: in a gist, a page's block or a record that cites their paragraph."""

from collections import defaultdict

from handbook.content import Handbook, citations_of
from handbook.figures import Figure, figures
from handbook.model import KeyFigure
from handbook.model.texts import bilinguals_of


def untold(book: Handbook) -> list[tuple[str, str, str]]:
    """(citation key, figure, reason or '') for every figure of a source that stands nowhere in the Dutch handbook."""
    told = _told(book)
    rows = []
    for key, paragraph in book.paragraphs.items():
        for text in paragraph.figures:
            if not _is_told(Figure.parse(text), told[key]):
                rows.append((key, text, paragraph.untold.get(text, "")))
    return rows


def _told(book: Handbook) -> dict[str, set[str]]:
    """Citation key → the values of the figures told where it is cited."""
    told: dict[str, set[str]] = defaultdict(set)
    for key, paragraph in book.paragraphs.items():
        if paragraph.gist:
            told[key] |= {figure.value for figure in paragraph.gist.figures["nl"]}
    for (lang, _), page in book.pages.items():
        if lang == "nl":
            for block in page.blocks:
                for key in block.citations:
                    told[key] |= {figure.value for figure in figures(block.prose, "nl")}
    for record, _ in book.records():
        values = {figure.value for _, text in bilinguals_of(record) for figure in text.figures["nl"]}
        if isinstance(record, KeyFigure):
            values |= {record.value, record.to or ""} | {figure.value for figure in figures(record.period or "", "nl")}
        for attribute in ("date", "until"):
            values.add(getattr(record, attribute, None) or "")
        for key in citations_of(record):
            told[key] |= values
    return told


def _is_told(figure: Figure, values: set[str]) -> bool:
    if figure.value in values:
        return True
    # A day without a year is told with the year that follows from its source; a month or year inside a fuller date.
    ending = figure.value[1:] if figure.value.startswith("--") else ""
    return any((ending and value.endswith(ending)) or value.startswith(f"{figure.value}-") for value in values)
