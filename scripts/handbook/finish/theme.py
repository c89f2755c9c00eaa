"""The theme's style without what no page can use: it styles much that the handbook does not have."""

import re
from collections.abc import Iterator
from pathlib import Path

SHEETS, SLIM = "assets/stylesheets", "assets/theme.css"
_LINKS = re.compile(rf'<link rel="stylesheet" href="([^"]*){SHEETS}/[^"]*">(\s*<link rel="stylesheet" href="[^"]*{SHEETS}/[^"]*">)*')
_MARKED = re.compile(r'\b(?:class|data-md-[\w-]+)="([^"]*)"')
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
# What opens, closes or ends a rule; a string, which may hold any of these, is passed over whole.
_TOKEN = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{};]""", re.S)
# What these hold need not be on a page for the rule to count.
_ASIDE = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
_NEEDED = re.compile(r"\.((?:[\w-]|\\.)+)|\[data-md-[\w-]+=\"?([\w-]+)\"?\]")
_COMMA = re.compile(r",(?![^()]*\))(?![^\[\]]*\])")
_GROUPS = ("@media", "@supports", "@layer")


def slim_theme(site: Path) -> None:
    """Writes one style sheet with what of the theme's SITE's pages and scripts can use, and links it in their place."""
    pages = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    sheets = sorted((site / SHEETS).glob("*.css"))
    if not sheets:
        return
    marks = {mark for text in pages.values() for mark in _MARKED.findall(text)}
    names = {name for mark in marks for name in mark.split()}
    for script in (site / "assets").glob("*.js"):
        names.update(re.findall(r"[\w-]+", script.read_text("utf-8")))
    (site / SLIM).write_text("".join(slim(sheet.read_text("utf-8"), names) for sheet in sheets) + "\n", "utf-8")
    for path, text in pages.items():
        if (changed := _LINKS.sub(rf'<link rel="stylesheet" href="\1{SLIM}">', text, count=1)) != text:
            path.write_text(changed, "utf-8")


def slim(style: str, names: set[str]) -> str:
    """The rules of STYLE whose classes and marks are all among NAMES, in their order."""
    kept = []
    for head, body in _rules(_COMMENT.sub("", style)):
        if body is None:
            kept.append(head)
        elif head.lstrip().startswith(_GROUPS):
            if inner := slim(body, names):
                kept.append(f"{head}{{{inner}}}")
        elif head.lstrip().startswith("@"):
            kept.append(f"{head}{{{body}}}")
        elif selectors := [one for one in _COMMA.split(head) if _may_match(one, names)]:
            kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def _rules(style: str) -> Iterator[tuple[str, str | None]]:
    """The rules of STYLE as (head, body); a statement such as @charset has no body."""
    start = opened = depth = 0
    for token in _TOKEN.finditer(style):
        if token[0] == "{":
            opened = token.start() if depth == 0 else opened
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield style[start:opened], style[opened + 1 : token.start()]
                start = token.end()
        elif token[0] == ";" and depth == 0:
            yield style[start : token.end()], None
            start = token.end()


def _may_match(selector: str, names: set[str]) -> bool:
    return all((name or value) in names for name, value in _NEEDED.findall(_ASIDE.sub("", selector)))
