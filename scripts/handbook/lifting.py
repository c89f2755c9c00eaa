"""Carries finished HTML past Markdown: it leaves the text for a short mark, and comes back in its place afterwards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Characters for private use: nobody writes them, and Markdown passes them on.
_BEGIN, _END = "\ue000", "\ue001"
_MARK = re.compile(rf"<p>{_BEGIN}b(\d+){_END}</p>|{_BEGIN}(\d+){_END}")
_OPENING = re.compile(r"<(article|details|div|dl|figure|form|h[2-6]|ol|p|section|table|ul)[ >]")
_ID = re.compile(r"<[^<>]*? id=\"([^\"]+)\"")


@dataclass
class Lifted:
    """The pieces of one page that do not go through Markdown, and the (page, anchor) pairs to which they link."""

    pieces: list[str] = field(default_factory=list)
    targets: list[tuple[str, str]] = field(default_factory=list)

    def inline(self, piece: str, page: str, anchor: str) -> str:
        """The mark that stands for PIECE, which links to ANCHOR of PAGE, in a line of text."""
        self.pieces.append(piece)
        self.targets.append((page, anchor))
        return f"{_BEGIN}{len(self.pieces) - 1}{_END}"

    def blocks(self, text: str, following: str) -> str:
        """TEXT, Markdown made from data, with a mark for every block of HTML in it; what is not plainly one stays as it is.

        FOLLOWING is the line after TEXT.
        """
        return "\n".join(self._block(part) if is_html else part for is_html, part in _parts(text, following))

    def put_back(self, html: str) -> str:
        """HTML as Markdown made it, with every piece in the place of its mark."""
        return _MARK.sub(lambda match: self.pieces[int(match[1] or match[2])], html).strip()

    @property
    def ids(self) -> set[str]:
        """The ids that the pieces bring to their page."""
        return {one for piece in self.pieces for one in _ID.findall(piece)}

    def _block(self, piece: str) -> str:
        self.pieces.append(piece)
        return f"\n{_BEGIN}b{len(self.pieces) - 1}{_END}\n"


def _parts(text: str, after: str) -> Iterator[tuple[bool, str]]:
    """(is HTML, lines) of TEXT in order; HTML is a run of lines from a block's opening tag to the end that balances it."""
    held: list[str] = []
    tag, depth = "", 0
    lines, free = text.splitlines(), True
    for line, following in zip(lines, [*lines[1:], after], strict=True):
        if not held:
            # Right below a line of something else a block belongs to that.
            match = _OPENING.match(line) if free else None
            if not match or "markdown=" in line:
                yield False, line
                free = not line.strip()
                continue
            tag = match[1]
        held.append(line)
        depth += len(re.findall(rf"<{tag}[ >]", line)) - line.count(f"</{tag}>")
        if depth == 0 and line.endswith(f"</{tag}>"):
            # Markdown keeps one line end more where a blank line follows.
            yield True, "\n".join(held) + ("" if following.strip() else "\n")
            held = []
    yield False, "\n".join(held)
