"""A real terminal for commands that ask."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def at_terminal(folder: Path, arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """Runs `handbook` with ARGUMENTS in FOLDER at a terminal where somebody types ANSWERS; gives exit code and output."""
    pty = pytest.importorskip("pty", reason="No terminals of this kind here: what commands ask is not tried.")
    keyboard, terminal = pty.openpty()
    try:
        os.write(keyboard, "".join(f"{answer}\n" for answer in answers).encode())
        command = [sys.executable, "-m", "handbook", *arguments]
        shown = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        done = subprocess.run(command, cwd=folder, stdin=terminal, timeout=60, check=False, **shown)
    finally:
        os.close(keyboard)
        os.close(terminal)
    return done.returncode, done.stdout.decode()
