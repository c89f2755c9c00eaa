"""What building and reading the handbook cost on one day and machine; written by `make bench`, never by hand."""

from typing import Annotated

from pydantic import StringConstraints

from handbook.model.base import Record, Text, When

Number = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")]


class Cost(Record):
    """What one command took, beside plain MkDocs: KEY is one of the labels `bench-row`."""

    key: Text
    cpu: Number
    ratio: Number
    memory: Number


class Size(Record):
    """Build and check of a handbook with so many times the instruments, and so many pages in both languages."""

    times: int
    pages: int
    build: Number
    check: Number


class Bench(Record):
    """The table of the day."""

    date: When
    machine: Text
    runs: int
    versions: dict[str, Text]
    rows: list[Cost]
    growth: list[Size]
    exponents: dict[str, Number]
    reader: dict[str, Number]
