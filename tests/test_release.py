"""A release tells which facts changed since the one before, from data, and can be taken back."""

import subprocess

import feedparser
import pytest
from click.testing import CliRunner
from handbook.cli import main
from handbook.edition import edition
from handbook.exports import feed
from handbook.loader import load_handbook
from handbook.model import LANGUAGES
from handbook.releases import written


@pytest.fixture
def released(small):
    """The small handbook in a repository, with a first release."""
    git(small, "init", "-q")
    run(small, "release", "first", "--date", "2026-03-02")
    commit(small)
    return small


def run(root, *arguments):
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


def git(root, *arguments):
    settings = ["-c", "user.name=t", "-c", "user.email=t@t.example"]
    subprocess.run(["git", "-C", str(root), *settings, *arguments], check=True, capture_output=True)


def commit(root):
    git(root, "add", ".")
    git(root, "commit", "-qm", "a change")


def edit(path, old, new):
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def change_facts(root):
    edit(root / "docs/data/instruments/alpha-fund.yml", '"1500000"', '"40"')
    edit(root / "docs/data/instruments/alpha-fund.yml", "Het fonds begint.", "Het fonds gaat van start.")
    edit(root / "docs/data/actors.yml", "Maakt het handboek.", "Schrijft het handboek.")
    say(root, "Er waren 3 helpers.", "There were 3 helpers.")
    run(root, "new", "event", "forty", "--date", "2026-03", "--nl", "Er zijn 40.", "--en", "There are 40.", "--cite", "notice-2026:1.1")


def say(root, nl, en):
    """Says something more on the front page, in both languages."""
    for lang, text in (("nl", nl), ("en", en)):
        page = root / f"docs/{lang}/index.md"
        page.write_text(f"{page.read_text('utf-8')}\n{text}[^notice-2026:2.1]\n", "utf-8")
    run(root, "accept", "index.md")


def test_the_first_release_tells_what_the_handbook_holds(released):
    (first,) = load_handbook(released).releases.values()
    assert (first.id, first.date, first.changes) == ("first", "2026-03-02", [])
    assert first.holds["sources"] == 1
    assert first.holds["pages"] == len([path for lang, path in load_handbook(released).pages if lang == "nl"])


def test_a_release_tells_facts_with_their_names_and_not_wording(released):
    change_facts(released)
    result = run(released, "release", "second")
    assert result.output.splitlines() == [
        "release second: 3 changes",
        "  added timeline forty",
        "  changed instruments alpha-fund +€40 -€1500000",
        "  changed pages index.md +3",
    ]
    event, fund, page = load_handbook(released).releases["second"].changes
    assert (event.name.en, fund.name.en, page.name.nl) == ("There are 40.", "Alpha Fund", "Voorblad")


def test_what_a_release_tells_stays_when_its_subject_goes(released):
    change_facts(released)
    run(released, "release", "second")
    commit(released)
    timeline = released / "docs/data/timeline.yml"
    timeline.write_text(timeline.read_text("utf-8").partition("- id: forty")[0], "utf-8")
    assert "  removed timeline forty" in run(released, "release", "third").output.splitlines()
    assert load_handbook(released).releases["third"].changes[-1].name.nl


def test_what_is_not_sound_is_not_released(released):
    edit(released / "docs/nl/index.md", "telt 40", "telt 41")
    before = (released / "docs/data/releases.yml").read_bytes()
    result = run(released, "release", "second")
    assert result.exit_code == 1
    assert "figure-not-in-source" in result.output
    assert (released / "docs/data/releases.yml").read_bytes() == before


def test_two_releases_can_be_compared_by_name(released):
    change_facts(released)
    run(released, "release", "second")
    commit(released)
    say(released, "Dat is 12,5%.", "That is 12.5%.")
    commit(released)
    assert run(released, "diff", "first", "second").output.splitlines()[-1] == "figures of index.md: +3"
    assert run(released, "diff", "second").output.splitlines()[-1] == "figures of index.md: +12.5%"


def test_a_release_made_again_counts_from_its_last_commit(released):
    change_facts(released)
    run(released, "remove", "release", "first")
    run(released, "release", "first")
    commit(released)
    assert "A fact must have changed" in run(released, "release", "second").output


def test_a_release_is_taken_back_without_a_trace(released):
    change_facts(released)
    before = (released / "docs/data/releases.yml").read_bytes()
    run(released, "release", "second")
    assert run(released, "remove", "release", "second").exit_code == 0
    assert (released / "docs/data/releases.yml").read_bytes() == before
    run(released, "remove", "release", "first")
    assert (released / "docs/data/releases.yml").read_text("utf-8") == "[]\n"


@pytest.mark.parametrize(
    ("prepare", "arguments", "expected"),
    [
        ([], ("release", "second"), "A fact must have changed since the release 'first'"),
        ([], ("release", "My Release"), "The name must be kebab-case"),
        ([], ("release", "first"), "The release 'first' must be new"),
        ([change_facts], ("release", "first"), "The release 'first' must be new"),
        ([change_facts], ("remove", "release", "other"), "must be the last one, first"),
        ([change_facts, lambda root: run(root, "release", "second")], ("release", "third"), "'second' must be committed first"),
        ([change_facts, lambda root: run(root, "release", "second")], ("remove", "release", "first"), "must be the last one, second"),
    ],
)
def test_a_release_that_cannot_be_is_refused_in_one_line(prepare, arguments, expected, released):
    for step in prepare:
        step(released)
    before = (released / "docs/data/releases.yml").read_bytes()
    result = run(released, *arguments)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert expected in result.output
    assert (released / "docs/data/releases.yml").read_bytes() == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_of_changes_reads_back(released, lang, book):
    change_facts(released)
    run(released, "release", "second", "--date", "2026-04-01")
    small = load_handbook(released)
    small.labels = book.labels
    content = next(e.content for e in feed.exports(small, edition(released), "https://h.example/") if e.name == f"changes.{lang}.atom")
    found = feedparser.parse(content)
    assert not found.bozo
    assert [entry.updated for entry in found.entries] == ["2026-04-01T00:00:00Z", "2026-03-02T00:00:00Z"]
    assert found.entries[0].link.endswith("about/changes/#release-second")
    assert {"nl": "Er zijn 40.", "en": "There are 40."}[lang] in found.entries[0].summary


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("€1600000", "nl", "€ 1,6 miljoen"),
        ("12.3%", "nl", "12,3%"),
        ("2500", "en", "2,500"),
        ("2019", "nl", "2019"),
        ("2020-10-30", "en", "30 October 2020"),
        ("--09-08", "nl", "8 september"),
        ("-1.4%", "nl", "−1,4%"),
    ],
)
def test_a_figure_is_written_as_its_reader_does(text, lang, expected, book):
    assert written(book, text, lang) == expected


def test_every_release_stands_on_the_page_of_changes(site, book):
    for address in ("/about/changes/", "/en/about/changes/"):
        assert {f"release-{release}" for release in book.releases} <= set(site.pages[address].xpath("//h2/@id"))
        assert site.pages[address].xpath("//head/link[@type='application/atom+xml']/@href")
