"""A source as the register knows it: where it is found, and per paragraph a fingerprint, its figures and a gist of our own."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

from handbook.model.base import Bilingual, Id, Record, Text, When

Locator = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or "." not in parts.netloc.strip(".") or any(mark.isspace() for mark in text):
        raise ValueError(f"{text!r} is no address of the web: write it in full, beginning with https://")
    return text


Address = Annotated[str, AfterValidator(_address)]


class Section(Record):
    """A section of a source: its locator, its heading as printed (how ingest finds it), and a title for our readers."""

    id: Locator
    heading: str = ""
    kind: Literal["section", "box", "table"] = "section"
    length: int | None = None
    title: Bilingual | None = None


class Paragraph(Record):
    """What the register keeps of one paragraph, never its text; `untold` gives a reason per figure that the handbook does not tell."""

    at: Locator
    section: Locator
    kind: Literal["paragraph", "item", "footnote", "row", "caption"]
    note_of: str = ""
    fingerprint: Fingerprint
    words: int
    figures: list[Text] = []
    gist: Bilingual | None = None
    omitted: Bilingual | None = None
    untold: dict[str, Text] = {}


class Source(Record):
    """One source document."""

    id: Id
    title: Bilingual
    short: Bilingual
    kind: Literal["letter", "news", "memo", "page", "note"]
    date: When
    date_note: Bilingual | None = None
    by: Bilingual
    identifier: Text | None = None
    address: Address
    missing: list[Bilingual] = []
    layout: Literal["prose", "wrapped"] = "prose"
    marks: list[Text] = []
    coverage: Literal["open", "closed"] = "open"
    fingerprint: Fingerprint | Literal[""] = ""
    sections: list[Section]
    paragraphs: list[Paragraph] = []
