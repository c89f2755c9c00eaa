"""Makes the skeleton of something new: an instrument with its pages, a term, an event."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.content import load_handbook
from handbook.loading import BadInput, Finding

TEMPLATES = Path(__file__).resolve().parents[2] / "overrides/skeletons"


def instrument(root: Path, instrument_id: str, tier: str) -> list[str]:
    """Writes the files of a new instrument and returns their paths. Raises BadInput, having written nothing, for a bad or used id."""
    _right(instrument_id)
    files = {f"docs/data/instruments/{instrument_id}.yml": _render("instrument.yml.j2", id=instrument_id, tier=tier)}
    if tier != "C":
        for lang in ("nl", "en"):
            files[f"docs/{lang}/instruments/{instrument_id}.md"] = _render(f"instrument.{lang}.md.j2", id=instrument_id)
    for path in files:
        if (root / path).exists():
            raise BadInput([Finding(path, 1, "id", "The file must not exist yet. Choose another id, or edit the file.")])
    for path, text in files.items():
        (root / path).write_text(text, "utf-8", newline="\n")
    return list(files)


def entry(root: Path, name: str, kind: str, entry_id: str, **values: str) -> list[str]:
    """Adds an entry of KIND (term, event) at the end of docs/data/NAME.yml. Raises BadInput for a bad or used id."""
    _right(entry_id)
    path = f"docs/data/{name}.yml"
    if entry_id in load_handbook(root).lists[name]:
        raise BadInput([Finding(path, 1, "id", f"The id {entry_id!r} must not be in use. Choose another.")])
    old = (root / path).read_text("utf-8").rstrip("\n")
    old = "" if old == "[]" else f"{old}\n"
    (root / path).write_text(old + _render(f"{kind}.yml.j2", id=entry_id, **values), "utf-8", newline="\n")
    return [path]


def _right(its_id: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", its_id):
        raise BadInput([Finding(its_id, 1, "id", "The id must be kebab-case: small letters, digits and hyphens. Choose another.")])


def _render(template: str, **values: str) -> str:
    jinja = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    return jinja.get_template(template).render(**values)
