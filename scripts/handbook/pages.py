"""Markdown pages as the proofs see them: front matter, blocks, headings, citations, links, tables, with their lines."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handbook.figures import Figure, find
from handbook.loading import BadInput, Finding, parse_yaml, read_text, validate
from handbook.model.base import Id, Record, Text

CITATION = re.compile(r"\[\^([a-z0-9][a-z0-9-]*:[a-z0-9][a-z0-9.-]*)\](?!:)")
MARKER = re.compile(r"^<!-- handbook:([a-z-]+)((?: [a-z0-9-]+)*) -->$", re.M)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)(?:\s*\{\s*#([\w.-]+)\s*\})?\s*$")
_LINK = re.compile(r"(!?)\[(?!\^)(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_WORDLESS = re.compile(r"!\[\s*\]\(([^)\s]+)")
_ADMONITION = re.compile(r"^\s*(?:!!!|\?\?\?\+?)\s+([\w -]+?)(?:\s+\".*\")?\s*$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
_UNSEEN = re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]|\{[^}\n]*\}|<!--.*?-->|<[^>]+>|`[^`]*`")


class Front(Record):
    """What the front matter of a page may say; `figures_elsewhere` gives a reason per figure that no cited paragraph holds."""

    title: Text
    description: Text
    instrument: Id | None = None
    source: Id | None = None
    market: Id | None = None
    theme: Id | None = None
    path: Id | None = None
    hide: list[Text] = []
    template: Text | None = None
    search: dict[str, bool | int | float] | None = None
    figures_elsewhere: dict[str, Text] = {}
    source_hash: Text | None = None
    general: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item, table row or admonition title, with the line where it begins."""

    line: int
    kind: str
    text: str

    @property
    def citations(self) -> list[str]:
        return CITATION.findall(self.text)

    @property
    def prose(self) -> str:
        """The text a reader sees: no link targets, citation keys, attributes, tags or code."""
        mark = {"item": r"^\d+\.", "admonition": r"^\s*[!?]{3}\+?\s+[\w -]+"}.get(self.kind)
        text = re.sub(mark, lambda match: " " * len(match[0]), self.text) if mark else self.text
        return _UNSEEN.sub(lambda match: "]" + " " * (len(match[0]) - 1) if match[0][0] == "]" else " " * len(match[0]), text)


@dataclass(frozen=True)
class Heading:
    """A heading with its level and explicit id."""

    line: int
    level: int
    text: str
    id: str | None


@dataclass(frozen=True)
class Page:
    """One Markdown page. PATH is its place below the language folder, SHOWN its place in the repository."""

    path: str
    lang: str
    shown: str
    front: Front
    body: str
    first_line: int

    @cached_property
    def blocks(self) -> list[Block]:
        return list(_blocks(self.body, self.first_line))

    @cached_property
    def figures(self) -> list[tuple[Block, list[tuple[int, Figure]]]]:
        """Every block with the (line, figure) pairs that its prose holds."""
        rows = []
        for block in self.blocks:
            prose = block.prose
            rows.append((block, [(block.line + prose.count("\n", 0, at), figure) for at, figure in find(prose, self.lang)]))
        return rows

    @cached_property
    def headings(self) -> list[Heading]:
        found = []
        for block in self.blocks:
            if block.kind == "heading":
                marks, text, anchor = _HEADING.match(block.text).groups()
                found.append(Heading(block.line, len(marks), text, anchor))
        return found

    @cached_property
    def citations(self) -> list[tuple[int, str]]:
        return [(block.line, key) for block in self.blocks for key in block.citations]

    @cached_property
    def links(self) -> list[tuple[int, str, bool]]:
        """(line, target, is image) of every Markdown link, in order."""
        return [(block.line, match[2], bool(match[1])) for block in self.blocks for match in _LINK.finditer(block.text)]

    @cached_property
    def wordless_images(self) -> list[tuple[int, str]]:
        """(line, target) of every Markdown image without a text alternative."""
        return [(block.line + block.text.count("\n", 0, m.start()), m[1]) for block in self.blocks for m in _WORDLESS.finditer(block.text)]

    @cached_property
    def tables(self) -> list[int]:
        """The number of columns of every table row, in order."""
        return [len(re.split(r"(?<!\\)\|", block.text.strip().strip("|"))) for block in self.blocks if block.kind == "row"]

    @cached_property
    def admonitions(self) -> list[str]:
        return [_ADMONITION.match(block.text)[1].split()[0] for block in self.blocks if block.kind == "admonition"]

    @cached_property
    def markers(self) -> list[tuple[int, str, list[str]]]:
        """(line, name, arguments) of every marked place."""
        return [
            (self.first_line + self.body.count("\n", 0, match.start()), match[1], match[2].split()) for match in MARKER.finditer(self.body)
        ]

    @cached_property
    def hash(self) -> str:
        """The hash of title, description and text by which a translation knows what it translates."""
        text = "\n".join([self.front.title, self.front.description, *(line.rstrip() for line in self.body.strip().splitlines())])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_page(path: Path, place: str, lang: str, shown: str) -> Page:
    """The page at PATH. Raises BadInput for bad front matter."""
    text = read_text(path, shown).replace("\r\n", "\n")
    if not text.startswith("---\n"):
        raise BadInput(
            [Finding(shown, 1, "front-matter", "The page must begin with front matter between lines of ---. Add title and description.")]
        )
    head, found, body = text[4:].partition("\n---\n")
    if not found:
        raise BadInput([Finding(shown, 1, "front-matter", "The front matter must end with a line of ---. Add it below the last key.")])
    front = validate(Front, parse_yaml(head, shown, 2) or {}, head, shown, 2)
    return Page(place, lang, shown, front, body, head.count("\n") + 4)


def _blocks(body: str, first_line: int) -> Iterator[Block]:
    held: list[str] = []
    start, kind, fence = 0, "paragraph", ""

    def flush() -> Iterator[Block]:
        if held:
            yield Block(start, kind, "\n".join(held))
            held.clear()

    for number, line in enumerate(body.splitlines(), first_line):
        stripped = line.strip()
        if fence:
            fence = "" if stripped.startswith(fence) else fence
            continue
        single = (
            "heading" if _HEADING.match(line) else "row" if stripped.startswith("|") else "admonition" if _ADMONITION.match(line) else ""
        )
        if stripped.startswith(("```", "~~~")):
            yield from flush()
            fence = stripped[:3]
        elif single:
            yield from flush()
            if not re.fullmatch(r"[|:\s-]+", stripped):
                yield Block(number, single, stripped)
        elif not stripped or MARKER.match(stripped):
            yield from flush()
        else:
            if _ITEM.match(line):
                yield from flush()
            if not held:
                start, kind = number, "item" if _ITEM.match(line) else "paragraph"
            held.append(stripped)
    yield from flush()
