"""What an editor must look at again: what rests on a source, and what time has overtaken."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook.checks.parity import fresh
from handbook.content import Handbook, citations_of
from handbook.loading import Finding
from handbook.model import Instrument
from handbook.model.base import PERIODS, sort_key
from handbook.pages import Block, Page

# Words that say of which year a statement holds.
_AS_OF = re.compile(r"\b(?:stand van|peildatum|naar de stand van|anno|cijfers van)\D{0,20}(20\d\d)\b", re.I)


@dataclass(frozen=True)
class Rest:
    """One thing that rests on a source: a page or record, the line where it first cites it, and the paragraphs."""

    id: str
    path: str
    line: int
    paragraphs: list[str]


def impact(book: Handbook, source: str) -> dict[str, list[Rest]]:
    """Everything that cites SOURCE: the Dutch pages, then the records list by list."""
    found: dict[str, list[Rest]] = {"pages": []}
    for (lang, path), page in sorted(book.pages.items()):
        lines = [(line, key) for line, key in page.citations if key.startswith(f"{source}:")]
        if lang == "nl" and lines:
            found["pages"].append(Rest(path, page.shown, lines[0][0], _locators(key for _, key in lines)))
    files = {path: (book.root / path).read_text("utf-8").splitlines() for path in {book.path_of(record) for record, _ in book.records()}}
    for record, _ in book.records():
        if keys := [key for key in citations_of(record) if key.startswith(f"{source}:")]:
            path = book.path_of(record)
            name = "instruments" if isinstance(record, Instrument) else Path(path).stem
            found.setdefault(name, []).append(Rest(record.id, path, _line(files[path], record.id), _locators(keys)))
    return found


def _locators(keys: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(key.partition(":")[2] for key in keys))


def _line(lines: list[str], its_id: str) -> int:
    """The line of LINES, from 1, on which the record ITS_ID begins."""
    return next((n for n, line in enumerate(lines, 1) if re.fullmatch(rf"(?:- )?id: ['\"]?{its_id}['\"]?\s*", line)), 1)


def stale(book: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Translations behind; plans whose date has passed; life lines, summaries and statements of a year that a newer source overtakes."""
    yield from fresh(book)
    yield from _plans(book, today)
    for instrument in book.instruments.values():
        dates = [book.sources[key.partition(":")[0]].date for stage in instrument.stages for key in stage.cite]
        newest = max(instrument.sources, key=lambda source: book.sources[source].date, default="")
        if dates and max(dates)[:4] < (date := book.sources[newest].date)[:4]:
            message = f"The life line, which ends with a source of {max(dates)[:4]}, must reach {newest} of {date[:4]}. Add a stage."
            yield Finding(*book.where(instrument, "stages"), "stage-older", message)
    for page in book.pages.values():
        if page.lang == "nl":
            yield from _overtaken(book, page)


def _plans(book: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Plans whose date has passed, with the later sources that speak of their instruments."""
    for event in book.lists["timeline"].values():
        if event.planned and _over(event.until or event.date, today):
            own = max((book.sources[key.partition(":")[0]].date for key in event.cite), default="")
            naming = {source for one in event.instruments for source in book.instruments[one].sources}
            later = sorted((s for s in naming if book.sources[s].date[:4] > own[:4]), key=lambda s: book.sources[s].date)
            remedy = f"Look in {', '.join(later)}." if later else "No later source speaks of it."
            message = f"What became of {event.id}, planned for {event.until or event.date}, must be known. {remedy}"
            yield Finding(*book.where(event), "plan-passed", message)


def _overtaken(book: Handbook, page: Page) -> Iterator[Finding]:
    """A summary that rests on older sources than those that speak of its subject, and a statement of a year before the newest."""
    if page.front.instrument in book.instruments:
        newest = max((book.sources[one].date[:4] for one in book.instruments[page.front.instrument].sources), default="")
    else:
        newest = max((_year(book, key) for _, key in page.citations), default="")
    brief = [(block.line, year) for block in _section(page, "in-brief") for key in block.citations if (year := _year(book, key))]
    if brief and max(year for _, year in brief) < newest:
        message = f"The summary rests on {max(year for _, year in brief)}, and must know the source of {newest}. Look again."
        yield Finding(page.shown, brief[0][0], "summary-older", message)
    for block in page.blocks:
        if (found := _AS_OF.search(block.prose)) and found[1] < newest:
            message = f"What holds for {found[1]} must still hold in the source of {newest}. Look again."
            yield Finding(page.shown, block.line, "statement-older", message)


def _section(page: Page, its_id: str) -> Iterator[Block]:
    inside = False
    for block in page.blocks:
        if block.kind == "heading":
            inside = f"{{ #{its_id} }}" in block.text
        elif inside:
            yield block


def _year(book: Handbook, key: str) -> str:
    source = book.sources.get(key.partition(":")[0])
    return source.date[:4] if source else ""


def _over(when: str, today: datetime.date) -> bool:
    year, month, day = sort_key(when)
    rest = when.partition("-")[2]
    last = (year, 12, 31) if not rest else (year, min(12, month + 6), 31) if rest in PERIODS else (year, month, day or 31)
    return last < (today.year, today.month, today.day)
