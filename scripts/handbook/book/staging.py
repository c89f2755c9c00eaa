"""Files are made aside and shown together: a run that fails leaves what was there as it was."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handbook.book.manifest import NAME


@contextmanager
def staged(dist: Path) -> Iterator[Path]:
    """A new folder to make files and their manifest in; without an error they then take their places in DIST.

    What the manifest of before names and the new one does not, is removed. Raises OSError where DIST cannot be written.
    """
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=dist) as made:
        folder = Path(made)
        yield folder
        outdated = _named(dist) - _named(folder)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            target = dist / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        for name in outdated:
            (dist / name).unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Writes CONTENT to TARGET, whole or not at all. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _named(folder: Path) -> set[str]:
    """The files that the manifest in FOLDER names."""
    try:
        return {row["file"] for row in json.loads((folder / NAME).read_text("utf-8"))["files"]}
    except (OSError, ValueError, KeyError):
        return set()
