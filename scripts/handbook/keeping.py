"""Keeps what was read from a file for as long as the file's bytes and the code that reads it stay the same."""

import hashlib
import pickle
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PLACE = ".cache/kept.pickle"


class Kept:
    """What was read, by the file's name; every use compares the file's fingerprint, so a changed file is read again."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[bytes, object]] = {}
        self.changed: set[str] = set()

    def read(self, path: Path, shown: str, reader: Callable[[], T]) -> T:
        """What READER makes of the file PATH, named SHOWN, or what it made of the same bytes before. Raises what READER raises."""
        try:
            fingerprint = hashlib.sha256(path.read_bytes()).digest()
        except OSError:
            return reader()
        if shown not in self._held or self._held[shown][0] != fingerprint:
            self.changed.add(shown)
            self._held[shown] = fingerprint, reader()
        return self._held[shown][1]

    def save(self, root: Path) -> None:
        """Writes what is held into the cache of the handbook at ROOT, if anything was read anew; a folder that refuses is no error."""
        if not self.changed:
            return
        target = root / PLACE
        try:
            target.parent.mkdir(exist_ok=True)
            written = target.with_suffix(f".{hashlib.sha256(str(sys.argv).encode()).hexdigest()[:8]}")
            written.write_bytes(_fingerprint_of_code() + pickle.dumps(self._held, pickle.HIGHEST_PROTOCOL))
            written.replace(target)
        except OSError:
            return
        self.changed.clear()


def kept(root: Path) -> Kept:
    """What an earlier run kept for the handbook at ROOT; nothing where the code has changed since, or the cache is damaged."""
    found = Kept()
    try:
        data = (root / PLACE).read_bytes()
        code = _fingerprint_of_code()
        if data.startswith(code):
            found._held = pickle.loads(memoryview(data)[len(code) :])
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, ValueError, TypeError):
        found._held = {}
    return found


def _fingerprint_of_code() -> bytes:
    """The fingerprint of whatever decides what is made of a file: this package, the readers of YAML and of models, Python."""
    code = hashlib.sha256(" ".join([sys.version, version("pydantic"), version("pyyaml")]).encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.as_posix().encode() + path.read_bytes())
    return code.digest()
