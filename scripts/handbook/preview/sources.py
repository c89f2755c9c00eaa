"""Reads what was saved, and refuses what the handbook could not be built from."""

from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from handbook.checks import obstacles
from handbook.content import Handbook
from handbook.finish.settings import load_settings
from handbook.keeping import Kept
from handbook.loader import load_handbook
from handbook.loading import BadInput, Finding, read_text


def read_sources(root: Path, kept: Kept, touched: set[str]) -> Handbook:
    """The handbook at ROOT, read anew but for what KEPT holds. Raises BadInput for obstacles, also in the TOUCHED templates."""
    book = load_handbook(root, kept)
    if findings := obstacles(book):
        raise BadInput(sorted(set(findings)))
    load_settings(root)
    for shown in sorted(touched):
        if shown.startswith("overrides/") and shown.endswith((".html", ".j2")) and (root / shown).is_file():
            _parse(root / shown, shown)
    return book


def is_content(shown: str) -> bool:
    """Whether the file SHOWN, named from the root, is read into the handbook's model."""
    if shown.startswith("docs/data/"):
        return shown.endswith(".yml") and shown != "docs/data/site.yml"
    return shown.endswith(".md") and shown.startswith(("docs/nl/", "docs/en/"))


def _parse(path: Path, shown: str) -> None:
    try:
        Environment(extensions=["jinja2.ext.loopcontrols"]).parse(read_text(path, shown))
    except TemplateSyntaxError as error:
        message = f"The template must be well-formed ({error.message}). Correct it."
        raise BadInput([Finding(shown, error.lineno, "template", message)]) from None
