"""What tests say of a new letter to the handbook's commands."""

from pathlib import Path

from click.testing import CliRunner, Result
from handbook.cli import main

DETAILS = {
    "kind": "letter",
    "date": "2027-01-04",
    "title-nl": "Proefbrief",
    "title-en": "Trial letter",
    "short-nl": "Brief 2027",
    "short-en": "Letter 2027",
    "by-nl": "de minister",
    "by-en": "the Minister",
    "address": "https://handboek.example/letter",
}
OPTIONS = [word for name, value in DETAILS.items() for word in (f"--{name}", value)]


def new_source(root: Path, text: Path, source_id: str = "new-2027") -> Result:
    """Runs `handbook new source` for TEXT with everything it needs."""
    return CliRunner().invoke(main, ["new", "source", source_id, str(text), *OPTIONS, "--root", str(root)])
