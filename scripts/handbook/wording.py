"""How data is written in each language: dates as exact as given, amounts, numbers, citations."""

import datetime
import re
from decimal import Decimal
from functools import cache

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from handbook.content import Handbook
from handbook.model import KeyFigure
from handbook.model.base import PERIODS
from handbook.model.instrument import Amount

LOCALES = {"nl": "nl_NL", "en": "en_GB"}
# Dossier, chapter of the budget or council of the EU, number in the dossier: 35300-XIII-42, 21501-02-2197.
_PAPER = re.compile(r"(\d\d)(\d{3})(?:-([XVI]+)|-(\d\d))?-(\d+)")
SCALES = ((10**9, "miljard", "billion"), (10**6, "miljoen", "million"))


def date(book: Handbook, when: str, lang: str) -> str:
    """WHEN as a reader writes it: 30 oktober 2020, eerste kwartaal 2021, najaar 2025."""
    year, _, rest = when.partition("-")
    if rest in PERIODS:
        return f"{book.labels('period', rest, lang)} {year}"
    if re.fullmatch(r"\d\d", rest):
        return f"{get_month_names(locale=LOCALES[lang])[int(rest)]} {year}"
    return _day(when, lang) if rest else year


@cache
def _day(when: str, lang: str) -> str:
    return format_date(datetime.date.fromisoformat(when), "d MMMM y", locale=LOCALES[lang])


@cache
def number(value: str, lang: str) -> str:
    """VALUE, a plain decimal, with the language's marks and every decimal it was given with: 12,3 · 1.500."""
    decimals = len(value.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(Decimal(value), pattern, locale=LOCALES[lang]).replace("-", "−")


def scaled(value: str, lang: str) -> str:
    """VALUE with its scale in words from a million on: 2,5 miljard · 2.5 billion."""
    for scale, dutch, english in SCALES:
        if abs(Decimal(value)) >= scale:
            shown = f"{(Decimal(value) / scale).normalize():f}"
            return f"{number(shown, lang)} {dutch if lang == 'nl' else english}"
    return number(value, lang)


def euro(value: str, lang: str) -> str:
    """An amount in euros: € 1,5 miljard · €1.5 billion."""
    return f"€ {scaled(value, lang)}" if lang == "nl" else f"€{scaled(value, lang)}"


def amount(book: Handbook, one: Amount, lang: str) -> str:
    """An instrument's amount with what is known of its rhythm."""
    about = book.labels("word", "about", lang) + " " if one.approximate else ""
    per = " " + book.labels("per", one.per, lang) if one.per != "unknown" else ""
    return f"{about}{euro(one.value, lang)}{per}"


def figure(book: Handbook, one: KeyFigure, lang: str, with_unit: bool = True) -> str:
    """A key figure with its bound and, for a range, both ends; the unit in words only WITH_UNIT."""

    def plain(value: str) -> str:
        if one.unit in ("percent", "percent-per-year"):
            return f"{number(value, lang)}%"
        if one.unit.startswith("euro"):
            return (
                f"€ {number(value, lang)}".replace("€ ", "€ " if lang == "nl" else "€")
                if one.unit == "euro-per-hour"
                else euro(value, lang)
            )
        return scaled(value, lang)

    shown = plain(one.value) + (f"–{plain(one.to)}" if one.to else "")
    bound = book.labels("bound", one.bound, lang) + " " if one.bound else ""
    about = book.labels("word", "about", lang) + " " if one.approximate else ""
    unit = book.labels("unit", one.unit, lang) if with_unit and one.unit in book.labels.groups["unit"] else ""
    return f"{bound}{about}{shown}{' ' + unit if unit else ''}"


def paper(book: Handbook, number: str, lang: str) -> str:
    """The NUMBER of a parliamentary paper as a reader writes it: Kamerstuk 35 300 XIII, nr. 42; a number of another kind as it is."""
    parts = _PAPER.fullmatch(number)
    if parts is None:
        return number
    start, end, chapter, council, item = parts.groups()
    more = f" {chapter}" if chapter else f"-{council}" if council else ""
    return f"{book.labels('word', 'paper', lang)} {start} {end}{more}, {book.labels('word', 'item', lang)} {item}"


def citation(book: Handbook, key: str, lang: str) -> str:
    """The short name of a citation: Visie 2020, 5.2.8 · Vision 2020, footnote 33."""
    source, _, at = key.partition(":")
    return f"{book.sources[source].short[lang]}, {place(book, at, lang)}"


def place(book: Handbook, at: str, lang: str) -> str:
    """AT, a locator, as a reader says it: 5.2.8 · voetnoot 33 · tabel 1, rij 8 · kader DIS, alinea 1 · bijlage 6.1."""
    words = {key: text[lang] for key, text in book.labels.groups["place"].items()}
    name, _, rest = at.partition(".")
    kind, which = re.fullmatch(r"([a-z]*)-?(.*)", name).groups()
    if kind not in words:
        return at
    if kind == "annex":
        return f"{words[kind]} {rest}"
    said = f"{words[kind]} {words.get(which, which)}".strip()
    row = re.fullmatch(r"r(\d+)", rest)
    if row:
        return said if row[1] == "0" else f"{said}, {words['row']} {row[1]}"
    return f"{said}, {words['paragraph']} {rest}" if rest else said
