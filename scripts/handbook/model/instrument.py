"""A policy instrument: what it is, its life, its money, who does what, and how it relates to others."""

from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from handbook.model.base import Bilingual, Citation, Id, Record, Text, Variants, When

Kind = Literal["strategy", "programme", "subsidy", "fund", "tax", "law", "partnership", "organisation", "eu", "study", "other"]
Status = Literal["announced", "planned", "considered", "running", "changed", "ended", "evaluated", "unknown"]
Role = Literal["decides", "pays", "carries-out", "advises", "benefits", "takes-part", "evaluates"]
RelationKind = Literal["part-of", "follows", "funds", "carries-out", "answers", "see-also"]


class Stage(Record):
    """A moment in the life of an instrument and the status it had from then on."""

    date: When
    what: Bilingual
    status: Status
    cite: list[Citation]


class Amount(Record):
    """An amount exactly as the source gives it: `open` says what the source leaves open."""

    value: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")]
    currency: Literal["EUR"] = "EUR"
    approximate: bool = False
    what: Bilingual
    per: Literal["year", "total", "unknown"] = "unknown"
    period: Text | None = None
    open: Bilingual | None = None
    cite: list[Citation]


class Part(Record):
    """An actor's role in the instrument."""

    actor: Id
    role: Role
    cite: list[Citation]


class Relation(Record):
    """A relation, stored once and shown on both sides."""

    kind: RelationKind
    to: Id


class Identifier(Record):
    """An official number and, where there is one, its official address."""

    scheme: Literal["kamerstuk", "celex", "bwb", "document"]
    value: Text
    address: Text | None = None


class Instrument(Record):
    """One instrument. Tiers A and B have a page in each language; C is an entry in the index."""

    id: Id
    tier: Literal["A", "B", "C"]
    name: Bilingual
    abbreviation: Text | None = None
    aliases: Variants = Variants()
    kind: Kind
    themes: list[Id]
    markets: list[Id] = []
    summary: Bilingual
    cite: list[Citation]
    stages: list[Stage] = []
    amounts: list[Amount] = []
    parts: list[Part] = []
    relations: list[Relation] = []
    identifiers: list[Identifier] = []

    @model_validator(mode="after")
    def _cited(self) -> "Instrument":
        if not self.cite:
            raise ValueError("an instrument names the paragraphs that name it")
        return self

    @property
    def sources(self) -> list[str]:
        """The ids of the sources that name the instrument, in order of first citation."""
        keys = [*self.cite, *(key for stage in self.stages for key in stage.cite)]
        return list(dict.fromkeys(key.partition(":")[0] for key in keys))
