"""Reads Word files, with their structure, and PDF files, whose structure must be guessed."""

import io
from pathlib import Path

import docx
import pypdf
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from handbook.reading.transcript import Reading, plain


def read_docx(path: Path) -> Reading:
    """Word: headings by their style, lists, tables, and footnotes from their own part."""
    try:
        document = docx.Document(io.BytesIO(path.read_bytes()))
    except AttributeError:
        # What python-docx raises for a zip whose list of contents is none.
        raise ValueError("no Word file") from None
    notes = _docx_notes(document)
    reading = Reading()
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            reading.table("", [[plain(cell.text) for cell in row.cells] for row in block.rows])
            continue
        text = plain(block.text)
        numbers = [mark.get(qn("w:id")) for mark in block._p.iter(qn("w:footnoteReference"))]
        text += "".join(f"[footnoteRef:{n}] [{n}: {notes[n]}]" for n in numbers if n in notes)
        if text and block.style.name.startswith(("Heading", "Kop", "Title")):
            reading.heading(text)
        elif text:
            reading.add(text, block.style.name.startswith(("List", "Lijst")))
    return reading


def _docx_notes(document: docx.document.Document) -> dict[str, str]:
    parts = [r.target_part for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    if not parts:
        return {}
    root = etree.fromstring(parts[0].blob)
    return {note.get(qn("w:id")): plain("".join(note.itertext())) for note in root.iter(qn("w:footnote"))}


def read_pdf(path: Path) -> Reading:
    """PDF: only lines of text; where paragraphs end and what is a heading is guessed."""
    content = path.read_bytes()
    if b"%%EOF" not in content[-2048:]:
        raise ValueError("the file breaks off")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    lines = [line for page in pages for line in page.splitlines()]
    warning = "A PDF has no structure: headings, footnotes and paragraphs are guessed. Compare them with the original."
    return Reading(_paragraphs(lines), [], "prose", warning)


def _paragraphs(lines: list[str]) -> list[str]:
    """Joins broken LINES until one ends a sentence clearly before the right margin."""
    width = max((len(line) for line in lines), default=0)
    found, held = [], ""
    for line in lines:
        held = f"{held} {line.strip()}".strip()
        if not line.strip() or (line.rstrip().endswith((".", ":", "?")) and len(line) < 0.8 * width) or len(line) < 0.5 * width:
            found += [held, ""]
            held = ""
    return [*found, held]
