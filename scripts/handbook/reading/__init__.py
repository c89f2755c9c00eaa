"""Reads what an editor really has (text, official XML or HTML, Word, PDF) into the plain text that the segmenter knows."""

import zipfile
from pathlib import Path

import pypdf
from lxml import etree

from handbook.loading import BadInput, Finding, read_text
from handbook.reading.markup import read_html, read_xml
from handbook.reading.office import read_docx, read_pdf
from handbook.reading.transcript import Reading

UNREADABLE = (etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError, pypdf.errors.PyPdfError, pypdf.errors.DependencyError, OSError)
__all__ = ["Reading", "read"]


def read(path: Path) -> Reading:
    """The source at PATH, by its ending. Raises BadInput for what cannot be read, with one line that says why."""
    readers = {".xml": read_xml, ".html": read_html, ".htm": read_html, ".docx": read_docx, ".pdf": read_pdf}
    try:
        reading = readers.get(path.suffix.lower(), _read_text)(path)
    except UNREADABLE as error:
        if isinstance(error, FileNotFoundError):
            raise BadInput([Finding(str(path), 1, "unreadable", "The file must be there. Check its name and place.")]) from None
        kind = path.suffix.lower().lstrip(".") or "text"
        message = f"The file must be a whole and readable {kind} file. Save or download it again."
        raise BadInput([Finding(str(path), 1, "unreadable", message)]) from None
    if not reading.text.strip():
        message = "The text must not be empty. A PDF of pictures must first be read by a program for text recognition."
        raise BadInput([Finding(str(path), 1, "empty", message)])
    return reading


def _read_text(path: Path) -> Reading:
    return Reading(read_text(path, str(path)).splitlines(), [])
