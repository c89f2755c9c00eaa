"""Makes the skeleton of a new instrument: its data file and, for tiers A and B, a page in each language."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.loading import BadInput, Finding

TEMPLATES = "overrides/skeletons"


def instrument(root: Path, instrument_id: str, tier: str) -> list[str]:
    """Writes the files of a new instrument and returns their paths. Raises BadInput, having written nothing, for a bad or used id."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", instrument_id):
        raise BadInput([Finding(instrument_id, 1, "id", "The id must be kebab-case: small letters, digits and hyphens. Choose another.")])
    jinja = Environment(loader=FileSystemLoader(root / TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    files = {f"docs/data/instruments/{instrument_id}.yml": jinja.get_template("instrument.yml.j2").render(id=instrument_id, tier=tier)}
    if tier != "C":
        for lang in ("nl", "en"):
            files[f"docs/{lang}/instruments/{instrument_id}.md"] = jinja.get_template(f"instrument.{lang}.md.j2").render(id=instrument_id)
    for path in files:
        if (root / path).exists():
            raise BadInput([Finding(path, 1, "id", "The file must not exist yet. Choose another id, or edit the file.")])
    for path, text in files.items():
        (root / path).write_text(text, "utf-8", newline="\n")
    return list(files)
