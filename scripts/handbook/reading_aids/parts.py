"""The parts of a page that can be cited, read from its finished HTML, so that what data draws counts as much as what is written.

docs/assets/tools.js finds the same parts by the same rules; tests/test_citing.py proves that both say the same."""

from collections.abc import Iterator

from lxml import etree, html

from handbook.reading_aids.references import Part

# What can be cited, and where its title stands.
ENTRIES = (
    "//dl[contains(@class, 'hb-terms')]/div[@id]",
    "//tr[@id]",
    "//article[@id]",
    "//figure[@id]",
    "//ol[contains(@class, 'hb-timeline')]/li[@id]",
    "//ol[contains(@class, 'hb-paragraphs')]/li[@id]",
)
_TITLES = {"div": "dt", "tr": "th", "article": "h3", "figure": "figcaption"}
_OPAQUE = {"p", "svg", "button", "ul"}
_OPAQUE_CLASSES = {"hb-cites", "hb-other", "hb-tag", "headerlink"}


def parts_of(article: html.HtmlElement) -> Iterator[Part]:
    """The parts of ARTICLE: its sections, then its entries."""
    for heading in article.xpath(".//*[self::h2 or self::h3][@id]"):
        yield Part(heading.get("id"), "section", _said(heading), tuple(_keys(_section(heading))))
    for path in ENTRIES:
        yield from filter(None, map(_entry, article.xpath("." + path)))


def _entry(element: html.HtmlElement) -> Part | None:
    its_id = element.get("id")
    if its_id.startswith("p-") and element.tag == "li":
        return Part(its_id, "paragraph", its_id.removeprefix("p-"))
    title = element.find(f".//{_TITLES[element.tag]}") if element.tag in _TITLES else element.find("./p[@class='hb-when']")
    if title is None:
        return None
    said = _said(title)
    # A figure is nothing without what it measures.
    if "hb-number" in (title.get("class") or ""):
        said = f"{said}: {_said(title.getnext())}"
    return Part(its_id, "entry", said, tuple(_keys([element])))


def _said(element: html.HtmlElement) -> str:
    """The words of ELEMENT without what only accompanies them."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _OPAQUE and not _OPAQUE_CLASSES & set((child.get("class") or "").split()):
            yield from _texts(child)
        yield child.tail or ""


def _section(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What stands below HEADING, up to the next heading of its level or above."""
    for element in heading.itersiblings():
        if element.tag in ("h1", "h2", "h3") and element.tag <= heading.tag:
            return
        yield element


def _keys(elements: Iterator[html.HtmlElement] | list[html.HtmlElement]) -> Iterator[str]:
    """The citation keys in ELEMENTS, each once: of footnotes, and of what data cites."""
    seen = set()
    for element in elements:
        for link in element.iter("a"):
            kind, address = link.get("class"), link.get("href", "")
            key = address.removeprefix("#fn:") if kind == "footnote-ref" else _cited(address) if kind == "hb-cite" else ""
            if key and key not in seen:
                seen.add(key)
                yield key


def _cited(address: str) -> str:
    """The key to which a citation's ADDRESS leads: `../sources/vision-2020/#p-1.2`, or on the source's own page `#p-1.2`."""
    page, _, anchor = address.partition("#p-")
    return f"{page.rstrip('/').rpartition('/')[2]}:{anchor}"
