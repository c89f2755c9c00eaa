"""The list of what was made: dist/manifest.json, from which the downloads page takes format, size, pages, date and checksum."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from handbook.edition import Edition

NAME = "manifest.json"


@dataclass(frozen=True)
class Made:
    """One file: its place below dist, its format, its language, what it holds, and for a PDF its number of pages."""

    file: str
    format: str
    language: str
    what: str
    pages: int | None = None


def write_manifest(folder: Path, edition: Edition, made: list[Made]) -> None:
    """Writes the manifest of MADE, files below FOLDER."""
    rows = []
    for one in made:
        content = (folder / one.file).read_bytes()
        rows.append(asdict(one) | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "date": edition.date})
    text = json.dumps({"edition": edition.commit, "date": edition.date, "files": rows}, indent=2, ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", "utf-8")
