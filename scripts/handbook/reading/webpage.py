"""Reads the web pages that are made from official publications, and others."""

import copy
import re
from pathlib import Path

from lxml import html

from handbook.notation import shielded
from handbook.reading.blocks import blocks, nested, own, parts
from handbook.reading.transcript import Notes, Reading, lost, mark, note

BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "figcaption", "table")
WITHIN = ("ul", "ol", "dl", "table")
# Where the text of a page is: an official publication's own, within the page's main part.
LETTER = ".//div[contains(concat(' ', @class, ' '), ' stuk ')]"
BODIES = ("//main", "//article", "//body")
# What is no text of the letter.
FURNITURE = "//script|//style|//nav|//header|//footer|//form|//comment()|//processing-instruction()|//li//span[@class='ol']"


def read_html(path: Path) -> Reading:
    """Pages: headings, paragraphs, list items and tables of the main text; notes at the foot are put in their place."""
    root = _page(path.read_bytes())
    notes = _notes(root)
    whole = next((found[0] for place in BODIES if (found := root.xpath(place))), None)
    if whole is None:
        raise ValueError("the page has no body")
    letters, reading = whole.xpath(LETTER), Reading()
    read = parts(letters[0], whole) if letters else [whole]
    for element in blocks(read, BLOCKS, WITHIN):
        if element.tag == "table":
            _table(reading, element, notes)
            continue
        text, ends = _text(element, notes)
        if re.fullmatch(r"h[1-6]", element.tag) or "tussenkop" in (element.get("class") or "").lower():
            reading.heading(text, ends)
        else:
            reading.add(text + "".join(ends), element.tag == "li")
    if reading.lines:
        for link in whole.xpath(".//a[starts-with(@href,'#')]"):
            # The number of a note is no part of the word before it.
            link.text = f" {link.text or ''}"
        said = [one.text_content() + (one.tail or "") for one in read]
        reading.warning = lost(" ".join([*said, *(text for _, text in notes.values())]), reading)
    return reading


def _page(content: bytes) -> html.HtmlElement:
    """The page in CONTENT without its furniture. Raises ValueError for one that breaks off."""
    if b"</html" not in content.lower():
        raise ValueError("the page breaks off")
    root = html.document_fromstring(content, parser=html.HTMLParser(encoding=_encoding(content)))
    for part in root.xpath(FURNITURE):
        part.drop_tree()
    for part in root.iter(*BLOCKS, *WITHIN, "div", "br", "td", "th", "caption"):
        # Words of two blocks must not run together.
        part.text, part.tail = f" {part.text or ''}", f" {part.tail or ''}"
    return root


def _encoding(content: bytes) -> str | None:
    """UTF-8 where CONTENT is that; otherwise what the page itself says."""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _notes(root: html.HtmlElement) -> dict[str, tuple[str, str]]:
    """Address of a note → (number, text); the notes themselves are taken out of ROOT."""
    notes, names = {}, Notes()
    for link in root.xpath(".//sup//a[starts-with(@href,'#')]|.//a[starts-with(@href,'#')][contains(@class,'noot')]"):
        number = re.sub(r"\D", "", link.text_content())
        target = root.xpath(".//*[@id=$id]", id=link.get("href")[1:])
        if number and target and link.get("href") not in notes:
            around = [target[0], *target[0].iterancestors("p", "li", "div")]
            found = next((one for one in around if "noot" in (one.get("class") or "")), None)
            found = found if found is not None else next((one for one in around if one.tag in ("p", "li", "div")), target[0])
            text = re.sub(rf"^(?:X Noot)?\W*{number}\b\W*", "", " ".join(found.text_content().split()))
            notes[link.get("href")] = (names.named(number), text)
            found.drop_tree()
    return notes


def _table(reading: Reading, table: html.HtmlElement, notes: dict[str, tuple[str, str]]) -> None:
    """Adds TABLE; a footnote to its caption stands with its first cell."""
    caption = next(own(table, "caption"), None)
    title, ends = _text(caption, notes) if caption is not None else ("", [])
    rows = []
    for row in own(table, "tr"):
        cells = [_text(cell, notes, whole=True) for cell in own(row, "td", "th")]
        rows.append([text + "".join(its_notes) for text, its_notes in cells])
    if ends and rows and rows[0]:
        rows[0][0] += "".join(ends)
    reading.table(title, rows)


def _text(element: html.HtmlElement, notes: dict[str, tuple[str, str]], whole: bool = False) -> tuple[str, list[str]]:
    """The text of ELEMENT with marks for its footnotes, and these; lists and tables in it only if it is read WHOLE."""
    copied = copy.deepcopy(element)
    copied.tail = None
    for part in [] if whole else list(nested(copied, WITHIN)):
        part.drop_tree()
    ends, marks = [], {}
    for link in copied.xpath(".//a[starts-with(@href,'#')]"):
        if found := notes.get(link.get("href")):
            number, text = found
            ends.append(note(number, text))
            link[:] = []
            # Brackets of the text are told from the marks' afterwards.
            link.text = f"\ue002{len(marks)}\ue002"
            marks[link.text] = mark(number)
    text = shielded(" ".join(copied.text_content().split()))
    return re.sub("\ue002\\d+\ue002", lambda place: marks[place[0]], text), ends
