"""The plain text of a source, in the notation that the segmenter knows.

Headings become lines of the outline, footnotes `[footnoteRef:1] [1: text]`, list items `• item`, table cells lines that begin with a tab.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from handbook.segments import Heading


@dataclass
class Reading:
    """The plain text of a source; its outline where the file has one; a warning where structure is guessed."""

    lines: list[str] = field(default_factory=list)
    outline: list[Heading] = field(default_factory=lambda: [Heading("0")])
    layout: str = "prose"
    warning: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def heading(self, text: str) -> None:
        """Adds a heading as a section of its own; a heading that opens the text names its opening."""
        number = re.match(r"(\d+(?:\.\d+)*)\.?\s", text)
        taken = {h.id for h in self.outline}
        if not number and not self.lines:
            self.outline = [Heading("0", text)]
        else:
            self.outline.append(Heading(number[1] if number and number[1] not in taken else f"s{len(self.outline)}", text))
        self.lines += [text, ""]

    def add(self, text: str, item: bool = False) -> None:
        """Adds a paragraph, or an item of a list."""
        if text:
            self.lines += [("• " if item else "") + text, ""]

    def table(self, title: str, rows: list[list[str]]) -> None:
        """Adds a table with its TITLE, a line a cell; empty rows are no rows."""
        rows = [row for row in rows if any(row)]
        count = sum(h.kind == "table" for h in self.outline) + 1
        title = title or f"Tabel {count}"
        title = title if title.startswith("Tabel") else f"Tabel {count}: {title}"
        self.outline.append(Heading(f"table{count}", title, "table", len(rows)))
        self.lines += [title, ""]
        for row in rows:
            self.lines += [*(f"\t{cell}" for cell in row), ""]


class Notes:
    """Gives each footnote a name of its own: a number that begins again, as in a table, gets -2."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def named(self, number: str) -> str:
        number = re.sub(r"\D", "", number) or str(sum(self._taken.values()) + 1)
        self._taken[number] += 1
        return number if self._taken[number] == 1 else f"{number}-{self._taken[number]}"


def lost(text: str, reading: Reading) -> str:
    """A warning when words of TEXT, all that the file says, are in no paragraph or heading of READING."""
    kept = reading.text
    gone = list(dict.fromkeys(word for word in re.findall(r"\w{4,}", text) if word not in kept))
    return f"Words that are in no paragraph: {' '.join(gone[:8])}. Compare the register with the original." if gone else ""


def plain(text: str) -> str:
    """TEXT on one line."""
    return " ".join(text.split())
