"""From the built site to one clean XHTML tree per language, in the order of the navigation."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree, html

from handbook.book.choosing import select, stems
from handbook.book.cleaning import clean, has_class
from handbook.book.linking import Linker, page_url
from handbook.book.notes import inline_notes
from handbook.book.order import Entry, order, settings
from handbook.book.pictures import locate_images, mend_charts
from handbook.book.proof import line_of, proofs
from handbook.content import Handbook
from handbook.loading import BadInput, Finding

_ARTICLE = "//article[contains(@class, 'md-content__inner')]"
# How many of its pages a selection names on its cover.
_NAMED = 6
LEVELS = tuple(f"h{level}" for level in range(1, 7))


@dataclass
class Tree:
    """The book in one language: its XHTML, its entries in order, its title and subtitle, and whether it is the whole book."""

    lang: str
    title: str
    about: str
    entries: list[Entry]
    root: etree._Element
    whole: bool = True
    findings: list[Finding] = field(default_factory=list)

    @property
    def sections(self) -> list[etree._Element]:
        """The sections of the book, one for each entry, in order."""
        return self.root.findall("body/section")


def assemble(book: Handbook, site: Path, lang: str, only: tuple[str, ...] = ()) -> Tree:
    """The tree of BOOK in LANG from the built SITE, of the pages ONLY or of all; what is wrong with it is in `findings`.

    Raises BadInput when the navigation or the site lacks a page altogether.
    """
    about = settings(book.root, lang)
    entries = select(order(book, lang), stems(only, lang)) if only else order(book, lang)
    root = etree.Element("html", lang=lang)
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = about.title
    tree = Tree(lang, about.title, about.about, [], root, whole=not only)
    linker = Linker(site, lang, about.address, {entry.path for entry in entries if entry.path})
    for entry in entries:
        body.append(section := _section(book, site, linker, entry, tree.findings))
        # A chapter is called by its heading everywhere: the title in the front matter is a browser's.
        tree.entries.append(replace(entry, title=section.get("data-title")))
    if only:
        tree.about = f"{book.labels('book', 'selection', lang)}: " + ", ".join(entry.title for entry in tree.entries[:_NAMED])
    tree.findings += proofs(book, tree.sections, lang)
    return tree


def _section(book: Handbook, site: Path, linker: Linker, entry: Entry, findings: list[Finding]) -> etree._Element:
    section = etree.Element("section", {"id": entry.key, "data-level": str(entry.level), "data-number": entry.number})
    section.set("data-title", entry.title)
    if entry.path is None:
        etree.SubElement(section, f"h{entry.level}", {"class": "page-title"}).text = entry.title
        return section
    page = book.pages[linker.lang, entry.path]
    section.set("data-src", page.shown)
    url = page_url(entry.path, linker.lang)
    file = site / url.strip("/") / "index.html"
    if not file.is_file():
        message = f"The page must be in the built site; {file.relative_to(site)} is not. Build the site first: make site."
        raise BadInput([Finding(page.shown, 1, "page-not-built", message)])
    document = html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    article = document.xpath(_ARTICLE)[0]
    mend_charts(article, entry.key)
    inline_notes(article)
    clean(article)
    for image in locate_images(article, site, url):
        message = f"The image must exist; {image} does not. Add the file or correct its address."
        findings.append(Finding(page.shown, line_of(page, image), "image-missing", message))
    for wrong in linker.link(article, url, entry.key):
        message = f"The link must lead somewhere; {wrong} does not. Correct it."
        findings.append(Finding(page.shown, line_of(page, wrong), "link-broken", message))
    _headings(article, entry, {heading.id for heading in page.headings})
    section.set("data-title", article.get("data-title"))
    section.extend(list(article))
    return section


def _headings(article: html.HtmlElement, entry: Entry, written: set[str | None]) -> None:
    """Sinks the headings below the entry's own level; the first is its title. Sections that an author has WRITTEN get numbers."""
    found = list(article.iter(*LEVELS))
    for heading in found:
        heading.tag = f"h{min(6, int(heading.tag[1]) + entry.level - 1)}"
    if not found or found[0].tag != f"h{entry.level}":
        title = etree.Element(f"h{entry.level}")
        title.text = entry.title
        article.insert(0, title)
        found.insert(0, title)
    found[0].set("class", "page-title")
    article.set("data-title", " ".join(_said(found[0]).split()))
    if entry.level == 2:
        own = [one for one in found if one.tag == "h3" and (one.get("id") or "").rpartition("--")[2] in written]
        for number, heading in enumerate(own, 1):
            heading.set("data-number", f"{entry.number}.{number}")
            heading.set("data-title", " ".join(_said(heading).split()))


def _said(element: etree._Element) -> str:
    """What ELEMENT says, without its notes and without a name in the other language."""
    if has_class(element, "footnote") or has_class(element, "hb-other"):
        return ""
    return (element.text or "") + "".join(_said(child) + (child.tail or "") for child in element)
