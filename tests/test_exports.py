"""Open data reads back with independent readers, holds what the handbook holds, and is the same in every build."""

import contextlib
import csv
import datetime
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile

import bibtexparser
import feedparser
import jsonschema
import pytest
import rispy
from handbook.edition import Edition, edition
from handbook.exports import exports
from handbook.exports.calendar import span
from handbook.exports.cards import DECKS
from handbook.exports.tables import TABLES, table
from handbook.model import Event
from icalendar import Calendar
from lxml import etree
from pyshacl import validate
from rdflib import BNode, Graph
from rdflib.namespace import DCAT, DCTERMS

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


def test_the_calendar_cites_and_dates_as_readers_do(files, book):
    events = {str(event["uid"]).partition("@")[0]: event for event in Calendar.from_ical(files["timeline.nl.ics"]).walk("VEVENT")}
    for event in book.lists["timeline"].values():
        said = str(events[event.id]["description"])
        assert not any(key in said for key in event.cite)
        assert all(book.sources[key.partition(":")[0]].short.nl in said for key in event.cite)
        assert event.until is None or event.until[:4] in said


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


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_new_edition_announces_no_old_event_anew(files, book, root, lang):
    later = Edition(datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC), "later")
    again = {export.name: export.content for export in exports(book, later, ADDRESS)}
    assert again[f"timeline.{lang}.atom"] == files[f"timeline.{lang}.atom"]
    days = {entry.updated[:10] for entry in feedparser.parse(files[f"timeline.{lang}.atom"]).entries}
    assert len(days) > 1
    assert {day[:4] for day in days} <= {source.date[:4] for source in book.sources.values()}


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
        sections = entry.findall("t:langSec", spaces)
        assert [section.get("{http://www.w3.org/XML/1998/namespace}lang") for section in sections] == ["nl", "en"]
        abbreviation = book.lists["glossary"][entry.get("id")].abbreviation
        for section in sections:
            forms = [form.text for form in section.findall("t:termSec/t:term", spaces)]
            assert len(set(forms)) == len(forms)
            assert abbreviation is None or abbreviation in forms


def described(files):
    return Graph().parse(data=files["dcat.ttl"], format="turtle")


def test_the_dataset_description_keeps_to_dcat(files, root):
    conforms, _, report = validate(described(files), shacl_graph=str(root / "tests/shapes/dcat-ap-nl.ttl"))
    assert conforms, report


@pytest.mark.parametrize("term", [DCAT.contactPoint, DCTERMS.creator, DCTERMS.publisher])
def test_a_dataset_without_its_people_breaks_the_profile(files, root, term):
    graph = described(files)
    graph.remove((None, term, None))
    assert not validate(graph, shacl_graph=str(root / "tests/shapes/dcat-ap-nl.ttl"))[0]


def test_the_dataset_has_one_contact_and_no_blank_node(files):
    graph = described(files)
    assert len(list(graph.objects(None, DCAT.contactPoint))) == 1
    assert not any(isinstance(node, BNode) for node in graph.all_nodes())


def test_every_listed_file_is_a_distribution(files):
    listed = {name for name in files if "/" not in name and not name.endswith(".schema.json")} - {"dcat.ttl"}
    assert {str(file).removeprefix(f"{ADDRESS}data/") for file in described(files).objects(None, DCAT.distribution)} == listed


def test_no_cell_is_too_long_for_excel(files):
    cells = [len(cell) for name in TABLES for row in _rows(files[f"{name}.csv"]) for cell in row.values()]
    assert max(cells) <= 32_767


def test_the_paragraphs_have_a_row_each(files, book):
    rows = _rows(files["paragraphs.csv"])
    assert [row["id"] for row in rows] == list(book.paragraphs)
    assert {row["source"] for row in rows} == set(book.sources)
    assert "paragraphs" not in _rows(files["sources.csv"])[0]


# bibtexparser calls what its own parser means to drop.
@pytest.mark.filterwarnings("ignore::pyparsing.warnings.PyparsingDeprecationWarning")
def test_the_sources_read_back_as_bibtex(files, book):
    found = bibtexparser.loads(files["sources.bib"].decode(), bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)).entries
    assert [(one["ID"], one["title"].strip("{}"), one["url"]) for one in found] == [
        (source.id, source.title.nl, source.address) for source in book.sources.values()
    ]


def test_the_sources_read_back_as_ris(files, book):
    found = rispy.loads(files["sources.ris"].decode())
    assert [(one["id"], one["title"], one["urls"]) for one in found] == [
        (source.id, source.title.nl, [source.address]) for source in book.sources.values()
    ]


def test_the_sources_read_back_as_csl(files, book):
    """Our reading of what CSL-JSON asks of an item."""
    part = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
    issued = {"type": "object", "required": ["date-parts"], "properties": {"date-parts": {"type": "array", "items": part, "minItems": 1}}}
    name = {"type": "object", "required": ["literal"], "properties": {"literal": {"type": "string"}}, "additionalProperties": False}
    kinds = {"enum": ["report", "webpage", "article-newspaper", "document"]}
    item = {"id": {"type": "string"}, "type": kinds, "title": {"type": "string"}, "author": {"type": "array", "items": name}}
    item |= {"issued": issued, "URL": {"type": "string", "pattern": "^https://"}, "language": {"const": "nl"}, "number": {"type": "string"}}
    required = ["id", "type", "title", "author", "issued", "URL"]
    found = json.loads(files["sources.csl.json"])
    each = {"type": "object", "properties": item, "required": required, "additionalProperties": False}
    jsonschema.validate(found, {"type": "array", "items": each})
    assert [(one["id"], one["title"], one["URL"]) for one in found] == [
        (source.id, source.title.nl, source.address) for source in book.sources.values()
    ]


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


def digest(root, folder, seed, zone, spoiled=""):
    """The fingerprint of all exports under another hash seed and time zone, nothing kept from before; SPOILED is run first."""
    code = (
        "import hashlib, os, pathlib, handbook.exports\n"
        "from handbook.loader import load_handbook\nfrom handbook.edition import edition\n"
        "handbook.exports.made = lambda root, name, ingredients, libraries, make: make()\n"
        f"{spoiled}\nroot = pathlib.Path({str(root)!r}); digest = hashlib.sha256()\n"
        f"for e in handbook.exports.exports(load_handbook(root), edition(root), {ADDRESS!r}): digest.update(e.name.encode() + e.content)\n"
        "print(digest.hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=folder, check=True).stdout


def test_two_builds_are_the_same_to_the_byte(root, tmp_path):
    """Other hash seeds and time zones: whatever hangs on them would differ."""
    assert digest(root, tmp_path, "1", "UTC") == digest(root, tmp_path, "2", "Asia/Tokyo")


def test_chance_in_an_export_is_found_out(root, tmp_path):
    spoiled = (
        "handbook.exports._twins = lambda *_: []\n"  # the texts of the pages take longest, and are not what is spoiled here
        "from handbook.exports import terms\nfrom rdflib import SKOS, Literal, URIRef\nplain = terms.as_skos\n"
        "terms.as_skos = lambda *a: plain(*a).add((URIRef('urn:x'), SKOS.note, Literal(os.urandom(8).hex())))"
    )
    assert digest(root, tmp_path, "1", "UTC", spoiled) != digest(root, tmp_path, "1", "UTC", spoiled)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
