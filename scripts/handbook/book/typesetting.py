"""What the Typst template reads: the tree with charts as text, tables measured, page references chosen, notes shortened."""

import re
from collections.abc import Iterable

from lxml import etree

from handbook.book.answers import READ_ON
from handbook.book.baring import bare
from handbook.book.cleaning import has_class, replace
from handbook.book.endings import keep_end
from handbook.book.lists import merge_cites, run_together, shorten
from handbook.book.notes import number_notes
from handbook.book.numbering import Numbers
from handbook.book.pictures import SVG, alternative
from handbook.book.register import IndexEntry, add_index
from handbook.book.tables import measured

INK = "#17282c"
FONT = "Source Sans 3"
# Blocks whose links are a list by themselves: they get the bare page number, running text gets it in words.
_LISTS = ("hb-related", "hb-columns", "hb-tags", "hb-facts", "hb-more")
_SILENT = ("hb-term", "hb-cite", "hb-locator", "external")
_LONG_WORD, _PIECE = re.compile(r"[^\s\u00ad]{41,}"), re.compile(r".{10}(?=.)")
_REFERENCE = re.compile(r"^h[1-6]$")


def typesetting(sections: Iterable[etree._Element], index: Iterable[IndexEntry], anchors: set[str]) -> Numbers:
    """SECTIONS and the INDEX as the text of the template; ANCHORS are the ids to which registers point. The tree itself is changed."""
    root = etree.Element("book")
    root.extend(list(sections))
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    number_notes(root)
    for section in root:
        _charts(section)
        for table in list(section.iter("table")):
            replace(table, measured(table))
        merge_cites(section)
        run_together(section)
        shorten(section, ids)
        _links(section, ids)
        bare(section)
        in_columns, following = bool(section.get("kind")), section.getnext()
        # In columns, entries run on: only the last of a chapter has an end.
        if not in_columns or following is None or int(following.get("data-level")) < 3:
            keep_end(section, in_columns)
    _strip_ids(root, anchors)
    _spaces(root)
    add_index(root, index)
    return Numbers(root)


def _charts(section: etree._Element) -> None:
    for svg in list(section.iter(f"{{{SVG}}}svg")):
        chart = etree.Element("chart", alt=alternative(svg))
        tail, svg.tail = svg.tail, None
        for element in svg.iter():
            for name in ("fill", "stroke"):
                if element.get(name) == "currentColor":
                    element.set(name, INK)
            if element.get("font-family"):
                element.set("font-family", FONT)
        chart.text = etree.tostring(svg, encoding="unicode")
        svg.tail = tail
        replace(svg, chart)


def _links(section: etree._Element, ids: set[str]) -> None:
    """Chooses for each link what print shows: nothing, a page number, or a page number in words; once a target and section."""
    told: set[str] = set()
    for link in list(section.iter("a")):
        target = link.get("href") or ""
        classes = set((link.get("class") or "").split())
        if not target.startswith("#"):
            if has_class(link, "outside"):
                _unlink(link)
            continue
        if target[1:] not in ids:
            _unlink(link)
            continue
        link.set("to", target[1:])
        del link.attrib["href"]
        holders = {name for parent in link.iterancestors() for name in (parent.get("class") or "").split()}
        in_heading = any(_REFERENCE.match(parent.tag) for parent in link.iterancestors())
        in_table = any(parent.tag == "cell" for parent in link.iterancestors())
        if "hb-cite" in classes or "footnote" in holders:
            link.set("mark", target[1:])
        if classes & set(_SILENT) or holders & {"footnote", "hb-cites", "hb-used"} or in_heading or in_table:
            continue
        if target[1:].split("--")[0] == section.get("id"):
            continue
        if holders & set(_LISTS):
            _tell_page(link, "short")
        elif target not in told or READ_ON in classes:
            told.add(target)
            _tell_page(link, "long")


def _tell_page(link: etree._Element, form: str) -> None:
    """Puts the page to which LINK leads behind it, in FORM."""
    link.set("told", "1")
    at = etree.Element("at", {"form": form, "of": link.get("to")})
    at.tail, link.tail = link.tail, None
    link.addnext(at)


def _unlink(link: etree._Element) -> None:
    link.tag = "span"
    link.attrib.pop("href", None)
    link.attrib.pop("class", None)


def _strip_ids(root: etree._Element, anchors: set[str]) -> None:
    """Leaves only the ids to which something points; each place costs."""
    wanted = anchors | {element.get("to") for element in root.iter("a", "member")}
    wanted |= {its_id for at in root.iter("at") for its_id in at.get("of").split()}
    wanted |= {element.get("href", "")[1:] for element in root.iter("a")}
    for element in root.iter():
        if element.tag != "section" and element.get("id") and element.get("id") not in wanted:
            del element.attrib["id"]


def _spaces(root: etree._Element) -> None:
    """Runs of white space become one space; words longer than any line may break, or they would leave the page."""
    for element in root.iter():
        if element.tag in ("chart", "pre"):
            continue
        if element.text:
            element.text = _breakable(element.text)
        if element.tail:
            element.tail = _breakable(element.tail)


def _breakable(text: str) -> str:
    return _LONG_WORD.sub(lambda match: _PIECE.sub("\\g<0>\u00ad", match[0]), re.sub(r"[ \t\r\n]+", " ", text))
