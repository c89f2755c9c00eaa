"""The navigation in mkdocs.yml, edited as text so that an editor's order and comments stay."""

import re
from pathlib import Path

from handbook.loading import BadInput, Finding

CONFIG = "mkdocs.yml"


def add(root: Path, page: str, beside: list[str]) -> bool:
    """Adds PAGE after the last of the pages BESIDE; False where there is no navigation or it holds none of them."""
    lines = _lines(root)
    places = [number for number, line in enumerate(lines) if _page(line) in beside]
    if not places or page in map(_page, lines):
        return False
    indent = lines[places[-1]].partition("-")[0]
    lines.insert(places[-1] + 1, f"{indent}- {page}\n")
    _write(root, lines)
    return True


def remove(root: Path, page: str) -> bool:
    """Removes PAGE; False where the navigation has it not."""
    lines = _lines(root)
    kept = [line for line in lines if _page(line) != page]
    if len(kept) < len(lines):
        _write(root, kept)
    return len(kept) < len(lines)


def _page(line: str) -> str:
    found = re.fullmatch(r"\s*- (?:[^#]*: )?([\w/-]+\.md)\s*", line)
    return found[1] if found else ""


def _lines(root: Path) -> list[str]:
    path = root / CONFIG
    try:
        return path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    except UnicodeDecodeError:
        raise BadInput([Finding(CONFIG, 1, "encoding", "The file must be UTF-8 text. Save it again as UTF-8.")]) from None


def _write(root: Path, lines: list[str]) -> None:
    (root / CONFIG).write_text("".join(lines), "utf-8", newline="\n")
