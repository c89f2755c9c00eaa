"""The theme's style without what no page of the handbook uses: half of what every reader would load first."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import tinycss2
from tinycss2.ast import Node

from handbook.loading import load
from handbook.model.base import Record, Text

SHEETS, STYLE = "assets/stylesheets", "assets/theme.css"
_LISTS = "overrides/face/theme.yml"
_GROUPS = ("media", "supports", "layer")


class Names(Record):
    """The classes, and values of data-md-…, whose rules the site carries: those that its pages use, and those that they may."""

    used: Text
    open: Text

    @property
    def all(self) -> set[str]:
        return {*self.used.split(), *self.open.split()}


def load_names(root: Path) -> Names:
    """The names of the handbook at ROOT. Raises BadInput with path and line for whatever is wrong."""
    return load(Names, root / _LISTS, _LISTS)


def write_style(root: Path, site: Path) -> None:
    """Writes one style sheet into SITE with the rules of the theme's own, which are there, that the handbook at ROOT uses."""
    names = load_names(root).all
    sheets = [path.read_text("utf-8") for path in sorted((site / SHEETS).glob("*.css"))]
    (site / "assets").mkdir(parents=True, exist_ok=True)
    (site / STYLE).write_text("".join(slim(sheet, names) for sheet in sheets) + "\n", "utf-8")


def slim(style: str, names: set[str]) -> str:
    """The rules of STYLE whose classes and marks are all among NAMES, in their order."""
    return _written(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True), names)


def styled(style: str) -> set[str]:
    """Every class and mark that STYLE knows."""
    return {name for rule in _rules(style) for selector in _selectors(rule.prelude) for name in _needed(selector)}


def _rules(style: str | list[Node]) -> Iterator[Node]:
    parse = tinycss2.parse_stylesheet if isinstance(style, str) else tinycss2.parse_rule_list
    for rule in parse(style, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content:
            yield from _rules(rule.content)


def _written(rules: Iterable[Node], names: set[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            if selectors := [one for one in _selectors(rule.prelude) if set(_needed(one)) <= names]:
                kept.append(f"{','.join(map(tinycss2.serialize, selectors))}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content:
            inner = _written(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), names)
            kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}" if inner else "")
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    """The selectors of PRELUDE, which commas part."""
    held: list[Node] = []
    for token in prelude:
        if token == ",":
            yield held
            held = []
        else:
            held.append(token)
    yield held


def _needed(selector: list[Node]) -> Iterator[str]:
    """The names without which SELECTOR matches nothing; what stands in :not(), :is() and the like is not among them."""
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "ident" and before == ".":
            yield token.value
        elif token.type == "[] block":
            attribute, *values = (one.value for one in token.content if one.type in ("ident", "string"))
            yield from values if attribute.startswith("data-md-") else ()
