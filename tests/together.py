"""One run in several processes: what is made once for all of them, what is told at the end, and in which order they take the tests."""

import functools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

# What takes longest comes first, so that no process works alone at the end.
FIRST = "test_browser"
LONG = ("test_focus", "test_book", "test_remedies", "test_frame", "test_keyboard", "test_book_layout", "test_search_dialog")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """once(name, make): the folder NAME that MAKE filled, in whichever process of the run asked for it first."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what an earlier attempt left half made
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return once


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[object], None]:
    """tell(line): has LINE stand at the end of the run, whichever process found it."""
    return functools.partial(record_property, "told")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, []) if one.when == "call"]
    lines = dict.fromkeys(value for one in reports for name, value in one.user_properties if name == "told")
    if lines:
        terminalreporter.section("counted")
        for line in lines:
            terminalreporter.line(line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """While one process builds the site for the first tests, the others have those that need none."""
    with_site = {item.path.stem for item in items if "built" in item.fixturenames}

    def turn(item: pytest.Item) -> int:
        name = item.path.stem
        if name == FIRST:
            return -2
        return (*LONG, name).index(name) if name in with_site else -1

    items.sort(key=turn)
