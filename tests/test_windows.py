"""What a machine with Windows brings: lines that end in CR LF, folders with spaces and umlauts, a console without arrows."""

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner
from handbook.cli import main
from handbook.loader import load_handbook
from letters import new_source


@pytest.fixture
def windows(small, tmp_path):
    """The small handbook with Windows' line ends in a folder called `Handboek Ünïe (1)`."""
    for path in small.rglob("*.*"):
        if path.suffix in (".md", ".yml", ".txt"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return shutil.move(small, tmp_path / "Handboek Ünïe (1)")


def run(root, *arguments):
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


def test_a_handbook_with_windows_line_ends_is_sound(windows):
    assert run(windows, "check").output == ""


def test_a_page_with_windows_line_ends_is_accepted(windows):
    page = windows / "docs/nl/index.md"
    page.write_bytes(page.read_bytes().replace(b"Elke alinea is aan te halen", b"Elke alinea kun je aanhalen"))
    assert "translation-stale" in run(windows, "check").output
    assert run(windows, "accept", "index.md").exit_code == 0
    assert run(windows, "check").output == ""


def test_a_letter_with_windows_line_ends_comes_in_unchanged(windows):
    result = run(windows, "ingest", str(windows / "notice-2026.txt"), "--id", "notice-2026")
    assert result.output.splitlines()[:4] == ["added: nothing", "changed: nothing", "removed: nothing", "moved: nothing"]
    assert new_source(windows, windows / "notice-2026.txt").exit_code == 0
    assert len(load_handbook(windows).sources["new-2027"].paragraphs) == len(load_handbook(windows).sources["notice-2026"].paragraphs)


@pytest.mark.parametrize("name", ["timeline", "glossary"])
def test_an_entry_is_added_below_windows_line_ends(windows, name):
    options = {
        "timeline": ("event", "forty", "--date", "2026-03", "--nl", "Er zijn 40.", "--en", "There are 40.", "--cite", "notice-2026:1.1"),
        "glossary": ("term", "budget", "--nl", "begroting", "--en", "budget"),
    }[name]
    assert run(windows, "new", *options).exit_code == 0
    assert options[1] in load_handbook(windows).lists[name]


def test_a_console_that_lacks_a_letter_shows_the_rest(windows):
    text = windows / "notice-2026.txt"
    text.write_text(text.read_text("utf-8").replace("• Readers", "• A new item.\n\n• Readers"), "utf-8")
    command = [sys.executable, "-m", "handbook", "ingest", str(text), "--id", "notice-2026", "--root", str(windows)]
    done = subprocess.run(command, env=os.environ | {"PYTHONIOENCODING": "cp1252"}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"moved: 1.2?1.3" in done.stdout
