"""Fact sheets: an instrument on one A4 page, from the same data as its page on the site."""

import itertools
import re
from collections.abc import Iterable, Iterator

from handbook import relations, wording
from handbook.book.press import REGIONS, Press
from handbook.book.whereabouts import count_pages
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.model import Instrument
from handbook.model.base import sort_key
from handbook.reading_aids.dates import Changes

GAPS = "gaps"
# How many related instruments a sheet names.
_RELATED = 8


def sheets(book: Handbook, lang: str, changes: Changes, press: Press) -> Iterator[tuple[str, bytes]]:
    """(instrument's id, PDF) of every instrument with a page. Raises BadInput for one that does not fit on a page."""
    for instrument, info in sheet_infos(book, lang, changes):
        yield instrument.id, on_one_page(info, press, book.path_of(instrument))


def on_one_page(info: dict, press: Press, shown: str) -> bytes:
    """The fact sheet of INFO in the largest type in which all of it fits: nearly always the first, which costs less than to measure.

    Raises BadInput, for SHOWN, when the template has no smaller type."""
    for attempt in itertools.count():
        press.bring(info | {"attempt": attempt})
        content = press.pdf("sheet.typ", shown)
        if count_pages(content) == 1:
            break
    return content


def sheet_infos(book: Handbook, lang: str, changes: Changes) -> Iterator[tuple[Instrument, dict]]:
    """(instrument, what its fact sheet says) of every instrument with a page, as of the day of the page's last change."""
    for instrument in book.instruments.values():
        if instrument.tier != "C":
            day = changes.of(book.pages[lang, f"instruments/{instrument.id}.md"])
            yield instrument, sheet_info(book, instrument, lang, Edition.of_day(day))


def sheet_info(book: Handbook, it: Instrument, lang: str, edition: Edition) -> dict:
    """What the fact sheet of IT says in LANG."""

    def label(group: str, key: str) -> str:
        return book.labels(group, key, lang)

    def cites(keys: Iterable[str]) -> str:
        return "; ".join(wording.citation(book, key, lang) for key in dict.fromkeys(keys))

    roles = [(role, [part for part in it.parts if part.role == role]) for role in dict.fromkeys(part.role for part in it.parts)]
    stages = sorted(it.stages, key=lambda stage: sort_key(stage.date))
    related = list(dict.fromkeys(other for _, _, other in relations.of_instrument(book, it.id)))
    return {
        "lang": lang,
        "region": REGIONS[lang],
        "title": it.name[lang],
        "abbreviation": it.abbreviation if it.abbreviation and it.abbreviation not in it.name[lang] else "",
        "dutch": it.name.nl if lang == "en" and it.name.nl != it.name.en else "",
        "kind": label("kind", it.kind),
        "summary": it.summary[lang],
        "cites": cites(it.cite),
        "themes": [label("theme", theme) for theme in it.themes],
        "markets": [label("market", market) for market in it.markets],
        "roles": [
            [
                label("role", role).capitalize(),
                ", ".join(book.lists["actors"][part.actor].name[lang] for part in parts),
                cites(key for part in parts for key in part.cite),
            ]
            for role, parts in roles
        ],
        "amounts": [
            [
                wording.amount(book, one, lang),
                one.what[lang] + (f" ({one.period})" if one.period else ""),
                one.open[lang] if one.open else "",
                cites(one.cite),
            ]
            for one in it.amounts
        ],
        "stages": [[wording.date(book, one.date, lang), label("status", one.status), one.what[lang], cites(one.cite)] for one in stages],
        "gaps": _gaps(book, it, lang),
        "related": [book.instruments[other].name[lang] for other in related[:_RELATED]],
        "papers": [one.value for one in it.identifiers],
        "sources": [book.sources[source].short[lang] for source in it.sources],
        "handbook": label("export", "handbook"),
        "date": [edition.moment.year, edition.moment.month, edition.moment.day],
        "date-text": wording.date(book, edition.date, lang),
        "words": {name: text[lang] for group in ("book", "sheet") for name, text in book.labels.groups[group].items()},
    }


def _gaps(book: Handbook, it: Instrument, lang: str) -> list[tuple[str, str]]:
    """(lead in bold, rest) of every point of the page's section on what the sources do not say."""
    page = book.pages.get((lang, f"instruments/{it.id}.md"))
    points: list[tuple[str, str]] = []
    inside = False
    for block in page.blocks if page else []:
        if block.kind == "heading":
            inside = f"{{ #{GAPS} }}" in block.text
        elif inside and block.kind in ("item", "paragraph"):
            text = re.sub(r"\[\^[^\]]*\]|^[-*] ", "", block.text)
            text = " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).split())
            lead = re.match(r"\*\*(.+?)\*\*\s*(.*)", text)
            points.append((lead[1], lead[2]) if lead else ("", text))
    return [(lead.replace("*", ""), rest.replace("*", "")) for lead, rest in points]
