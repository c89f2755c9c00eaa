"""What an editor must look at again: what rests on a source, and what time has overtaken."""

import datetime
from collections.abc import Iterator

from handbook.checks.parity import fresh
from handbook.content import Handbook, citations_of
from handbook.loading import Finding
from handbook.model import Instrument
from handbook.model.base import PERIODS, sort_key


def impact(book: Handbook, source: str) -> dict[str, list[str]]:
    """Everything that cites SOURCE: pages by path, records by list and id."""
    found: dict[str, list[str]] = {"pages": []}
    for (lang, path), page in sorted(book.pages.items()):
        if lang == "nl" and any(key.startswith(f"{source}:") for _, key in page.citations):
            found["pages"].append(path)
    for record, _ in book.records():
        if any(key.startswith(f"{source}:") for key in citations_of(record)):
            name = "instruments" if isinstance(record, Instrument) else book.path_of(record).rpartition("/")[2].removesuffix(".yml")
            found.setdefault(name, []).append(record.id)
    return found


def stale(book: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Translations behind, plans whose date has passed, and instruments told from an older source than the newest that names them."""
    yield from fresh(book)
    for event in book.lists["timeline"].values():
        if event.planned and _over(event.until or event.date, today):
            message = f"The plan {event.id} was for {event.until or event.date}, which must be looked at again. Say what came of it, if a source does."
            yield Finding(*book.where(event), "plan-passed", message)
    for instrument in book.instruments.values():
        dates = [book.sources[key.partition(":")[0]].date for stage in instrument.stages for key in stage.cite]
        newest = max((book.sources[source].date for source in instrument.sources), default="")
        if dates and max(dates)[:4] < newest[:4]:
            message = f"The life line of {instrument.id} ends with a source of {max(dates)}, and must be looked at again: one of {newest} names it. Add a stage."
            yield Finding(*book.where(instrument, "stages"), "stage-older", message)


def _over(when: str, today: datetime.date) -> bool:
    year, month, day = sort_key(when)
    rest = when.partition("-")[2]
    last = (year, 12, 31) if not rest else (year, min(12, month + 6), 31) if rest in PERIODS else (year, month, day or 31)
    return last < (today.year, today.month, today.day)
