"""Makes the skeleton of something new: a source or an instrument with its pages, a term, an event."""

import json
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook import navigation
from handbook.accept import accept
from handbook.checks import citations
from handbook.content import Handbook
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES

TEMPLATES = Path(__file__).resolve().parents[2] / "overrides/skeletons"
BLANK = "…"


def source(book: Handbook, source_id: str, **values: str) -> list[str]:
    """Writes the register, without paragraphs, and the pages of a new source, and puts these into the navigation; returns the paths.

    VALUES are its title, short name and author in both languages, kind, date, address and identifier.
    Raises BadInput, having written nothing, for a bad or used id.
    """
    page = f"sources/{source_id}.md"
    made = _write(book.root, source_id, "source", f"docs/data/sources/{source_id}.yml", page, values)
    # Nothing on these pages waits for a translator: all they tell is drawn from the register.
    accept(book.root, page)
    return made + _navigate(book.root, page, [f"sources/{its_id}.md" for its_id in book.sources])


def instrument(book: Handbook, instrument_id: str, tier: str, kind: str, **values: str) -> list[str]:
    """Writes the data file of a new instrument and, but for tier C, its pages and their place in the navigation; returns the paths.

    VALUES are its names in both languages, themes and citations.
    Raises BadInput, having written nothing, for a bad or used id, and for a theme or paragraph that is not known.
    """
    _known(book, instrument_id, **values)
    page = f"instruments/{instrument_id}.md" if tier != "C" else ""
    data = f"docs/data/instruments/{instrument_id}.yml"
    made = _write(book.root, instrument_id, "instrument", data, page, {"tier": tier, "kind": kind, **values})
    alike = [f"instruments/{its_id}.md" for its_id, one in book.instruments.items() if one.kind == kind]
    return made + (_navigate(book.root, page, alike) if page else [])


def entry(book: Handbook, name: str, kind: str, entry_id: str, **values: str) -> list[str]:
    """Adds an entry of KIND (term, event) at the end of docs/data/NAME.yml and returns its path.

    Raises BadInput, having written nothing, for a bad or used id, and for a paragraph that is not known.
    """
    _right(entry_id)
    _known(book, entry_id, **values)
    root, path = book.root, f"docs/data/{name}.yml"
    if entry_id in book.lists[name]:
        raise BadInput([Finding(path, 1, "id", f"The id {entry_id!r} must not be in use. Choose another.")])
    old = (root / path).read_text("utf-8").rstrip("\n")
    old = "" if old == "[]" else f"{old}\n"
    (root / path).write_text(old + _render(f"{kind}.yml.j2", id=entry_id, **values), "utf-8", newline="\n")
    return [path]


def _write(root: Path, its_id: str, kind: str, data: str, page: str, values: dict[str, str]) -> list[str]:
    """Writes the data file and, where there is one, the PAGE in both languages, all or nothing."""
    _right(its_id)
    files = {data: _render(f"{kind}.yml.j2", id=its_id, **values)}
    for lang in LANGUAGES if page else ():
        files[f"docs/{lang}/{page}"] = _render(f"{kind}.{lang}.md.j2", id=its_id, **values)
    for path in files:
        if (root / path).exists():
            raise BadInput([Finding(path, 1, "id", "The file must not exist yet. Choose another id, or edit the file.")])
    for path, text in files.items():
        (root / path).write_text(text, "utf-8", newline="\n")
    return list(files)


def _navigate(root: Path, page: str, beside: list[str]) -> list[str]:
    return [navigation.CONFIG] if navigation.add(root, page, beside) else []


def _right(its_id: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", its_id):
        raise BadInput([Finding(its_id, 1, "id", "The id must be kebab-case: small letters, digits and hyphens. Choose another.")])


def _known(book: Handbook, its_id: str, themes: str = "", cite: str = "", **_: str) -> None:
    """Raises BadInput for each of THEMES and each citation in CITE that the handbook does not know, with the nearest that it does."""
    known = book.labels.groups.get("theme", {})
    messages = [f"The theme {one} must be one of {', '.join(known)}. Correct it." for one in _listed(themes) if one not in known]
    messages += [citations.message(book, key) for key in _listed(cite) if key not in book.paragraphs]
    if messages:
        raise BadInput([Finding(its_id, 1, "reference-unknown", message) for message in messages])


def _listed(text: str) -> list[str]:
    """The items of TEXT, which commas or spaces part."""
    return re.findall(r"[^,\s]+", text)


def _render(template: str, **values: str) -> str:
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, autoescape=False
    )
    # JSON's quotes are YAML's.
    jinja.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    jinja.filters["listed"] = lambda text: ", ".join(f'"{item}"' for item in _listed(text))
    return jinja.get_template(template).render(**values)
