"""Open data reads back with independent readers, holds what the handbook holds, and is the same in every build."""

import contextlib
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile

import feedparser
import jsonschema
import pytest
from handbook.edition import edition
from handbook.exports import exports
from handbook.exports.calendar import span
from handbook.exports.cards import DECKS
from handbook.exports.tables import TABLES, table
from handbook.model import Event
from icalendar import Calendar
from lxml import etree
from pyshacl import validate
from rdflib import Graph

ADDRESS = "https://handbook.example/"


@pytest.fixture(scope="session")
def files(book, root):
    return {export.name: export.content for export in exports(book, edition(root), ADDRESS)}


def test_every_table_reads_back_as_csv(files, book, subtests):
    for name in TABLES:
        with subtests.test(name):
            content = files[f"{name}.csv"]
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.count(b"\n") == content.count(b"\r\n") + sum(cell.count("\n") for row in _rows(content) for cell in row.values())
            assert [row["id"] for row in _rows(content)] == [record.id for record in table(book, name)[1]]


def test_every_table_keeps_to_its_schema(files, book, subtests):
    for name in TABLES:
        with subtests.test(name):
            data, schema = json.loads(files[f"{name}.json"]), json.loads(files[f"{name}.schema.json"])
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
            assert data["$schema"] == f"{name}.schema.json"
            assert len(data[name]) == len(table(book, name)[1])


def test_a_wrong_record_breaks_the_schema(files):
    data = json.loads(files["timeline.json"])
    data["timeline"][0]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json.loads(files["timeline.schema.json"]), cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_calendar_holds_every_event(files, book, lang):
    events = Calendar.from_ical(files[f"timeline.{lang}.ics"]).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events) == len(book.lists["timeline"])
    for event in events:
        assert event.decoded("dtstart") < event.decoded("dtend")
        assert event.errors == []


@pytest.mark.parametrize(
    ("date", "until", "first", "after"),
    [
        ("2020-10-30", None, "2020-10-30", "2020-10-31"),
        ("2020-10", None, "2020-10-01", "2020-11-01"),
        ("2020", None, "2020-01-01", "2021-01-01"),
        ("2021-Q1", None, "2021-01-01", "2021-04-01"),
        ("2015-summer", None, "2015-06-01", "2015-09-01"),
        ("2020-winter", None, "2020-12-01", "2021-01-01"),
        ("2025", "2029", "2025-01-01", "2030-01-01"),
    ],
)
def test_a_vague_date_is_as_wide_as_it_is_vague(date, until, first, after):
    text = {"nl": "x", "en": "x"}
    event = Event.model_validate({"id": "x", "date": date, "until": until, "what": text, "cite": ["s:1"]})
    assert [day.isoformat() for day in span(event)] == [first, after]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_feed_holds_every_event(files, book, lang):
    feed = feedparser.parse(files[f"timeline.{lang}.atom"])
    assert not feed.bozo
    assert len({entry.id for entry in feed.entries}) == len(book.lists["timeline"])


def test_the_glossary_keeps_to_the_profile(files, root, book):
    """Our reading of what NL-SBB requires of a concept: one preferred label and a definition a language, and a scheme."""
    graph = Graph().parse(data=files["glossary.ttl"], format="turtle")
    conforms, _, report = validate(graph, shacl_graph=str(root / "tests/shapes/nl-sbb.ttl"))
    assert conforms, report
    assert len(list(graph.query("SELECT ?c WHERE { ?c a skos:Concept }"))) == len(book.lists["glossary"])
    assert Graph().parse(data=files["glossary.jsonld"], format="json-ld").isomorphic(graph)


def test_a_concept_with_two_names_breaks_the_profile(files, root):
    graph = Graph().parse(data=files["glossary.ttl"], format="turtle")
    graph.update('INSERT { ?c skos:prefLabel "nog een"@nl } WHERE { SELECT ?c { ?c a skos:Concept } LIMIT 1 }')
    assert not validate(graph, shacl_graph=str(root / "tests/shapes/nl-sbb.ttl"))[0]


def test_the_glossary_reads_as_tbx(files, book):
    tree = etree.fromstring(files["glossary.tbx"])
    spaces = {"t": "urn:iso:std:iso:30042:ed-2"}
    assert tree.get("type") == "TBX-Basic"
    entries = tree.findall(".//t:conceptEntry", spaces)
    assert len(entries) == len(book.lists["glossary"])
    for entry in entries:
        assert [section.get("{http://www.w3.org/XML/1998/namespace}lang") for section in entry.findall("t:langSec", spaces)] == ["nl", "en"]


def test_the_dataset_description_keeps_to_dcat(files, root):
    graph = Graph().parse(data=files["dcat.ttl"], format="turtle")
    conforms, _, report = validate(graph, shacl_graph=str(root / "tests/shapes/dcat-ap-nl.ttl"))
    assert conforms, report


def test_references_hold_every_source(files, book):
    assert files["sources.bib"].decode().count("\n}\n") == len(book.sources)
    assert files["sources.ris"].decode().count("\r\nER  - \r\n") == len(book.sources)
    assert [item["id"] for item in json.loads(files["sources.csl.json"])] == list(book.sources)


def test_every_page_has_a_plain_twin(files, book, subtests):
    for (lang, path), _ in book.pages.items():
        with subtests.test(f"{lang}/{path}"):
            text = files[f"text/{lang}/{path}"].decode()
            assert "[^" not in text
            assert "<!-- handbook" not in text
            assert f"data/text/{lang}/{path})" in files["llms.txt"].decode()


@pytest.mark.parametrize("deck", DECKS)
def test_the_cards_read_back(files, book, deck, tmp_path):
    rows = [line.split("\t") for line in files[f"cards.{deck}.txt"].decode().splitlines() if not line.startswith("#")]
    assert len({row[0] for row in rows}) == len(rows)
    (tmp_path / "deck.apkg").write_bytes(files[f"cards.{deck}.apkg"])
    with zipfile.ZipFile(tmp_path / "deck.apkg") as package:
        assert json.loads(package.read("media")) == {}
        package.extract("collection.anki2", tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "collection.anki2")) as database:
        notes = database.execute("SELECT guid, flds FROM notes").fetchall()
        (cards,) = database.execute("SELECT count(*) FROM cards").fetchone()
    assert cards == len(notes) * (2 if deck == "nl-en" else 1), "between the languages a card is asked both ways"
    assert len({guid for guid, _ in notes}) == len(notes) == len(rows)
    assert all(front and back for front, back in (fields.split("\x1f") for _, fields in notes))
    fronts = [row[1] for row in rows]
    assert len({front.casefold() for front in fronts}) == len(fronts), "no two cards may ask the same"
    assert all(row[1].casefold() != row[2].casefold() for row in rows)


def test_the_decks_can_be_kept_side_by_side(files):
    """A note's id is its own: importing a second language must not overwrite the first."""
    rows = [line.split("\t")[0] for deck in DECKS for line in files[f"cards.{deck}.txt"].decode().splitlines() if not line.startswith("#")]
    assert len(set(rows)) == len(rows)


def test_two_builds_are_the_same_to_the_byte(root, tmp_path):
    """Other hash seeds and time zones: whatever hangs on them would differ."""
    code = (
        "import hashlib, pathlib; from handbook.content import load_handbook; "
        "from handbook.edition import edition; from handbook.exports import exports\n"
        f"root = pathlib.Path({str(root)!r}); digest = hashlib.sha256()\n"
        f"[digest.update(e.name.encode() + e.content) for e in exports(load_handbook(root), edition(root), {ADDRESS!r})]\n"
        "print(digest.hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            cwd=tmp_path,
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert runs[0].stdout == runs[1].stdout != "", runs[0].stderr


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
