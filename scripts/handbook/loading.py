"""Reads YAML into validated models; whatever is wrong becomes a finding with the path and line where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that must be mended: where it stands, which rule it breaks, what must hold and the remedy."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.rule}]"


class BadInput(Exception):
    """Input that cannot be read at all; carries its findings."""

    def __init__(self, findings: list[Finding]):
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class _Loader(yaml.CSafeLoader):
    """Dates, `no` and `on` stay text, so that data reads as it is written; a key that stands twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_KEPT_AS_TEXT = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag not in _KEPT_AS_TEXT]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def read_text(path: Path, shown: str) -> str:
    """The UTF-8 text of PATH, named SHOWN in findings. Raises BadInput for anything else."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(
            [Finding(shown, 1, "unreadable", f"The file must be readable ({error.strerror}). Check its name and place.")]
        ) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadInput(
            [Finding(shown, line, "encoding", "The file must be UTF-8 text. Save it again as UTF-8 without formatting.")]
        ) from None
    if "\x00" in text:
        raise BadInput([Finding(shown, 1, "encoding", "The file must be text, not a binary file. Export its text first.")])
    return text


def parse_yaml(text: str, shown: str, first_line: int = 1) -> Any:
    """The data in TEXT. Raises BadInput for broken YAML."""
    try:
        data = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or "cannot be read"
        raise BadInput(
            [Finding(shown, line, "yaml", f"The YAML must be well-formed ({problem}). Check the indentation and quotes.")]
        ) from None
    return data


def validate(kind: type[T], data: Any, text: str, shown: str, first_line: int = 1) -> T:
    """DATA as KIND. Raises BadInput with a finding per mistake, each at its own line of TEXT."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        root = yaml.compose(text, yaml.CSafeLoader)
        findings = [
            Finding(shown, first_line + _line(root, mistake["loc"]), _rule(mistake["type"]), _message(mistake, data))
            for mistake in error.errors()
        ]
        raise BadInput(findings) from None


def load(kind: type[T], path: Path, shown: str) -> T:
    """The file PATH as KIND. Raises BadInput."""
    text = read_text(path, shown)
    return validate(kind, parse_yaml(text, shown), text, shown)


def line_in_yaml(text: str, loc: tuple) -> int:
    """The line (from 1) of TEXT at which the value at LOC, a path of keys and indices, stands."""
    return _line(yaml.compose(text, yaml.CSafeLoader), loc) + 1


def _line(node: yaml.Node | None, loc: tuple) -> int:
    line = node.start_mark.line if node else 0
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    line, node = key.start_mark.line, value
                    break
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
    return line


def _names(loc: tuple, data: Any) -> Iterator[str]:
    """The steps of LOC into DATA, a record of a list by its id: nobody counts the records of a file."""
    for step in loc:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        named = isinstance(step, int) and isinstance(data, dict) and isinstance(data.get("id"), str)
        yield data["id"] if named else str(step)


def _rule(kind: str) -> str:
    return {"extra_forbidden": "unknown-key", "missing": "missing-key"}.get(kind, "wrong-value")


def _message(mistake: dict, data: Any) -> str:
    where = ".".join(_names(mistake["loc"], data)) or "the file"
    if mistake["type"] == "extra_forbidden":
        return f"{where} must be a key that the handbook knows. Correct or remove it."
    if mistake["type"] == "missing":
        return f"{where} must be present. Add it."
    reason = mistake["msg"].removeprefix("Value error, ")
    return f"{where} must hold a right value: {reason[0].lower()}{reason[1:].rstrip('.')}. Correct it."
