"""The timeline as iCalendar (RFC 5545), one file a language: all-day events, longer ones for periods, stable UIDs."""

import calendar as months
import datetime
from collections.abc import Iterator

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from handbook.addresses import address as page_address
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.exports import Export
from handbook.model import LANGUAGES, Event
from handbook.model.base import PERIODS
from handbook.wording import citation
from handbook.wording import date as written

LENGTHS = {"spring": 3, "summer": 3, "autumn": 3, "winter": 1, "Q1": 3, "Q2": 3, "Q3": 3, "Q4": 3, "H1": 6, "H2": 6, "start": 2, "end": 2}


def exports(book: Handbook, edition: Edition, address: str) -> Iterator[Export]:
    """timeline.nl.ics and timeline.en.ics."""
    for lang in LANGUAGES:
        yield Export(f"timeline.{lang}.ics", "text/calendar", "timeline", lang, as_calendar(book, edition, address, lang))


def as_calendar(book: Handbook, edition: Edition, address: str, lang: str) -> bytes:
    """The timeline in LANG as one calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Handboek Industriebeleid//Tijdlijn//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", book.labels("export", "timeline", lang))
    root = address if lang == "nl" else f"{address}{lang}/"
    for event in book.lists["timeline"].values():
        calendar.add_component(_event(book, event, edition, root, lang))
    return calendar.to_ical()


def span(event: Event) -> tuple[datetime.date, datetime.date]:
    """The first day of EVENT and the day after its last, as wide as its date is vague."""
    first, after = _bounds(event.date)
    return first, max(after, _bounds(event.until)[1]) if event.until else after


def _event(book: Handbook, event: Event, edition: Edition, root: str, lang: str) -> CalendarEvent:
    entry = CalendarEvent()
    first, after = span(event)
    entry.add("uid", f"{event.id}@handboek-industriebeleid")
    entry.add("dtstamp", edition.moment)
    entry.add("dtstart", first)
    entry.add("dtend", after)
    planned = f" ({book.labels('status', 'planned', lang)})" if event.planned else ""
    entry.add("summary", f"{event.what[lang]}{planned}")
    entry.add("description", "\n".join(_notes(book, event, lang)))
    entry.add("url", f"{root}{page_address('timeline.md')}#{event.id}")
    entry.add("transp", "TRANSPARENT")
    return entry


def _notes(book: Handbook, event: Event, lang: str) -> list[str]:
    """When EVENT was, why that is believed where a source does not say, and where it stands."""
    until = f" {book.labels('in-timeline', 'until', lang)} {written(book, event.until, lang)}" if event.until else ""
    inferred = [event.inferred[lang]] if event.inferred else []
    return [written(book, event.date, lang) + until, *inferred, "; ".join(citation(book, key, lang) for key in event.cite)]


def _bounds(when: str) -> tuple[datetime.date, datetime.date]:
    year, _, rest = when.partition("-")
    if not rest:
        return datetime.date(int(year), 1, 1), datetime.date(int(year) + 1, 1, 1)
    if rest in PERIODS:
        return _months(int(year), PERIODS[rest], LENGTHS[rest])
    if "-" in rest:
        day = datetime.date.fromisoformat(when)
        return day, day + datetime.timedelta(days=1)
    return _months(int(year), int(rest), 1)


def _months(year: int, month: int, count: int) -> tuple[datetime.date, datetime.date]:
    first = datetime.date(year, month, 1)
    last_year, last_month = divmod(year * 12 + month - 1 + count - 1, 12)
    last = datetime.date(last_year, last_month + 1, months.monthrange(last_year, last_month + 1)[1])
    return first, last + datetime.timedelta(days=1)
