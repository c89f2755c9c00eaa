"""Something new begins as a skeleton that lists what only a person can fill in."""

import json

import pytest
from click.testing import CliRunner
from handbook.cli import main
from handbook.content import LISTS
from handbook.loader import load_handbook
from letters import DETAILS, OPTIONS, new_source
from terminal import at_terminal


def run(root, *arguments, **options):
    return CliRunner().invoke(main, [*arguments, "--root", str(root)], **options)


@pytest.mark.parametrize(("tier", "count"), [("A", 3), ("B", 3), ("C", 1)])
def test_a_new_instrument_gets_its_files(small, tier, count):
    result = run(small, "new", "instrument", "my-scheme", "--tier", tier)
    assert result.exit_code == 0
    assert result.output.count("made docs/") == count
    assert "to do: docs/data/instruments/my-scheme.yml" in result.output


def test_a_new_instrument_in_full_passes(small):
    run(small, "new", "instrument", "my-scheme", "--tier", "C")
    path = small / "docs/data/instruments/my-scheme.yml"
    text = path.read_text("utf-8").replace("themes: []", "themes: [money]").replace("cite: []", 'cite: ["notice-2026:2.1"]')
    path.write_text(text.replace('nl: "…"', "nl: Regeling").replace('en: "…"', "en: Scheme"), "utf-8")
    assert run(small, "check").output == ""


@pytest.mark.parametrize("name", ["My Scheme", "über", "-x", "a--b"])
def test_a_wrong_id_writes_nothing(small, name):
    before = sorted(small.rglob("*"))
    result = run(small, "new", "instrument", "--", name)
    assert result.exit_code in (1, 2)
    assert "kebab-case" in result.output or result.exit_code == 2
    assert sorted(small.rglob("*")) == before


def test_a_used_id_writes_nothing(small):
    before = (small / "docs/data/glossary.yml").read_bytes()
    assert "must not be in use" in run(small, "new", "term", "eu", "--nl", "EU", "--en", "EU").output
    assert "must not exist yet" in run(small, "new", "instrument", "alpha-fund").output
    assert (small / "docs/data/glossary.yml").read_bytes() == before


ANSWERS = {
    ("source", "new-2027"): list(DETAILS.values()),
    ("instrument", "my-scheme"): ["Regeling", "Scheme", "fund", "money", "notice-2026:2.1"],
    ("term", "budget"): ["begroting", "budget", "Het geld voor een jaar.", "The money for a year.", "notice-2026:1.1"],
    ("event", "forty"): ["2026-03", "Er zijn 40 pagina’s.", "There are 40 pages.", "notice-2026:1.1"],
}


@pytest.mark.parametrize(("kind", "its_id"), ANSWERS, ids=lambda value: value)
def test_something_new_asks_for_what_it_needs_at_a_terminal(kind, its_id, small):
    code, output = at_terminal(small, ["new", kind, its_id], ANSWERS[kind, its_id])
    assert code == 0, output
    todo = [line.partition("to do: ")[2] for line in output.splitlines() if line.startswith("to do: ")]
    # What is left is only what no short answer can be: an instrument's summary, its pages, and their translation.
    assert all("[placeholder]" in line or "[translation-stale]" in line for line in todo), todo
    assert bool(todo) == (kind == "instrument")


@pytest.mark.parametrize("kind", ["source", "term", "event"])
def test_away_from_a_terminal_what_is_missing_is_named(kind, small):
    before = sorted(small.rglob("*"))
    result = run(small, "new", kind, "something")
    assert result.exit_code == 2
    assert "Missing option" in result.output
    assert sorted(small.rglob("*")) == before


@pytest.mark.parametrize("kind", ["source", "event"])
def test_a_date_that_is_none_is_refused_before_anything_is_written(kind, small):
    before = sorted(small.rglob("*"))
    result = run(small, "new", kind, "something", "--kind" if kind == "source" else "--nl", "letter", "--date", "2027-13")
    assert result.exit_code == 2
    assert "'2027-13' is no date of the calendar" in result.output
    assert sorted(small.rglob("*")) == before


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("instrument", "x", "--cite", "foo"), "The citation foo must name a registered paragraph."),
        (("instrument", "x", "--cite", "notice-2026:2.9"), "Nearest: notice-2026:2.2, notice-2026:2.1"),
        (("instrument", "x", "--themes", "money, monney"), "The theme monney must be one of "),
        (("term", "x", "--nl", "x", "--en", "x", "--cite", "nonsense:1"), "The citation nonsense:1 must name a registered paragraph."),
        (("event", "x", "--nl", "x", "--en", "x", "--date", "2027", "--cite", "nonsense:1"), "The citation nonsense:1 must name"),
    ],
)
def test_what_the_handbook_does_not_know_is_refused_before_anything_is_written(command, expected, small):
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    result = run(small, "new", *command)
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert expected in result.output
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("address", ["not a url", "http://handboek.example/letter", "https://letter", "handboek.example"])
def test_an_address_that_is_none_is_refused(address, small):
    before = sorted(small.rglob("*"))
    result = run(small, "new", "source", "x", *OPTIONS, "--address", address)
    assert (result.exit_code, sorted(small.rglob("*"))) == (2, before)
    assert "beginning with https://" in result.output


def test_a_letter_that_is_not_there_leaves_nothing_behind(small):
    before = sorted(small.rglob("*"))
    result = new_source(small, small / "letter.docx")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "The file must be there" in result.output
    assert sorted(small.rglob("*")) == before


def test_a_new_page_finds_its_place_in_the_navigation(small):
    nav = "nav:\n  - Start: index.md # first\n  - Funds:\n      - instruments/alpha-fund.md\n      - glossary.md\n"
    (small / "mkdocs.yml").write_text(nav, "utf-8")
    run(small, "new", "instrument", "my-scheme", "--kind", load_handbook(small).instruments["alpha-fund"].kind)
    added = nav.replace("alpha-fund.md\n", "alpha-fund.md\n      - instruments/my-scheme.md\n")
    assert (small / "mkdocs.yml").read_text("utf-8") == added


def test_a_source_goes_as_it_came(small):
    (small / "letter.txt").write_text("A heading\nA paragraph of some length, with 12 figures.", "utf-8")
    (small / "mkdocs.yml").write_text("nav:\n  - sources/notice-2026.md\n", "utf-8")
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    assert new_source(small, small / "letter.txt").exit_code == 0
    assert "sources/new-2027.md" in (small / "mkdocs.yml").read_text("utf-8")
    assert run(small, "remove", "source", "new-2027").exit_code == 0
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_a_source_that_is_needed_stays(small):
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    result = run(small, "remove", "source", "notice-2026")
    assert result.exit_code == 1
    assert result.output.splitlines()[0].startswith("docs/data/actors.yml:1: Nothing may rest on notice-2026:2.1 ")
    assert any(line.startswith("docs/nl/index.md:9: ") for line in result.output.splitlines())
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_a_new_event_passes_at_once(small):
    options = ("--date", "2026-03", "--nl", "Er zijn 40 pagina’s.", "--en", "There are 40 pages.", "--cite", "notice-2026:1.1")
    result = run(small, "new", "event", "forty", *options)
    assert result.output == "made docs/data/timeline.yml\n"
    assert run(small, "check").output == ""


def test_the_editor_s_schemas_cover_every_data_file(root, small):
    result = run(small, "schemas")
    assert result.exit_code == 0
    wired = json.loads((root / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {name.rpartition("/")[2] for name in wired} == {path.name for path in (small / ".cache/schemas").iterdir()}
    assert set(LISTS) <= {name.rpartition("/")[2].removesuffix(".json") for name in wired}
