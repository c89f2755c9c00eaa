"""Proposes the outline of a text that has none."""

import re
from itertools import pairwise

from handbook.notation import BOOKMARK, BULLET, one_line, unshielded
from handbook.segments import Heading


def guess_outline(text: str) -> list[Heading]:
    """An outline proposed from short lines without a full stop that stand before longer ones: for an editor to correct."""
    lines = [unshielded(one_line(BOOKMARK.sub("", line))) for line in text.splitlines()]
    filled = [line for line in lines if line]
    found = [Heading("0")]
    for place, (line, following) in enumerate(pairwise(filled)):
        short = 3 <= len(line) <= 80 and not BULLET.match(line) and not line.endswith((".", ":", ";", ","))
        numbered = re.match(r"(\d+(?:\.\d+)*)\.? [A-Z]", line) if len(line) <= 100 else None
        if not (numbered or (short and line[0].isupper())) or len(following) <= len(line) or any(h.heading == line for h in found):
            continue
        if place == 0 and not numbered:
            found = [Heading("0", line)]
        else:
            found.append(Heading(numbered[1] if numbered and all(h.id != numbered[1] for h in found) else f"s{len(found)}", line))
    return found
