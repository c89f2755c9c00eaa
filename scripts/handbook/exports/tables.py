"""Every list as CSV (RFC 4180, UTF-8 with a byte order mark for Excel) and as JSON with its JSON Schema (2020-12)."""

import csv
import io
import json
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from handbook.content import LISTS, Handbook
from handbook.exports import Export
from handbook.finish.settings import Settings
from handbook.model import Bilingual, Instrument, Paragraph, Record, Release, Source
from handbook.model.base import Id, Text
from handbook.model.bench import Bench

TABLES = ("instruments", "figures", "actors", "parliament", "timeline", "glossary", "contradictions", "sources", "paragraphs")
# What of a record its CSV leaves to a table of its own: a cell of Excel holds no more than 32,767 characters.
APART = {"sources": {"paragraphs"}}


class CitedParagraph(Paragraph):
    """A paragraph of a source with the key by which it is cited, and its source."""

    id: Text
    source: Id


def exports(book: Handbook) -> Iterator[Export]:
    """CSV, JSON and schema of every table."""
    for name in TABLES:
        kind, records = table(book, name)
        yield Export(f"{name}.csv", "text/csv", name, "", as_csv(records, APART.get(name, set())))
        described = f"{name}.schema.json"
        data = {"$schema": described, "describedby": described, name: [record.model_dump(mode="json") for record in records]}
        yield Export(f"{name}.json", "application/json", name, "", _json(data))
        yield Export(f"{name}.schema.json", "application/schema+json", name, "", _json(schema(name, kind)))


def table(book: Handbook, name: str) -> tuple[type[Record], list[Record]]:
    """The kind and the records of the table NAME."""
    if name == "instruments":
        return Instrument, list(book.instruments.values())
    if name == "sources":
        return Source, list(book.sources.values())
    if name == "paragraphs":
        rows = [(source.id, paragraph) for source in book.sources.values() for paragraph in source.paragraphs]
        return CitedParagraph, [CitedParagraph(id=f"{source}:{one.at}", source=source, **dict(one)) for source, one in rows]
    return LISTS[name], list(book.lists[name].values())


def schema(name: str, kind: type[Record]) -> dict[str, Any]:
    """The JSON Schema of the file NAME.json."""
    listed = TypeAdapter(list[kind]).json_schema(ref_template="#/$defs/{model}")
    definitions = listed.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{name}.schema.json",
        "type": "object",
        "required": ["describedby", name],
        "properties": {"$schema": {"type": "string"}, "describedby": {"type": "string"}, name: listed},
        "additionalProperties": False,
        "$defs": definitions,
    }


def as_csv(records: list[Record], without: Set[str] = frozenset()) -> bytes:
    """RECORDS as rows, WITHOUT some fields: a text in two languages becomes two columns, a list one cell with ' | ' between its items."""
    rows = [dict(_cells(record.model_dump(mode="json", exclude=set(without)))) for record in records]
    found = list(dict.fromkeys(column for row in rows for column in row))
    # A text that one record lacks has two columns from the others.
    columns = [column for column in found if f"{column}_nl" not in found]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict) and value and set(value) <= {"nl", "en"}:
            for lang in ("nl", "en"):
                yield f"{key}_{lang}", _cell(value.get(lang))
        elif value and isinstance(value[0] if isinstance(value, list) else value, dict):
            yield key, json.dumps(value, ensure_ascii=False)
        else:
            yield key, _cell(value)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(map(str, value))
    return "" if value is None or value == {} else str(value)


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def write_schemas(folder: Path) -> int:
    """Writes into FOLDER the schema of every data file as an editor keeps it, and returns how many."""
    kinds = {name: list[kind] for name, kind in LISTS.items()} | {"instrument": Instrument, "source": Source, "site": Settings}
    kinds |= {"releases": list[Release], "bench": Bench, "labels": dict[str, dict[str, Bilingual]]}
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in kinds.items():
        (folder / f"{name}.json").write_bytes(_json(TypeAdapter(kind).json_schema()))
    return len(kinds)
