"""Reads the XML of official publications."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from handbook.notation import shielded
from handbook.reading.blocks import blocks, own, parts
from handbook.reading.transcript import Notes, Reading, lost, mark, note

BODIES = ("stuk", "kamervragen", "vrije-tekst")
BLOCKS = ("kop", "tussenkop", "titel", "datumtekst", "al", "considerans.al", "li", "table", "term", "ondertekening", "nr")
WITHIN = ("lijst", "table")
# Parts that stand apart without a space between them.
APART = ("al", "nr", "titel", "label", "functie", "naam", "voornaam", "achternaam", "noot.al")
NUMBERS = ("li.nr", "noot.nr")
# The publication's own number, which stands in the register.
FURNITURE = ("metadata", "stuknr")


def read_xml(path: Path) -> Reading:
    """Official publications: <kop>, <tussenkop>, <al>, <lijst>, <noot> in its place, tables after CALS; annexes too."""
    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, remove_pis=True, remove_comments=True)).getroot()
    etree.strip_elements(root, *FURNITURE, with_tail=False)
    reading, notes = Reading(), Notes()
    read = parts(next(root.iter(*BODIES), root), root)
    for element in blocks(read, BLOCKS, WITHIN):
        if element.tag == "table":
            _table(reading, element, notes)
            continue
        text, ends = _text(element, notes)
        if element.tag in ("kop", "tussenkop", "titel"):
            reading.heading(text, ends)
        else:
            reading.add(text + "".join(ends), element.tag == "li")
    if reading.lines:
        reading.warning = lost("".join(f" {_all(part)} {part.tail or ''} " for part in read), reading)
    return reading


def _table(reading: Reading, table: etree._Element, notes: Notes) -> None:
    """Adds TABLE; a footnote to its title stands with its first cell."""
    title, ends = _text(table.find("title"), notes) if table.find("title") is not None else ("", [])
    rows = []
    for row in own(table, "row"):
        cells = [_text(entry, notes, whole=True) for entry in own(row, "entry")]
        rows.append([text + "".join(its_notes) for text, its_notes in cells])
    if ends and rows and rows[0]:
        rows[0][0] += "".join(ends)
    reading.table(title, rows)


def _text(element: etree._Element, notes: Notes, whole: bool = False) -> tuple[str, list[str]]:
    """The text of ELEMENT with marks for its footnotes, and these; lists and tables in it only if it is read WHOLE."""
    text, ends = "", []
    for part, its_note in _pieces(element, whole):
        text += part
        if its_note is not None:
            number = notes.named((its_note.findtext("noot.nr") or "").strip())
            text, ends = text + mark(number), [*ends, note(number, _all(its_note))]
    return " ".join(text.split()), ends


def _pieces(element: etree._Element, whole: bool) -> Iterator[tuple[str, etree._Element | None]]:
    """The text of ELEMENT in order, each piece with the footnote that follows it; without the numbers of items."""
    yield shielded(element.text or ""), None
    for child in element:
        if child.tag == "noot":
            yield "", child
        elif child.tag not in NUMBERS and (whole or child.tag not in WITHIN):
            yield from _pieces(child, whole)
            yield (" " if child.tag in (*APART, *BLOCKS, "entry") else ""), None
        yield shielded(child.tail or ""), None


def _all(element: etree._Element) -> str:
    """All that ELEMENT says, footnotes in their place, without the numbers of items and notes."""
    if element.tag in NUMBERS:
        return ""
    text = (element.text or "") + "".join(_all(child) + (child.tail or "") for child in element)
    return f" {text} " if element.tag in (*APART, *BLOCKS, *WITHIN, "noot", "entry") else text
