"""The tree as the template reads it: holders of other elements hold nothing else, and what no reader of print needs is gone."""

from lxml import etree

from handbook.book.cleaning import has_class
from handbook.book.numbering import MARK

# White space in these is the layout of a file.
_HOLDERS = ("ul", "ol", "dl", "table", "head", "row")
_HOLDING = ("hb-terms", "hb-facts", "hb-more", "hb-paragraphs", "hb-timeline")


def bare(section: etree._Element) -> None:
    """Puts the title of SECTION first, and takes white space and screen matter from the elements that hold others."""
    title = section.find(".//*[@class='page-title']")
    section.insert(0, title)
    for used in [one for one in section.iter("p") if has_class(one, "hb-used")]:
        used.getparent().remove(used)
    for listed in [one for one in section.iter("ol", "ul") if has_class(one, "hb-paragraphs")]:
        for item in listed:
            _paragraph(item)
    holders = [one for one in section.iter() if one.tag in _HOLDERS or set(_HOLDING) & set((one.get("class") or "").split())]
    holders += [item for one in holders if one.tag == "dl" or has_class(one, "hb-timeline") for item in one if item.tag in ("div", "li")]
    for holder in (section, *holders):
        holder.text = _said(holder.text)
        for child in holder:
            child.tail = _said(child.tail)
    if section.get("kind"):
        for facts in [one for one in section.iter("dl") if any(has_class(up, "hb-facts") for up in one.iterancestors())]:
            facts.set("narrow", "1")


def _paragraph(item: etree._Element) -> None:
    """ITEM, a paragraph of a source, as its locator and what it says, with the pages that cite it."""
    locator, told = item.find("a"), item.find("div")
    said = told.findall("p")
    for child in [*item, *told]:
        child.getparent().remove(child)
        child.tail = None
    item.text = told.text = None
    item.extend([locator, told])
    told.extend(said)
    if item.get("id"):
        etree.SubElement(said[-1], "at", {"form": "used", "of": MARK + item.get("id")})


def _said(text: str | None) -> str | None:
    return text if text and text.strip() else None
