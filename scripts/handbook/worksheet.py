"""The editor's worksheet for a source: what it holds, what the handbook already says of it, and what is new."""

import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.content import Handbook, citations_of
from handbook.figures import figures
from handbook.segments import Segment
from handbook.terms import Finder, forms
from handbook.wording import euro

TEMPLATE = "worksheet.md.j2"
# The handbook's own skeletons, also when another folder is worked on.
TEMPLATES = Path(__file__).resolve().parents[2] / "overrides/skeletons"
_PAPER = re.compile(r"\b\d{2} ?\d{3}(?:[ -][XVI]+)?,? nr\.? ?\d+")
_NAME = re.compile(r"(?<![.!?:•] )(?<!^)\b[A-Z][\w&’'-]+(?: (?:van|de|der|en|voor|op|[A-Z][\w&’'-]+))*(?: [A-Z][\w&’'-]+)?")


@dataclass(frozen=True)
class Row:
    """One paragraph as an editor meets it."""

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
    names = known_names(book)
    finder = Finder(names)
    rows = [row(book, segment, finder, names) for segment in found]
    jinja = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False, trim_blocks=True)
    path = book.root / worksheet_path(source_id)
    path.parent.mkdir(exist_ok=True)
    path.write_text(jinja.get_template(TEMPLATE).render(source=source_id, rows=rows), "utf-8", newline="\n")
    return worksheet_path(source_id)


def known_names(book: Handbook) -> dict[str, str]:
    """Every Dutch name the handbook knows → what it is, as `instrument wbso`, `actor tno`, `term bbp`."""
    names = {}
    for term in book.lists["glossary"].values():
        names |= dict.fromkeys(forms(term, "nl"), f"term {term.id}")
    for kind, records in (("actor", book.lists["actors"]), ("instrument", book.instruments)):
        for record in records.values():
            for form in (record.name.nl, record.abbreviation, *record.aliases.nl):
                if form:
                    names[form] = f"{kind} {record.id}"
    return names


def row(book: Handbook, segment: Segment, finder: Finder, names: dict[str, str]) -> Row:
    """What stands in SEGMENT, and what the handbook has on it."""
    marks = finder.find(segment.text)
    known = list(dict.fromkeys(mark.id for mark in marks))
    covered = {segment.text[mark.start : mark.end] for mark in marks}
    found = figures(segment.text, "nl")
    unknown = [
        name
        for name in dict.fromkeys(_NAME.findall(segment.text))
        if name not in names and not any(name in c or c in name for c in covered)
    ]
    return Row(
        segment.at,
        len(segment.text.split()),
        [str(figure) for figure in found if not figure.is_date],
        [figure.value for figure in found if figure.is_date],
        _PAPER.findall(segment.text),
        known,
        unknown,
        _pages(book, known),
        _differs(book, known, {figure.value for figure in found}),
    )


def _pages(book: Handbook, known: list[str]) -> list[str]:
    """The instrument pages among what is KNOWN, and the policy pages that link to them."""
    ids = [one.partition(" ")[2] for one in known if one.startswith("instrument ")]
    pages = [f"instruments/{i}.md" for i in ids if ("nl", f"instruments/{i}.md") in book.pages]
    linking = [
        path
        for (lang, path), page in book.pages.items()
        if lang == "nl" and any(f"/{i}.md" in target for i in ids for _, target, _ in page.links)
    ]
    return list(dict.fromkeys([*pages, *(path for path in linking if path.startswith(("policy/", "markets/")))]))


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
