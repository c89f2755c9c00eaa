"""The editor's worksheet for a source: what it holds, what the handbook already says of it, and what is new."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.content import Handbook, citations_of
from handbook.figures import Figure, find
from handbook.mentions import Mentions, dates, papers
from handbook.segments import Segment
from handbook.wording import euro
from handbook.wording import figure as shown

TEMPLATE = "worksheet.md.j2"
# The handbook's own skeletons, also when another folder is worked on.
TEMPLATES = Path(__file__).resolve().parents[2] / "overrides/skeletons"
_WORD = re.compile(r"[^\W\d_]{6,}")
# So many letters of the text stand on each side of a figure; so many long words make two measures alike; so many are shown.
_AROUND, _ALIKE, _NEAREST = 28, 3, 3


@dataclass(frozen=True)
class Row:
    """One paragraph as an editor meets it; each figure stands with the words around it."""

    at: str
    words: int
    figures: list[str]
    dates: list[str]
    papers: list[str]
    known: list[str]
    unknown: list[str]
    pages: list[str]
    differs: list[str]


def worksheet_path(source_id: str) -> str:
    """Where the worksheet of a source stands."""
    return f"dist/worksheet-{source_id}.md"


def write(book: Handbook, source_id: str, found: list[Segment]) -> str:
    """Writes the worksheet and returns its path; it quotes names and figures of the text and is not for the repository."""
    mentions = Mentions(book, " ".join(segment.text for segment in found))
    rows = [row(book, segment, mentions) for segment in found]
    pages = Counter(page for one in rows for page in one.pages)
    jinja = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False, trim_blocks=True)
    path = book.root / worksheet_path(source_id)
    path.parent.mkdir(exist_ok=True)
    path.write_text(jinja.get_template(TEMPLATE).render(source=source_id, rows=rows, pages=pages.most_common()), "utf-8", newline="\n")
    return worksheet_path(source_id)


def row(book: Handbook, segment: Segment, mentions: Mentions) -> Row:
    """What stands in SEGMENT, and what the handbook has on what it MENTIONS."""
    known = mentions.known(segment.text)
    found = find(segment.text, "nl")
    values = {figure.value for _, figure in found}
    return Row(
        segment.at,
        len(segment.text.split()),
        [f"{figure} ‘{_around(segment.text, at)}’" for at, figure in found if not figure.is_date],
        dates(segment.text),
        papers(segment.text),
        known,
        mentions.unknown(segment.text),
        mentions.pages(known),
        [*_differs(book, known, values), *_measured(book, segment.text, [figure for _, figure in found])],
    )


def _around(text: str, at: int) -> str:
    """The words around the figure that begins AT a place in TEXT."""
    start, end = max(0, at - _AROUND), min(len(text), at + _AROUND)
    cut = text[start:end]
    cut = cut if start == 0 else "…" + cut.partition(" ")[2]
    return cut if end == len(text) else cut.rpartition(" ")[0] + "…"


def _differs(book: Handbook, known: list[str], values: set[str]) -> list[str]:
    """The amounts of the instruments KNOWN that the text does not repeat, though it gives amounts of its own."""
    amounts = {value for value in values if value.isdigit() and int(value) >= 10_000}
    rows = []
    for instrument_id in (one.partition(" ")[2] for one in known if one.startswith("instrument ")):
        for amount in book.instruments[instrument_id].amounts:
            if amounts and amount.value not in values:
                said, now = euro(amount.value, "nl"), ", ".join(euro(value, "nl") for value in sorted(amounts, key=int))
                rows.append(f"{instrument_id}: het handboek zegt {said} ({', '.join(citations_of(amount))}), deze alinea {now}")
    return rows


def _measured(book: Handbook, text: str, found: list[Figure]) -> list[str]:
    """The key figures that seem to measure what TEXT speaks of, where it gives another figure of their unit."""
    words, rows = set(_WORD.findall(text.casefold())), []
    for one in book.lists["figures"].values():
        unit = "%" if one.unit.startswith("percent") else "€" if one.unit.startswith("euro") else ""
        now = [str(figure) for figure in found if unit and figure.unit == unit]
        alike = len(words & set(_WORD.findall(one.measures.nl.casefold())))
        if now and alike >= _ALIKE and one.value not in {figure.value for figure in found}:
            said = f"{shown(book, one, 'nl')} {one.period or ''}".strip()
            rows.append((-alike, f"{one.id}: het handboek zegt {said} ({', '.join(one.cite)}), deze alinea {', '.join(now)}"))
    return [text for _, text in sorted(rows)[:_NEAREST]]
