"""The plain text of a source, in the notation that the segmenter knows.

Headings become lines of the outline, footnotes `[footnoteRef:1] [1: text]`, list items `• item`, table cells lines that begin with a tab.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from handbook.notation import NOTE_MARK, one_line, shielded, unshielded
from handbook.segments import Heading

# So many words that are in no paragraph are shown.
_SHOWN = 12


class Unfit(ValueError):
    """A file of a kind that is not read, with one line that says what must hold and the remedy."""


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

    def heading(self, text: str, notes: Iterable[str] = ()) -> None:
        """Adds a heading as a section of its own; a heading that opens the text names its opening. NOTES to it stand under it."""
        text = one_line(NOTE_MARK.sub("", text))
        shown = unshielded(text)
        number = re.match(r"(\d+(?:\.\d+)*)\.?\s", shown)
        taken = {h.id for h in self.outline}
        if not number and not self.lines:
            self.outline = [Heading("0", shown)]
        else:
            self.outline.append(Heading(number[1] if number and number[1] not in taken else f"s{len(self.outline)}", shown))
        self.lines += [text, ""]
        self.add("".join(notes))

    def add(self, text: str, item: bool = False) -> None:
        """Adds a paragraph, or an item of a list."""
        if text.strip():
            self.lines += [("• " if item else "") + text.strip(), ""]

    def table(self, title: str, rows: list[list[str]]) -> None:
        """Adds a table with its TITLE, a line a cell; empty rows are no rows."""
        rows = [row for row in rows if any(row)]
        count = sum(h.kind == "table" for h in self.outline) + 1
        title = title or f"Tabel {count}"
        title = title if title.startswith("Tabel") else f"Tabel {count}: {title}"
        self.outline.append(Heading(f"table{count}", unshielded(title), "table", len(rows)))
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


def mark(number: str) -> str:
    """What stands for the mark of footnote NUMBER."""
    return f"[footnoteRef:{number}]"


def note(number: str, text: str) -> str:
    """What stands for footnote NUMBER with its TEXT."""
    return f" [{number}: {plain(text)}]"


def lost(text: str, reading: Reading) -> str:
    """A warning when words of TEXT, all that the file says, are in no paragraph or heading of READING, or less often."""
    words, kept = (Counter(re.findall(r"\w+", one)) for one in (text, reading.text))
    gone, shown = words - kept, []
    for word in re.findall(r"\w+", text):
        if gone[word] > 0 and word not in shown:
            shown.append(word)
    more = " …" if len(shown) > _SHOWN else ""
    told = f"Words that are in no paragraph: {' '.join(shown[:_SHOWN])}{more}. Compare the register with the original."
    return told if shown else ""


def plain(text: str) -> str:
    """TEXT on one line, its brackets told from those of the notation."""
    return shielded(one_line(text))
