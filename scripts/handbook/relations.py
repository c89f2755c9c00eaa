"""What belongs together: relations seen from both sides, and what the data say about a theme, a market or an actor."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from handbook.content import Handbook
from handbook.model import Instrument
from handbook.model.base import sort_key
from handbook.model.instrument import Part, Stage


def of_instrument(book: Handbook, instrument_id: str) -> list[tuple[str, bool, str]]:
    """(kind, seen from the other side, other id) of every relation of an instrument, each pair once, stated relations first."""
    found = {(r.kind, False, r.to) for r in book.instruments[instrument_id].relations}
    for other in book.instruments.values():
        for relation in other.relations:
            if relation.to == instrument_id and (relation.kind != "see-also" or ("see-also", False, other.id) not in found):
                found.add((relation.kind, relation.kind != "see-also", other.id))
    return sorted(found, key=lambda row: (row[0] == "see-also", row))


def instruments(book: Handbook, theme: str | None = None, market: str | None = None) -> list[Instrument]:
    """The instruments of a theme or market, those with pages first."""
    chosen = [i for i in book.instruments.values() if (theme and theme in i.themes) or (market and market in i.markets)]
    return sorted(chosen, key=lambda i: (i.tier, i.name.nl.casefold()))


def index(book: Handbook, lang: str) -> list[Instrument]:
    """Every instrument in the order of its name in LANG, quotation marks aside."""
    return sorted(book.instruments.values(), key=lambda i: i.name[lang].strip("\"'‘’“”«»(").casefold())


def with_theme(book: Handbook, name: str, theme: str) -> list:
    """The records of list NAME (timeline, parliament, figures, contradictions) that belong to THEME."""
    return [r for r in book.lists[name].values() if theme in (getattr(r, "themes", None) or [getattr(r, "theme", None)])]


def in_order(records: list) -> list:
    """Dated records in order of time."""
    return sorted(records, key=lambda record: sort_key(record.date))


def events(book: Handbook) -> list[tuple[int, list]]:
    """The timeline grouped by year, both in order."""
    years = defaultdict(list)
    for event in in_order(list(book.lists["timeline"].values())):
        years[sort_key(event.date)[0]].append(event)
    return sorted(years.items())


def events_of(book: Handbook, instrument_id: str) -> list:
    """The timeline's events that name an instrument, in order."""
    return [event for _, events_ in events(book) for event in events_ if instrument_id in event.instruments]


def parts_of(book: Handbook, actor: str) -> Iterator[tuple[Instrument, Part]]:
    """Every role of an actor in an instrument."""
    for instrument in book.instruments.values():
        for part in instrument.parts:
            if part.actor == actor:
                yield instrument, part


def stages(instrument: Instrument) -> list[Stage]:
    """The stages of an instrument in order of time."""
    return sorted(instrument.stages, key=lambda stage: sort_key(stage.date))


def years_of(instrument: Instrument) -> list[int]:
    """The years in which something happened to an instrument, each once and in order."""
    return sorted({sort_key(stage.date)[0] for stage in instrument.stages})


def years(book: Handbook) -> list[int]:
    """Every year in which something happened to an instrument, in order."""
    return sorted({year for instrument in book.instruments.values() for year in years_of(instrument)})


def latest_status(instrument: Instrument) -> tuple[str, str] | None:
    """(status, date) of the last stage that an instrument has reached, as the sources tell it."""
    return (stages(instrument)[-1].status, stages(instrument)[-1].date) if instrument.stages else None


def by_letter(book: Handbook, lang: str) -> list[tuple[str, list]]:
    """The glossary's terms in the order of LANG, grouped by first letter; figures under #."""
    letters = defaultdict(list)
    for term in sorted(book.lists["glossary"].values(), key=lambda t: t.term[lang].casefold()):
        first = unicodedata.normalize("NFD", term.term[lang])[0].upper()
        letters[first if first.isalpha() else "0-9"].append(term)
    return sorted(letters.items())
