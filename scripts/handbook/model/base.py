"""The building blocks of every record: text in two languages, permanent ids, citations, and dates as exact as the source."""

import datetime
import re
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from handbook.figures import Figure, figures

LANGUAGES = ("nl", "en")
PERIODS = {
    "start": 1, "Q1": 1, "H1": 1, "spring": 3, "Q2": 4, "summer": 6, "Q3": 7, "H2": 7, "autumn": 9, "Q4": 10, "end": 11, "winter": 12,
}  # fmt: skip


class Record(BaseModel):
    """A record without room for unknown keys; records do not change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


Text = Annotated[str, StringConstraints(min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Citation = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*:[a-z0-9][a-z0-9.-]*$")]


class Bilingual(Record):
    """The same text in Dutch and in English."""

    nl: Text
    en: Text

    def __getitem__(self, lang: str) -> str:
        return getattr(self, lang)

    @cached_property
    def figures(self) -> dict[str, list[Figure]]:
        """The figures of each language's text in reading order, found once."""
        return {lang: figures(self[lang], lang) for lang in LANGUAGES}


class Variants(Record):
    """Other forms of a name in each language."""

    nl: list[Text] = []
    en: list[Text] = []

    def __getitem__(self, lang: str) -> list[str]:
        return getattr(self, lang)


def _when(text: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-(" + "|".join(PERIODS) + "))?", text)
    if not match:
        raise ValueError(f"{text!r} is no date: write 2020, 2020-10, 2020-10-30, or 2020- with one of {', '.join(PERIODS)}")
    year, month, day, _ = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"{text!r} is no date of the calendar") from None
    return text


When = Annotated[str, AfterValidator(_when)]


def sort_key(when: str) -> tuple[int, int, int]:
    """A WHEN as (year, month, day) for ordering; whole years come first in their year."""
    year, _, rest = when.partition("-")
    if rest in PERIODS:
        return int(year), PERIODS[rest], 0
    month, _, day = rest.partition("-")
    return int(year), int(month or 0), int(day or 0)
