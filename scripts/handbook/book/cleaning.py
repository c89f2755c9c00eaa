"""What a page of the site loses on paper: buttons, forms and folding; what was folded is opened."""

from lxml import etree, html

# Furniture of the screen. `hb-screen` marks what a page itself wants kept out of the book.
_DROPPED = [
    "script",
    "style",
    "nav",
    "button",
    "input",
    "select",
    "output",
    "progress",
    "template",
    ".headerlink",
    ".footnote-backref",
    ".md-content__button",
    ".hb-gist",
    ".hb-filter",
    ".hb-verdict",
    ".hb-progress",
    ".hb-done",
    ".hb-screen",
]
_KEPT = {"id", "class", "href", "src", "alt", "lang", "colspan", "rowspan", "scope", "start", "type", "title", "data-answer"}
LETTERS = "A"


def clean(article: html.HtmlElement) -> None:
    """Makes ARTICLE, the HTML of one page, fit for the book; ids, links and footnotes are left alone."""
    for comment in article.xpath(".//comment()"):
        comment.drop_tree()
    for form in article.xpath(".//form[contains(@class, 'hb-quiz')]"):
        _open_quiz(form)
    for name in _DROPPED:
        for element in article.xpath(f".//*[{_has_class(name[1:])}]" if name.startswith(".") else f".//{name}"):
            element.drop_tree()
    for element in article.xpath(".//*[@hidden]"):
        element.drop_tree()
    for details in article.xpath(".//details"):
        _open_details(details)
    for door in article.xpath(f".//*[{_has_class('hb-door')}]"):
        _open_door(door)
    for wrapper in article.xpath(f".//*[{_has_class('hb-scroll')} or {_has_class('hb-hero')}]"):
        wrapper.drop_tag()
    for element in article.iter():
        if isinstance(element.tag, str) and not element.tag.startswith("{"):
            _plain(element)


def has_class(element: etree._Element, name: str) -> bool:
    """Whether ELEMENT carries class NAME."""
    return name in (element.get("class") or "").split()


def replace(old: etree._Element, new: etree._Element) -> None:
    """Puts NEW where OLD stands, keeping the text after it."""
    new.tail, old.tail = old.tail, None
    old.getparent().replace(old, new)


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _open_quiz(form: html.HtmlElement) -> None:
    """A question with its options as a lettered list."""
    question, options = etree.Element("p", {"class": "hb-open"}), etree.Element("ol", {"type": LETTERS, "class": "hb-options"})
    legend = form.find(".//legend")
    etree.SubElement(question, "strong").text = legend.text_content().strip() if legend is not None else ""
    for label in form.iter("label"):
        etree.SubElement(options, "li").text = label.text_content().strip()
    block = etree.Element("div", {"class": "hb-quiz-open", "data-answer": form.get("data-answer") or "1"})
    block.extend([question, options])
    replace(form, block)


def _open_details(details: html.HtmlElement) -> None:
    summary = details.find("summary")
    admonition = not any(name.startswith("hb-") for name in (details.get("class") or "").split()) and details.get("class")
    details.tag = "div"
    details.set("class", f"admonition {details.get('class')}" if admonition else f"opened {details.get('class') or ''}".strip())
    if summary is not None:
        if has_class(details, "hb-data"):
            summary.drop_tree()  # the caption of the chart above already names its data
        else:
            summary.tag = "p"
            summary.set("class", "admonition-title" if admonition else "summary")


def _open_door(door: html.HtmlElement) -> None:
    """A door of the home page is a paragraph with its name in bold; it is no section of the book."""
    for heading in door.iter("h2", "h3"):
        heading.tag = "p"
        heading.set("class", "door-title")


def _plain(element: html.HtmlElement) -> None:
    if element.tag == "article" or (element.tag == "section" and not element.get("class")):
        element.tag = "div"
    for name in set(element.attrib) - _KEPT:
        del element.attrib[name]
    if element.tag == "a":
        element.attrib.pop("title", None)
