"""The notation of a source's plain text: notes with their marks, items, and how brackets of the text itself are told from its own."""

import re

BOOKMARK = re.compile(r"\[bookmark: \w+\]")
# A note may hold brackets of its own.
NOTE = re.compile(r"\s*\[(\d+(?:-\d+)?):\s*((?:[^\[\]]|\[[^\[\]]*\])*?)\s*\]")
NOTE_MARK = re.compile(r"\[footnoteRef:(\d+(?:-\d+)?)\]")
BULLET = re.compile(r"^\s*(?:•|o(?=\s)|-(?=\s))\s+")
# Characters that nobody writes.
_SHIELD = str.maketrans("[]", "\ue000\ue001")
_UNSHIELD = {after: before for before, after in _SHIELD.items()}


def shielded(text: str) -> str:
    """TEXT with its brackets told from those of the notation; what is cut from it has them back."""
    return text.translate(_SHIELD)


def unshielded(text: str) -> str:
    """TEXT with the brackets that `shielded` changed."""
    return text.translate(_UNSHIELD)


def one_line(text: str) -> str:
    """TEXT on one line, with single spaces."""
    return " ".join(text.split())
