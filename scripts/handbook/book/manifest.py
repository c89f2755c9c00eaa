"""The list of what was made: dist/manifest.json, from which the downloads page takes format, size, pages, date and checksum."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from handbook.edition import Edition

NAME = "manifest.json"


@dataclass(frozen=True)
class Made:
    """One file: its place below dist, its format, its language, what it holds, for a PDF its number of pages, its title where it
    has one of its own, and for the whole book where each page of the site begins: the sheet of the file and the number printed on it."""

    file: str
    format: str
    language: str
    what: str
    pages: int | None = None
    title: str | None = None
    starts: dict[str, tuple[int, str]] | None = None


def write_manifest(folder: Path, edition: Edition, made: list[Made]) -> None:
    """Writes the manifest of MADE, files below FOLDER."""
    rows = []
    for one in made:
        content = (folder / one.file).read_bytes()
        sums = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "date": edition.date}
        rows.append({name: value for name, value in asdict(one).items() if value is not None} | sums)
    text = json.dumps({"edition": edition.commit, "date": edition.date, "files": rows}, indent=2, ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", "utf-8")
