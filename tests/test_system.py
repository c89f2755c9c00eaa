"""A machine without a browser: make brings one where it may, says so in one line where it may not; nothing is passed over in silence."""

import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import browser
import pytest

DRIVER = SimpleNamespace(chromium=SimpleNamespace(executable_path="/nowhere/chrome"))


@pytest.fixture
def prepare(root, tmp_path):
    """prepare(user, playwright, shell): what system.sh says and calls without a browser.

    For a user's number, Playwright's exit code, and that of apt asked for Chromium without windows."""
    folder = tmp_path / "bin"

    def stub(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(0o755)

    def prepare(user: int, playwright: int, shell: int = 0) -> tuple[str, list[str]]:
        calls = tmp_path / "calls"
        for name in ("hunspell", "nginx", "pdftoppm", "javac"):
            stub(folder / name, "exit 0")
        stub(folder / "id", f"echo {user}")
        stub(folder / "apt-get", f'echo apt-get "$@" >> {calls}')
        stub(folder / "apt-cache", f"exit {shell}")
        stub(tmp_path / ".venv/bin/playwright", f'echo playwright "$@" >> {calls}; exit {playwright}')
        for name in ("sh", "dirname"):
            (folder / name).symlink_to(shutil.which(name))
        script = tmp_path / "scripts/system.sh"
        script.parent.mkdir()
        shutil.copy(root / "scripts/system.sh", script)
        done = subprocess.run([folder / "sh", script], env={"PATH": str(folder)}, capture_output=True, text=True, check=True)
        return done.stderr, calls.read_text("utf-8").splitlines()

    return prepare


def test_root_gets_debians_browser(prepare):
    said, called = prepare(user=0, playwright=0)
    assert said == ""
    assert called[0].startswith("apt-get update")
    assert "chromium-headless-shell" in called[1].split()


def test_root_gets_the_whole_browser_where_apt_has_none_without_windows(prepare):
    _, called = prepare(user=0, playwright=0, shell=1)
    assert "chromium" in called[1].split()
    assert "chromium-headless-shell" not in called[1]


def test_who_is_not_root_gets_playwrights(prepare):
    said, called = prepare(user=1000, playwright=0)
    assert called == ["playwright install chromium"]
    assert "chromium" not in said


def test_who_can_get_none_is_told_in_one_line(prepare):
    said, _ = prepare(user=1000, playwright=1)
    (line,) = said.splitlines()
    assert line.startswith("Missing: chromium-headless-shell")
    assert "apt-get install chromium-headless-shell" in line


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_without_a_browser_the_tests_are_skipped_here_and_fail_in_ci(monkeypatch, ci, outcome):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("CI", ci)
    monkeypatch.delenv("HANDBOOK_CHROMIUM", raising=False)
    with pytest.raises(outcome, match="No Chromium: "):
        browser.launch(DRIVER)
