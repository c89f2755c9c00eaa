"""Reads PDF files, whose structure must be guessed."""

import io
import logging
from pathlib import Path

import pypdf

from handbook.notation import shielded
from handbook.reading.transcript import Reading, Unfit

WARNING = "A PDF has no structure: headings, footnotes and paragraphs are guessed. Compare them with the original."
# The one that is typed, and the one that a typesetter puts in.
_HYPHENS = ("-", "\u00ad")
# Before these a hyphen stands for the rest of a word: kennis- en innovatiebeleid.
_BETWEEN = ("en", "of", "and", "or")
LOCKED = "The PDF must have no password. Save it again without one, or print it to a new PDF."


def read_pdf(path: Path) -> Reading:
    """PDF: only lines of text; where paragraphs end and what is a heading is guessed."""
    # It tells of every oddity that it mends by itself.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        lines = _lines(path.read_bytes())
    except (Unfit, OSError):
        raise
    except Exception as error:
        # A damaged file makes pypdf raise whatever it stumbles over: NotImplementedError, TypeError, RecursionError and more.
        raise ValueError("no whole PDF") from error
    return Reading(_paragraphs([shielded(line) for line in lines]), [], "prose", WARNING)


def _lines(content: bytes) -> list[str]:
    """The lines of text in CONTENT. Raises Unfit for a PDF with a password, ValueError for one that breaks off."""
    if b"%%EOF" not in content[-2048:]:
        # Of a file that was changed and then cut short, pypdf would read the older state.
        raise ValueError("the file breaks off")
    reader = pypdf.PdfReader(io.BytesIO(content))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unfit(LOCKED)
        return [line for page in reader.pages for line in page.extract_text().splitlines()]
    except (pypdf.errors.FileNotDecryptedError, pypdf.errors.DependencyError):
        raise Unfit(LOCKED) from None


def _paragraphs(lines: list[str]) -> list[str]:
    """Joins broken LINES until one ends a sentence clearly before the right margin."""
    width = max((len(line) for line in lines), default=0)
    found, held = [], ""
    for line in lines:
        held = _joined(held, line.strip())
        if not line.strip() or (line.rstrip().endswith((".", ":", "?")) and len(line) < 0.8 * width) or len(line) < 0.5 * width:
            found += [held, ""]
            held = ""
    return [*found, held]


def _joined(held: str, line: str) -> str:
    """HELD with LINE behind it; a word that a hyphen breaks off at the end of HELD is made whole again."""
    broken = len(held) > 1 and held.endswith(_HYPHENS) and held[-2].isalpha() and line[:1].islower()
    if broken and line.split()[0] not in _BETWEEN:
        return held[:-1] + line
    return f"{held} {line}".strip()
