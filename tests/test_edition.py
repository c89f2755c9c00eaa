"""The name of an edition: the same in every clone of a commit, and not that of a commit whose files were changed."""

import subprocess

import pytest
from handbook.edition import edition


@pytest.fixture
def committed(small):
    """The small handbook in a repository of its own."""
    git(small, "init", "-q")
    git(small, "add", ".")
    git(small, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "Begin")
    return small


def git(root, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("length", ["4", "40"])
def test_an_edition_has_one_name_whatever_git_calls_it(committed, length):
    before = edition(committed)
    git(committed, "config", "core.abbrev", length)
    assert edition(committed) == before and len(before.commit) == 10


@pytest.mark.parametrize("path", ["docs/nl/index.md", "docs/nl/new.md"])
def test_a_changed_handbook_does_not_bear_the_name_of_its_commit(committed, path):
    clean = edition(committed)
    with (committed / path).open("a", encoding="utf-8") as file:
        file.write("\nMore.\n")
    assert edition(committed).commit == f"{clean.commit}+"


def test_what_is_made_does_not_change_the_name(committed):
    clean = edition(committed)
    (committed / "site").mkdir()
    (committed / "site/index.html").write_text("made", "utf-8")
    assert edition(committed) == clean


def test_without_git_an_edition_has_no_name(small, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small.parent))
    assert edition(small).commit == ""
