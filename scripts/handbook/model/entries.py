"""The smaller records: events, key figures, parliamentary items, actors, terms, contradictions, labels."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from handbook.model.base import Bilingual, Citation, Id, Record, Text, Variants, When


class Event(Record):
    """An event or dated intention; `inferred` tells why a date that the source does not give in full is believed."""

    id: Id
    date: When
    until: When | None = None
    planned: bool = False
    inferred: Bilingual | None = None
    what: Bilingual
    themes: list[Id] = []
    instruments: list[Id] = []
    cite: list[Citation]


class KeyFigure(Record):
    """A figure with a meaning of its own. VALUE is a plain decimal; a range has TO; `note` holds what to mind in quoting it."""

    id: Id
    value: Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
    to: Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")] | None = None
    unit: Literal[
        "percent",
        "percent-per-year",
        "euro",
        "euro-per-hour",
        "euro-per-year",
        "persons",
        "jobs",
        "fte",
        "companies",
        "rank",
        "years",
        "number",
    ]
    approximate: bool = False
    bound: Literal["more-than", "less-than", "at-least", "up-to"] | None = None
    measures: Bilingual
    period: Text | None = None
    area: Literal["nl", "oecd", "eu", "world", "region", "other"] = "nl"
    theme: Id
    series: Id | None = None
    note: Bilingual | None = None
    cite: list[Citation]


class ParliamentItem(Record):
    """A motion, commitment, paper or announcement: who asked what, where it is named, what answers it, what stays open."""

    id: Id
    kind: Literal["motion", "commitment", "paper", "announcement"]
    title: Bilingual
    by: Bilingual | None = None
    date: When | None = None
    number: Text | None = None
    address: Text | None = None
    what: Bilingual
    answer: Bilingual | None = None
    open: Bilingual | None = None
    themes: list[Id] = []
    instruments: list[Id] = []
    cite: list[Citation]


class Actor(Record):
    """A ministry, body, company or person with the role that the sources give it."""

    id: Id
    name: Bilingual
    abbreviation: Text | None = None
    aliases: Variants = Variants()
    kind: Literal[
        "ministry",
        "parliament",
        "agency",
        "region",
        "eu",
        "international",
        "knowledge",
        "association",
        "partnership",
        "company",
        "person",
        "group",
    ]
    role: Bilingual
    cite: list[Citation]


class Term(Record):
    """A term with its prescribed form in each language; `avoid` lists forms that the handbook does not use."""

    id: Id
    term: Bilingual
    abbreviation: Text | None = None
    aliases: Variants = Variants()
    avoid: Variants = Variants()
    definition: Bilingual
    unexpanded: bool = False
    general: bool = False
    link: bool = True
    see: list[Id] = []
    cite: list[Citation] = []


class Side(Record):
    """What one source says in a contradiction."""

    says: Bilingual
    cite: list[Citation]


class Contradiction(Record):
    """Sources that disagree: both sides, why as far as the sources tell, and how to quote safely."""

    id: Id
    title: Bilingual
    theme: Id
    sides: list[Side]
    why: Bilingual
    safely: Bilingual


class Labels(Record):
    """The words of the handbook's own furniture, per group and key."""

    groups: dict[str, dict[str, Bilingual]]

    def __call__(self, group: str, key: str, lang: str) -> str:
        return self.groups[group][key][lang]


class ChartItem(Record):
    """One mark of a chart: a key figure with its label and, where colours tell groups apart, its group."""

    figure: Id
    label: Bilingual
    group: Bilingual | None = None


class Chart(Record):
    """A chart of key figures. `alt` says in words what the picture shows."""

    id: Id
    kind: Literal["bars", "dots"]
    title: Bilingual
    alt: Bilingual
    axis: Bilingual
    scale: Literal["linear", "log"] = "linear"
    items: list[ChartItem]
