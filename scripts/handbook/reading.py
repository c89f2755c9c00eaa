"""Reads what an editor really has (text, official XML or HTML, Word, PDF) into the plain text that the segmenter knows.

Headings become lines of the outline, footnotes `[footnoteRef:1] [1: text]`, list items `• item`, table cells lines that begin with a tab.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pypdf
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree, html

from handbook.loading import BadInput, Finding, read_text
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
        """Adds a heading as a section of its own."""
        number = re.match(r"(\d+(?:\.\d+)*)\.?\s", text)
        taken = {h.id for h in self.outline}
        name = number[1] if number and number[1] not in taken else f"s{len(self.outline)}"
        self.outline.append(Heading(name, text))
        self.lines += [text, ""]

    def table(self, title: str, rows: list[list[str]]) -> None:
        """Adds a table with its TITLE, a line a cell."""
        count = sum(h.kind == "table" for h in self.outline) + 1
        title = title or f"Tabel {count}"
        title = title if title.startswith("Tabel") else f"Tabel {count}: {title}"
        self.outline.append(Heading(f"table{count}", title, "table", len(rows)))
        self.lines += [title, ""]
        for row in rows:
            self.lines += [*(f"\t{cell}" for cell in row), ""]


def read(path: Path) -> Reading:
    """The source at PATH, by its ending. Raises BadInput for what cannot be read, with one line that says why."""
    readers = {".xml": _xml, ".html": _html, ".htm": _html, ".docx": _docx, ".pdf": _pdf}
    try:
        reading = readers.get(path.suffix.lower(), _text)(path)
    except (etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError, pypdf.errors.PyPdfError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise BadInput([Finding(str(path), 1, "unreadable", "The file must be there. Check its name and place.")]) from None
        kind = path.suffix.lower().lstrip(".") or "text"
        message = f"The file must be a whole and readable {kind} file. Save or download it again."
        raise BadInput([Finding(str(path), 1, "unreadable", message)]) from None
    if not reading.text.strip():
        message = "The text must not be empty. A PDF of pictures must first be read by a program for text recognition."
        raise BadInput([Finding(str(path), 1, "empty", message)])
    return reading


def _text(path: Path) -> Reading:
    return Reading(read_text(path, str(path)).splitlines(), [])


def _xml(path: Path) -> Reading:
    """Official publications: <kop>, <tussenkop>, <al>, <lijst>, <noot> in its place, tables after CALS."""
    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    reading = Reading()
    body = next(root.iter("tekst", "vrije-tekst", "kamerstuk"), root)
    for element in _outermost(body, ("kop", "tussenkop", "al", "li", "table")):
        if element.tag in ("kop", "tussenkop"):
            reading.heading(_plain(" ".join(element.itertext())))
        elif element.tag == "table":
            title = element.findtext("title") or ""
            reading.table(_plain(title), [[_xml_text(e) for e in row.iter("entry")] for row in element.iter("row")])
        else:
            reading.lines += [("• " if element.tag == "li" else "") + _xml_text(element), ""]
    return reading


def _xml_text(element: etree._Element) -> str:
    text, notes = "", ""
    for part, node in _pieces(element):
        if node is not None and node.tag == "noot":
            number = (node.findtext("noot.nr") or "").strip()
            text += f"[footnoteRef:{number}]"
            notes += f" [{number}: {_plain(' '.join(''.join(al.itertext()) for al in node.iter('noot.al')))}]"
        elif node is None or node.tag != "li.nr":
            text += part
    return _plain(text) + notes


def _pieces(element: etree._Element) -> Iterator[tuple[str, etree._Element | None]]:
    """The text of ELEMENT in order; a footnote or number of an item as one piece."""
    yield element.text or "", None
    for child in element:
        if isinstance(child.tag, str) and child.tag in ("noot", "li.nr"):
            yield "", child
        elif isinstance(child.tag, str):
            yield from _pieces(child)
            yield (" " if child.tag in ("al", "lijst") else ""), None
        yield child.tail or "", None


def _html(path: Path) -> Reading:
    """Pages: headings, paragraphs, list items and tables of the main text; notes at the foot are put in their place."""
    root = html.document_fromstring(path.read_bytes())
    for part in root.xpath("//script|//style|//nav|//header|//footer|//form"):
        part.drop_tree()
    body = next(iter(root.xpath("//main|//article|//div[contains(@class,'stuk')]|//body")))
    notes = _html_notes(body)
    reading = Reading()
    for element in _outermost(body, ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "table")):
        if element.tag == "table":
            rows = [[_plain(cell.text_content()) for cell in row.iter("td", "th")] for row in element.iter("tr")]
            reading.table(_plain(element.findtext("caption") or ""), rows)
        elif re.fullmatch(r"h[1-6]", element.tag):
            reading.heading(_plain(element.text_content()))
        elif text := _html_text(element, notes):
            reading.lines += [("• " if element.tag == "li" else "") + text, ""]
    return reading


def _html_notes(body: html.HtmlElement) -> dict[str, tuple[str, str]]:
    """Address of a note → (number, text); the notes themselves are taken out of BODY."""
    notes = {}
    for link in body.xpath(".//sup//a[starts-with(@href,'#')]|.//a[starts-with(@href,'#')][contains(@class,'noot')]"):
        number = re.sub(r"\D", "", link.text_content())
        target = body.xpath(".//*[@id=$id]", id=link.get("href")[1:])
        if number and target and link.get("href") not in notes:
            note = target[0] if target[0].tag in ("p", "li", "div") else next(target[0].iterancestors("p", "li", "div"), target[0])
            notes[link.get("href")] = (number, re.sub(rf"^\W*{number}\W*", "", _plain(note.text_content())))
            note.drop_tree()
    return notes


def _html_text(element: html.HtmlElement, notes: dict[str, tuple[str, str]]) -> str:
    ends = ""
    for link in element.xpath(".//a[starts-with(@href,'#')]"):
        if found := notes.get(link.get("href")):
            number, text = found
            ends += f" [{number}: {text}]"
            link.text, link[:] = f"[footnoteRef:{number}]", []
    return _plain(element.text_content()) + ends


def _docx(path: Path) -> Reading:
    """Word: headings by their style, lists, tables, and footnotes from their own part."""
    document = docx.Document(io.BytesIO(path.read_bytes()))
    notes = _docx_notes(document)
    reading = Reading()
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            reading.table("", [[_plain(cell.text) for cell in row.cells] for row in block.rows])
            continue
        text = _plain(block.text)
        numbers = [mark.get(qn("w:id")) for mark in block._p.iter(qn("w:footnoteReference"))]
        text += "".join(f"[footnoteRef:{n}] [{n}: {notes[n]}]" for n in numbers if n in notes)
        if text and block.style.name.startswith(("Heading", "Kop", "Title")):
            reading.heading(text)
        elif text:
            reading.lines += [("• " if "List" in block.style.name or "Lijst" in block.style.name else "") + text, ""]
    return reading


def _docx_notes(document: docx.document.Document) -> dict[str, str]:
    parts = [r.target_part for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    if not parts:
        return {}
    root = etree.fromstring(parts[0].blob)
    return {note.get(qn("w:id")): _plain("".join(note.itertext())) for note in root.iter(qn("w:footnote"))}


def _pdf(path: Path) -> Reading:
    """PDF: only lines of text; where paragraphs end and what is a heading is guessed."""
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    lines = [line for page in pages for line in page.splitlines()]
    return Reading(
        _paragraphs(lines),
        [],
        "prose",
        "A PDF has no structure: headings, footnotes and paragraphs are guessed. Compare them with the original.",
    )


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


def _outermost(root: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Every element with one of TAGS that stands in no other of them, in order."""
    for child in root:
        if isinstance(child.tag, str) and child.tag in tags:
            yield child
        elif isinstance(child.tag, str):
            yield from _outermost(child, tags)


def _plain(text: str) -> str:
    return " ".join(text.split())
