"""Names for the parts of a page that Markdown leaves nameless or names in English: permalinks, footnotes, tables."""

import re
from collections import Counter
from collections.abc import Callable

from lxml import etree, html

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def name_parts(root: html.HtmlElement, word: Callable[[str], str], title: str) -> None:
    """Names the parts of ROOT, the article of the page called TITLE, with WORD, which gives a label in the page's language."""
    names: Counter[str] = Counter()
    heading = title
    for element in list(root.iter(*_HEADINGS, "table")):
        if element.tag == "table":
            _prepare_table(element, _unique(f"{word('table')}: {_caption(element) or heading}", names))
        else:
            heading = _name_permalink(element, word("permalink"))
    for link in root.iterfind(".//a[@class='footnote-ref']"):
        link.set("aria-label", f"{word('footnote')} {link.text_content()}")
        _keep_apart(link.getparent())
    for link in root.iterfind(".//a[@class='footnote-backref']"):
        _name_way_back(link, word("back"))
    for notes in root.iterfind(".//div[@class='footnote']"):
        notes.set("role", "doc-endnotes")
        notes.set("aria-label", word("footnotes"))


def _unique(name: str, names: Counter[str]) -> str:
    names[name] += 1
    return name if names[name] == 1 else f"{name} ({names[name]})"


def _caption(table: html.HtmlElement) -> str:
    found = table.find("caption")
    return found.text_content().strip() if found is not None else ""


def _name_permalink(heading: html.HtmlElement, words: str) -> str:
    """Names the permalink of HEADING after it; gives the heading's own text."""
    link = heading.find("a[@class='headerlink']")
    if link is None:
        return heading.text_content().strip()
    text = heading.text_content().removesuffix(link.text_content()).strip()
    link.attrib.pop("title", None)
    link.set("aria-label", f"{words} “{text}”")
    return text


def _keep_apart(mark: html.HtmlElement) -> None:
    """Tells a footnote's MARK that comes right behind another, so that a finger can choose between them (2.5.8)."""
    before = mark.getprevious()
    if before is not None and before.tag == "sup" and not (before.tail or "").strip():
        mark.set("class", "hb-next")


def _name_way_back(link: html.HtmlElement, words: str) -> None:
    """Names a link from a footnote to the text; a note used more than once has as many, numbered."""
    number = re.search(r"\d+", link.attrib.pop("title", ""))
    again = re.match(r"#fnref(\d+):", link.get("href", ""))
    link.set("aria-label", f"{words} {number[0] if number else ''}".strip() + (f" ({again[1]})" if again else ""))


def _prepare_table(table: html.HtmlElement, name: str) -> None:
    """Wraps TABLE so that it scrolls by itself under NAME, and replaces alignment styles, which the security policy refuses, by classes."""
    for cell in table.iter("th", "td"):
        if style := cell.attrib.pop("style", None):
            cell.set("class", f"hb-{style.rpartition(':')[2].strip(' ;')}")
    for cell in table.iterfind("thead//th"):
        cell.set("scope", "col")
    table.set("class", " ".join(dict.fromkeys(["hb-table", *(table.get("class") or "").split()])))
    parent = table.getparent()
    # Only a table that does not fit is a region to scroll and a stop for the keyboard; the script sees whether it fits.
    wrapper = etree.Element("div", {"class": "hb-scroll", "data-name": name})
    wrapper.tail, table.tail = table.tail, None
    parent.replace(table, wrapper)
    wrapper.append(table)
