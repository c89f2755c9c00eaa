"""Keeps what is costly to make and depends on nothing but its ingredients, in .cache under the fingerprint of both."""

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from jinja2 import FileSystemBytecodeCache

T = TypeVar("T")
# Older makings of the same thing are thrown away, but not those of another branch or language.
_KEPT = 4


def made(root: Path, name: str, ingredients: Iterable[str], libraries: tuple[str, ...], make: Callable[[], T]) -> T:
    """What MAKE gives, or gave before from the same INGREDIENTS by the same code and versions of LIBRARIES.

    NAME is its place below the .cache of the handbook at ROOT; a folder that cannot be written, or a damaged file, is no error.
    """
    fingerprint = hashlib.sha256(_code(libraries))
    for one in ingredients:
        fingerprint.update(one.encode() + b"\0")
    place = root / ".cache" / "made" / f"{name}-{fingerprint.hexdigest()[:16]}.pickle"
    try:
        return pickle.loads(place.read_bytes())
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, ValueError, TypeError):
        result = make()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        written = place.with_suffix(".new")
        written.write_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
        written.replace(place)
        for old in sorted(place.parent.glob(f"{name}-*.pickle"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
            old.unlink()
    except OSError:
        pass
    return result


def compiled_templates(root: Path) -> FileSystemBytecodeCache | None:
    """Where Jinja keeps compiled templates for the handbook at ROOT, each under the checksum of its text; nowhere if that is refused."""
    place = root / ".cache" / "templates"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(place))


@cache
def _code(libraries: tuple[str, ...]) -> bytes:
    """The fingerprint of this package, of Python and of LIBRARIES: neither changes while a process runs."""
    found = hashlib.sha256(" ".join([sys.version, *map(_version, libraries)]).encode())
    for path in sorted(Path(__file__).parent.rglob("*.*")):
        if path.suffix in (".py", ".yml"):
            found.update(path.read_bytes())
    return found.digest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
