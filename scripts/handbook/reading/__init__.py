"""Reads what an editor really has (text, official XML or HTML, Word, PDF) into the plain text that the segmenter knows."""

import zipfile
from pathlib import Path

from lxml import etree

from handbook.loading import BadInput, Finding, read_text
from handbook.reading.pdf import read_pdf
from handbook.reading.publication import read_xml
from handbook.reading.transcript import Reading, Unfit
from handbook.reading.webpage import read_html
from handbook.reading.word import COMPOUND, read_docx

UNREADABLE = (etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError, OSError)
# Formats that look like text or like nothing we read, by ending, and by the first bytes of a file.
FOREIGN_ENDINGS = (".doc", ".odt", ".rtf", ".pages", ".wpd")
FOREIGN_STARTS = (b"{\\rtf", COMPOUND)
# Why a file may hold no text, and what helps.
WITHOUT_TEXT = {
    "pdf": "A PDF of pictures must first be read by a program for text recognition.",
    "docx": "Open it in Word: where it shows text in boxes or pictures only, type that into paragraphs.",
    "xml": "Only the XML of officielebekendmakingen.nl is read. Take that, or save the text as a Word or text file.",
    "html": "Save the page again when it is shown in full, or copy its text into a text file.",
}
__all__ = ["Reading", "read"]


def read(path: Path) -> Reading:
    """The source at PATH, by its ending. Raises BadInput for what cannot be read, with one line that says why."""
    readers = {".xml": read_xml, ".html": read_html, ".htm": read_html, ".docx": read_docx, ".pdf": read_pdf}
    kind = {".htm": "html"}.get(path.suffix.lower(), path.suffix.lower().lstrip(".") or "text")
    try:
        reading = readers.get(path.suffix.lower(), _read_text)(path)
    except FileNotFoundError:
        raise _bad(path, "unreadable", "The file must be there. Check its name and place.") from None
    except Unfit as error:
        raise _bad(path, "unreadable", str(error)) from None
    except UNREADABLE:
        raise _bad(path, "unreadable", f"The file must be a whole and readable {kind} file. Save or download it again.") from None
    if not reading.text.strip():
        raise _bad(path, "empty", f"The text must not be empty. {WITHOUT_TEXT.get(kind, 'Check whether it is the right file.')}")
    return reading


def _bad(path: Path, rule: str, message: str) -> BadInput:
    return BadInput([Finding(str(path), 1, rule, message)])


def _read_text(path: Path) -> Reading:
    if path.suffix.lower() in FOREIGN_ENDINGS or path.read_bytes().startswith(FOREIGN_STARTS):
        raise Unfit("The file must be text, Word (.docx), PDF, XML or HTML. Open it in a word processor and save it as .docx.")
    return Reading(read_text(path, str(path)).splitlines(), [])
