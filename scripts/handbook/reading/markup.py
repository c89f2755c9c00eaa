"""Reads official publications: their XML, and the pages made from it."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from handbook.reading.transcript import Notes, Reading, lost, plain

XML_BLOCKS = ("kop", "tussenkop", "titel", "datumtekst", "al", "considerans.al", "li", "table", "term", "ondertekening", "nr")
# Parts that stand apart without a space between them.
XML_APART = ("al", "nr", "titel", "label", "functie", "naam", "voornaam", "achternaam")
HTML_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "figcaption", "table")
HTML_BODIES = ("//div[contains(concat(' ', @class, ' '), ' stuk ')]", "//main", "//article", "//body")


def read_xml(path: Path) -> Reading:
    """Official publications: <kop>, <tussenkop>, <al>, <lijst>, <noot> in its place, tables after CALS."""
    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, remove_pis=True, remove_comments=True)).getroot()
    reading = Reading()
    notes = Notes()
    body = next(root.iter("stuk", "kamervragen", "vrije-tekst"), root)
    for element in _blocks(body, XML_BLOCKS, ("lijst", "table")):
        if element.tag == "table":
            rows = [[_xml_text(entry, notes) for entry in row.iter("entry")] for row in element.iter("row")]
            reading.table(plain(element.findtext("title") or ""), rows)
        elif element.tag in ("kop", "tussenkop", "titel"):
            _heading(reading, _xml_text(element, notes))
        else:
            reading.add(_xml_text(element, notes), element.tag == "li")
    reading.warning = lost(" ".join(body.itertext()), reading)
    return reading


def _heading(reading: Reading, text: str) -> None:
    """Adds a heading; a footnote to it becomes the first paragraph under it."""
    head, _, rest = text.partition("[footnoteRef:")
    reading.heading(head.strip())
    reading.add(" ".join(re.findall(r"\[[\d-]+: .*?\]", rest)))


def _xml_text(element: etree._Element, notes: Notes) -> str:
    text, ends = "", ""
    for part, node in _pieces(element):
        if node is None:
            text += part
        elif node.tag == "noot":
            number = notes.named((node.findtext("noot.nr") or "").strip())
            text += f"[footnoteRef:{number}]"
            ends += f" [{number}: {plain(' '.join(''.join(al.itertext()) for al in node.iter('noot.al')))}]"
    return plain(text) + ends


def _pieces(element: etree._Element) -> Iterator[tuple[str, etree._Element | None]]:
    """The text of ELEMENT in order, with a footnote as one piece, and without an item's number and what is a block of its own."""
    yield element.text or "", None
    for child in element:
        if child.tag in ("noot", "li.nr", "lijst", "table"):
            yield "", child
        else:
            yield from _pieces(child)
            yield (" " if child.tag in XML_APART else ""), None
        yield child.tail or "", None


def read_html(path: Path) -> Reading:
    """Pages: headings, paragraphs, list items and tables of the main text; notes at the foot are put in their place."""
    content = path.read_bytes()
    if b"</html" not in content.lower():
        raise ValueError("the page breaks off")
    root = html.document_fromstring(content, parser=html.HTMLParser(encoding=_encoding(content)))
    for part in root.xpath("//script|//style|//nav|//header|//footer|//form|//comment()|//li//span[@class='ol']"):
        part.drop_tree()
    for part in root.iter(*HTML_BLOCKS, "div", "br"):
        # Words of two blocks must not run together.
        part.text, part.tail = f" {part.text or ''}", f" {part.tail or ''}"
    notes = _html_notes(root)
    body = next(found[0] for place in HTML_BODIES if (found := root.xpath(place)))
    reading = Reading()
    for element in _blocks(body, HTML_BLOCKS, ("ul", "ol", "dl", "table")):
        if element.tag == "table":
            rows = [[_html_text(cell, notes) for cell in row.iter("td", "th")] for row in element.iter("tr")]
            reading.table(plain(element.findtext("caption") or ""), rows)
        elif re.fullmatch(r"h[1-6]", element.tag) or "tussenkop" in (element.get("class") or "").lower():
            _heading(reading, _html_text(element, notes))
        else:
            reading.add(_html_text(element, notes), element.tag == "li")
    reading.warning = lost(" ".join(body.itertext()), reading)
    return reading


def _encoding(content: bytes) -> str | None:
    """UTF-8 where CONTENT is that; otherwise what the page itself says."""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _html_notes(root: html.HtmlElement) -> dict[str, tuple[str, str]]:
    """Address of a note → (number, text); the notes themselves are taken out of ROOT."""
    notes, names = {}, Notes()
    for link in root.xpath(".//sup//a[starts-with(@href,'#')]|.//a[starts-with(@href,'#')][contains(@class,'noot')]"):
        number = re.sub(r"\D", "", link.text_content())
        target = root.xpath(".//*[@id=$id]", id=link.get("href")[1:])
        if number and target and link.get("href") not in notes:
            around = [target[0], *target[0].iterancestors("p", "li", "div")]
            note = next((one for one in around if "noot" in (one.get("class") or "")), None)
            note = note if note is not None else next((one for one in around if one.tag in ("p", "li", "div")), target[0])
            text = re.sub(rf"^(?:X Noot)?\W*{number}\b\W*", "", plain(note.text_content()))
            notes[link.get("href")] = (names.named(number), text)
            note.drop_tree()
    return notes


def _html_text(element: html.HtmlElement, notes: dict[str, tuple[str, str]]) -> str:
    own = copy.deepcopy(element)
    own.tail = None
    for part in own.xpath("./ul|./ol|./dl|.//table"):
        part.drop_tree()
    ends = ""
    for link in own.xpath(".//a[starts-with(@href,'#')]"):
        if found := notes.get(link.get("href")):
            number, text = found
            ends += f" [{number}: {text}]"
            link.text, link[:] = f"[footnoteRef:{number}]", []
    return plain(own.text_content()) + ends


def _blocks(root: etree._Element, tags: tuple[str, ...], within: tuple[str, ...]) -> Iterator[etree._Element]:
    """Every element with one of TAGS, in order; of what stands in another such element only that inside one of WITHIN."""
    for child in root:
        if child.tag in tags:
            yield child
            if child.tag != "table":
                for inner in child.iterchildren(*within):
                    yield from _blocks(inner, tags, within) if inner.tag != "table" else [inner]
        else:
            yield from _blocks(child, tags, within)
