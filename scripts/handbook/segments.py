"""Cuts the plain text of a source into sections and paragraphs, each with the locator by which it is cited."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from handbook.notation import BOOKMARK, BULLET, NOTE, NOTE_MARK, one_line, unshielded


@dataclass(frozen=True)
class Heading:
    """A section of the outline: its id and its heading as printed, or a long one's first words and `…`.

    After LENGTH paragraphs a box returns to the section around it.
    """

    id: str
    heading: str = ""
    kind: str = "section"
    length: int | None = None


@dataclass
class Segment:
    """One paragraph, list item, footnote or table row: its locator, kind, and text."""

    at: str
    kind: str
    text: str
    section: str
    note_of: str = ""


@dataclass
class _Cursor:
    outline: list[Heading]
    stack: list[Heading] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def expects(self, line: str) -> bool:
        return bool(self.outline) and bool(line) and _heads(line, one_line(self.outline[0].heading))

    def enter(self) -> Heading:
        heading = self.outline.pop(0)
        self.stack = [*self.stack, heading] if heading.kind in ("box", "table") else [heading]
        self.counts.setdefault(heading.id, 0)
        return heading

    def next_locator(self) -> tuple[str, Heading]:
        while self.here.length is not None and self.counts[self.here.id] >= self.here.length:
            self.stack.pop()
        here = self.here
        self.counts[here.id] += 1
        return f"{here.id}.{'r' if here.kind == 'table' else ''}{self.counts[here.id]}", here

    @property
    def here(self) -> Heading:
        return self.stack[-1]


def cut(text: str, outline: list[Heading], layout: str = "prose", marks: Iterable[str] = ()) -> list[Segment]:
    """The segments of TEXT along OUTLINE, in reading order. LAYOUT `wrapped` joins lines broken by the extraction.

    MARKS are words to whose end the extraction glued a footnote mark. Raises ValueError for a heading that the text lacks.
    """
    text = BOOKMARK.sub("", text.replace("\r\n", "\n").replace("\ufeff", ""))
    for mark in marks:
        text = text.replace(mark, mark[:-1])
    cursor = _Cursor(list(outline))
    if not outline or outline[0].heading == "":
        cursor.outline = cursor.outline or [Heading("0")]
        cursor.enter()
    found: list[Segment] = []
    for line in _lines(text, layout, [one_line(h.heading) for h in outline]):
        plain = unshielded(one_line(line))
        if cursor.expects(one_line(NOTE_MARK.sub("", plain))):
            heading = cursor.enter()
            if heading.kind == "table":
                found.append(Segment(f"{heading.id}.r0", "caption", plain, heading.id))
            continue
        if not cursor.stack:
            raise ValueError(f"the text must begin with the first heading of its outline, {cursor.outline[0].heading!r}")
        if note := re.fullmatch(r"X Noot (\d+) (.*)", plain):
            found.append(Segment(f"fn{note[1]}", "footnote", note[2], cursor.here.id))
        elif plain:
            found.extend(_segments(line, cursor))
    if cursor.outline:
        raise ValueError(f"the outline's heading {cursor.outline[0].heading!r} must stand in the text, in this order")
    return found


def _segments(line: str, cursor: _Cursor) -> Iterator[Segment]:
    notes = dict(NOTE.findall(line))
    text = unshielded(one_line(NOTE_MARK.sub("", NOTE.sub("", line))))
    at = ""
    if text:
        at, here = cursor.next_locator()
        kind = "row" if here.kind == "table" else "item" if BULLET.match(line) else "paragraph"
        yield Segment(at, kind, BULLET.sub("", text), here.id)
    for number, note in notes.items():
        yield Segment(f"fn{number}", "footnote", unshielded(one_line(note)), cursor.here.id, at)


def _lines(text: str, layout: str, headings: list[str]) -> Iterator[str]:
    """The logical lines of TEXT: notes and table rows on one line each, lines broken by the extraction joined."""
    text = re.sub(r"X Noot\s+(\d+)\s+([^\n]+)", r"X Noot \1 \2", text)
    if layout == "wrapped":
        yield from _unwrapped(text.splitlines(), headings)
        return
    row: list[str] = []
    in_table = False
    for line in [*text.splitlines(), ""]:
        if in_table and (line.startswith("\t") or (row and line.strip() and not line.startswith(" "))):
            row.append(one_line(line))
        elif in_table and not line.strip():
            if any(row):
                yield " ".join(cell for cell in row if cell)
            row = []
        else:
            in_table = one_line(line).startswith(("Tabel ", "Table "))
            yield line


def _unwrapped(lines: list[str], headings: list[str]) -> Iterator[str]:
    """Joins LINES until a bullet, a heading, or a line of nothing but spaces: the marks that survive in a wrapped extraction."""
    held = ""
    for line in lines:
        plain = one_line(line)
        is_heading = any(_heads(plain, heading) for heading in headings)
        if is_heading or BULLET.match(line) or (line and not plain):
            if held:
                yield held
            held = ""
            if is_heading:
                yield line
                continue
        if plain:
            held = f"{held} {plain}" if held else line.rstrip()
    if held:
        yield held


def _heads(line: str, heading: str) -> bool:
    return line.startswith(heading[:-1]) if heading.endswith("…") else line == heading
