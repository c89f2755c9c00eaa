"""An editor learns what rests on a source, what time has overtaken, and what changed."""

import datetime
import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from handbook.cli import main
from handbook.loader import load_handbook
from handbook.upkeep import stale


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def repository(small):
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "-qm", "one"]):
        subprocess.run(["git", "-C", str(small), *command], check=True)
    return small


def test_impact_names_what_rests_on_a_source(small):
    found = json.loads(run("impact", "notice-2026", "--json", "--root", small).output)
    assert [rest["id"] for rest in found["pages"]] == ["index.md", "instruments/alpha-fund.md"]
    assert [rest["id"] for rest in found["instruments"]] == ["alpha-fund", "beta-scheme"]
    assert found["figures"] == [{"id": "pages", "path": "docs/data/figures.yml", "line": 1, "paragraphs": ["1.1"]}]
    assert "  docs/nl/instruments/alpha-fund.md:10: 2.1 fn1" in run("impact", "notice-2026", "--root", small).output.splitlines()


def test_impact_of_an_unknown_source_says_which_there_are(small):
    result = run("impact", "notice-2025", "--root", small)
    assert result.exit_code == 2
    assert "must be one of notice-2026" in result.output


@pytest.mark.parametrize(
    ("date", "late"), [("2026-03-02", True), ("2026-11-30", False), ("2026", False), ("2026-Q1", True), ("2026-end", False)]
)
def test_a_plan_whose_date_has_passed_is_stale(small, date, late):
    path = small / "docs/data/timeline.yml"
    path.write_text(path.read_text("utf-8").replace('date: "2026-03-02"', f'date: "{date}", planned: true'), "utf-8")
    found = list(stale(load_handbook(small), datetime.date(2026, 11, 22)))
    assert [finding.rule for finding in found] == (["plan-passed"] if late else [])


def test_an_instrument_told_from_an_older_source_is_stale(small):
    shutil.copy(small / "docs/data/sources/notice-2026.yml", small / "docs/data/sources/notice-2027.yml")
    newer = small / "docs/data/sources/notice-2027.yml"
    newer.write_text(
        newer.read_text("utf-8").replace("id: notice-2026", "id: notice-2027").replace('date: "2026-03-02"', 'date: "2027-03-02"'), "utf-8"
    )
    fund = small / "docs/data/instruments/alpha-fund.yml"
    fund.write_text(fund.read_text("utf-8").replace('cite: ["notice-2026:2.1"]\nstages', 'cite: ["notice-2027:2.1"]\nstages'), "utf-8")
    assert "stage-older" in [finding.rule for finding in stale(load_handbook(small), datetime.date(2026, 1, 1))]


def test_a_summary_and_a_statement_older_than_the_newest_source_are_stale(small):
    source = (small / "docs/data/sources/notice-2026.yml").read_text("utf-8")
    newer = source.replace("id: notice-2026", "id: notice-2027").replace('date: "2026-03-02"', 'date: "2027-03-02"')
    (small / "docs/data/sources/notice-2027.yml").write_text(newer, "utf-8")
    page = small / "docs/nl/index.md"
    page.write_text(page.read_text("utf-8") + "\n## Later { #later }\n\nDit is de stand van 2026.[^notice-2027:1.1]\n", "utf-8")
    found = [(f.rule, f.path, f.line) for f in stale(load_handbook(small), datetime.date(2026, 1, 1)) if f.path == "docs/nl/index.md"]
    assert found == [("summary-older", "docs/nl/index.md", 9), ("statement-older", "docs/nl/index.md", 20)]


def test_what_is_stale_is_told_kind_by_kind(small):
    page = small / "docs/nl/index.md"
    page.write_text(page.read_text("utf-8").replace("Elke alinea is aan te halen", "Elke alinea kun je aanhalen"), "utf-8")
    result = run("stale", "--root", small)
    assert result.exit_code == 1
    assert result.output.startswith("Translations behind (1)\n  docs/en/index.md:1: ")


def test_a_difference_tells_facts_and_not_wording(repository):
    fund = repository / "docs/data/instruments/alpha-fund.yml"
    fund.write_text(
        fund.read_text("utf-8").replace("1500000", "1600000").replace("Het fonds begint.", "Het fonds gaat van start."), "utf-8"
    )
    notes = repository / "docs/data/actors.yml"
    notes.write_text(notes.read_text("utf-8").replace("Maakt het handboek.", "Schrijft het handboek."), "utf-8")
    page = repository / "docs/nl/index.md"
    page.write_text(page.read_text("utf-8").replace("telt 40", "telt 41"), "utf-8")
    subprocess.run(["git", "-C", str(repository), "-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "-qam", "two"], check=True)
    assert run("diff", "HEAD~1", "HEAD", "--root", repository).output.splitlines() == [
        "changed instruments: alpha-fund",
        "figures of instruments/alpha-fund: +€1600000 -€1500000",
        "figures of index.md: +41",
    ]


def test_how_much_of_a_heading_the_register_holds_is_wording(repository):
    register = repository / "docs/data/sources/notice-2026.yml"
    register.write_text(
        register.read_text("utf-8").replace("heading: Release notice of the handbook", "heading: Release notice of …"), "utf-8"
    )
    subprocess.run(["git", "-C", str(repository), "-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "-qam", "two"], check=True)
    result = run("diff", "HEAD~1", "--root", repository)
    assert (result.exit_code, result.output) == (0, "")


def test_a_shallow_clone_tells_that_it_cannot_compare(repository, tmp_path):
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{repository}", str(tmp_path / "shallow")], check=True)
    result = run("diff", "HEAD", "--root", tmp_path / "shallow")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "git fetch --unshallow" in result.output


def test_figures_that_only_went_are_told_with_one_space(repository):
    page = repository / "docs/nl/index.md"
    page.write_text(page.read_text("utf-8").replace("40", "veel"), "utf-8")
    subprocess.run(["git", "-C", str(repository), "-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "-qam", "two"], check=True)
    assert run("diff", "HEAD~1", "--root", repository).output == "figures of index.md: -40\n"


def test_an_unknown_commit_gives_one_clear_line(repository):
    result = run("diff", "nowhere", "--root", repository)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "must be one that git knows" in result.output
