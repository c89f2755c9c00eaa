"""Processes that share a run make each thing once, tell what they counted, and take the long files first."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import together


def test_what_was_made_once_is_not_made_again(once):
    made = [once("made-once", lambda folder: (folder / "it").write_text("first", "utf-8"))]
    made.append(once("made-once", lambda folder: (folder / "it").write_text("second", "utf-8")))
    assert made[0] == made[1]
    assert (made[0] / "it").read_text("utf-8") == "first"


def test_what_failed_half_way_is_made_anew(once):
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise RuntimeError("not to be hidden")

    with pytest.raises(RuntimeError, match="not to be hidden"):
        once("made-half", fail)
    folder = once("made-half", lambda folder: (folder / "whole").touch())
    assert [one.name for one in folder.iterdir()] == ["whole"]


def test_what_was_told_stands_once_at_the_end():
    lines = []
    report = SimpleNamespace(when="call", user_properties=[("told", "3 pages"), ("other", "not told")])
    reporter = SimpleNamespace(stats={"passed": [report, report]}, section=lines.append, line=lines.append)
    together.pytest_terminal_summary(reporter)
    assert lines == ["counted", "3 pages"]


def test_the_long_files_come_first_and_those_without_the_site_beside_them():
    names = ["test_site", "test_new", "test_book", "test_focus", "test_browser"]
    items = [SimpleNamespace(path=Path(f"{name}.py"), fixturenames=[] if name == "test_new" else ["built"]) for name in names]
    together.pytest_collection_modifyitems(items)
    assert [item.path.stem for item in items] == ["test_browser", "test_new", "test_focus", "test_book", "test_site"]


def test_every_file_that_has_a_turn_exists(root, subtests):
    for name in (together.FIRST, *together.LONG):
        with subtests.test(name):
            assert (root / f"tests/{name}.py").is_file()
