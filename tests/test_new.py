"""Something new begins as a skeleton that lists what only a person can fill in."""

import json

import pytest
from click.testing import CliRunner
from handbook.cli import main
from handbook.content import LISTS, load_handbook


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


def test_a_new_term_asks_for_what_it_needs(small):
    result = run(small, "new", "term", "budget", input="begroting\nbudget\n")
    assert result.exit_code == 0
    assert load_handbook(small).lists["glossary"]["budget"].term.nl == "begroting"
    assert "must be filled in" in result.output


def test_a_new_event_passes_at_once(small):
    options = ("--date", "2026-03", "--nl", "Er zijn 40 pagina’s.", "--en", "There are 40 pages.", "--cite", "notice-2026:1.1")
    result = run(small, "new", "event", "forty", *options)
    assert result.output == "made docs/data/timeline.yml\n"
    assert run(small, "check").output == ""


def test_the_editor_s_schemas_cover_every_data_file(root, tmp_path):
    result = CliRunner().invoke(main, ["schemas", "--root", str(tmp_path)])
    assert result.exit_code == 0
    wired = json.loads((root / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {name.rpartition("/")[2] for name in wired} == {path.name for path in (tmp_path / ".cache/schemas").iterdir()}
    assert set(LISTS) <= {name.rpartition("/")[2].removesuffix(".json") for name in wired}
