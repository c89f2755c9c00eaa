"""Reads Word files with their structure, as they stand with every tracked change accepted."""

import io
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from handbook.notation import shielded
from handbook.reading.transcript import Reading, Unfit, lost, mark, note

# How a file of the old .doc begins, and one that a password locks.
COMPOUND = b"\xd0\xcf\x11\xe0"
# What tracked changes took away, what says the same again for old programs, and what points at notes.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GONE = (*map(qn, ("w:del", "w:moveFrom", "w:rPr", "w:pPr")), _FALLBACK)
SPACES = tuple(map(qn, ("w:tab", "w:br", "w:cr")))
MARKS = {qn("w:footnoteReference"): RELATIONSHIP_TYPE.FOOTNOTES, qn("w:endnoteReference"): RELATIONSHIP_TYPE.ENDNOTES}


def read_docx(path: Path) -> Reading:
    """Word: headings by their style, lists, tables, and footnotes and endnotes from their own parts, numbered as Word does."""
    document, reading = _document(path.read_bytes()), Reading()
    text = _Text(document)
    for block in _blocks(document.element.body):
        if block.tag == qn("w:tbl"):
            reading.table("", [[text.of(cell) for cell in _own(row, qn("w:tc"))] for row in _own(block, qn("w:tr"))])
            continue
        style = Paragraph(block, document).style.name
        if style.startswith(("Heading", "Kop", "Title")) and _said(block).strip():
            reading.heading(*text.apart(block))
        else:
            reading.add(text.of(block), style.startswith(("List", "Lijst")))
    if reading.lines:
        reading.warning = lost(" ".join([_said(document.element.body), *text.notes]), reading)
    return reading


def _document(content: bytes) -> docx.document.Document:
    """The document in CONTENT. Raises Unfit for one with a password, ValueError for what is no Word file."""
    if content.startswith(COMPOUND):
        raise Unfit("The Word file must have no password, and be no .doc under another name. Save it as .docx without one.")
    try:
        return docx.Document(io.BytesIO(content))
    except AttributeError:
        # What python-docx raises for a zip whose list of contents is none.
        raise ValueError("no Word file") from None


class _Text:
    """The text of a document's blocks with its notes in their place; `notes` holds the texts of those met so far."""

    def __init__(self, document: docx.document.Document):
        self.notes: list[str] = []
        self._parts = {tag: _notes(document, kind) for tag, kind in MARKS.items()}

    def of(self, block: etree._Element) -> str:
        """The text of BLOCK on one line, its notes behind it."""
        text, ends = self.apart(block)
        return text + "".join(ends)

    def apart(self, block: etree._Element) -> tuple[str, list[str]]:
        """The text of BLOCK with marks for its notes, and these."""
        text, ends = "", []
        for piece in _pieces(block):
            if isinstance(piece, str):
                text += shielded(piece)
            elif (said := self._parts[piece.tag].get(piece.get(qn("w:id")))) is not None:
                self.notes.append(said)
                number = str(len(self.notes))
                text, ends = text + mark(number), [*ends, note(number, said)]
        return " ".join(text.split()), ends


def _notes(document: docx.document.Document, kind: str) -> dict[str, str]:
    """The notes of KIND by their id in the file."""
    parts = [r.target_part for r in document.part.rels.values() if r.reltype == kind]
    roots = [etree.fromstring(part.blob) for part in parts]
    return {note.get(qn("w:id")): _said(note).strip() for root in roots for note in root if note.get(qn("w:type")) is None}


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of BODY in order, those in content controls and tracked changes too."""
    for child in body:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag not in GONE:
            yield from _blocks(child)


def _own(table: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows or cells of TABLE, wherever tracked changes or content controls put them; a cell keeps the table within it."""
    for child in table:
        if child.tag == tag:
            yield child
        elif child.tag not in GONE:
            yield from _own(child, tag)


def _pieces(element: etree._Element) -> Iterator[str | etree._Element]:
    """The text of ELEMENT in order, with references to notes as they are."""
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in MARKS:
            yield child
        elif child.tag in SPACES:
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in GONE:
            yield from _pieces(child)
            if child.tag == qn("w:p"):
                yield " "


def _said(element: etree._Element) -> str:
    return "".join(piece for piece in _pieces(element) if isinstance(piece, str))
