"""From the built site to one clean XHTML tree per language, in the order of the navigation."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from handbook.addresses import address
from handbook.book.cleaning import clean
from handbook.book.notes import inline_notes
from handbook.book.order import Entry, key, order, parts, settings
from handbook.book.pictures import locate_images, mend_charts
from handbook.book.proof import line_of, proofs
from handbook.content import Handbook
from handbook.loading import BadInput, Finding

_ROOT_LANGUAGE = "nl"
_HOST = "https://book.invalid"
_ARTICLE = "//article[contains(@class, 'md-content__inner')]"
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
    entries = order(book, lang, only)
    root = etree.Element("html", lang=lang)
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = about.title
    said = f"{book.labels('book', 'selection', lang)}: " + ", ".join(entry.title for entry in entries[:6]) if only else about.about
    tree = Tree(lang, about.title, said, entries, root, whole=not only)
    linker = _Linker(site, lang, about.address, {entry.path for entry in entries if entry.path})
    for entry in entries:
        body.append(_section(book, site, linker, entry, tree.findings))
    tree.findings += proofs(book, tree.sections, lang)
    return tree


def parts_of(book: Handbook, tree: Tree) -> Iterator[Tree]:
    """Every part of TREE that holds more than one page, as a book of its own with the numbers that it has in the whole."""
    sections = {section.get("id"): section for section in tree.sections}
    for entries in parts(tree.entries):
        if len([entry for entry in entries if entry.path]) > 1:
            root = etree.Element("html", lang=tree.lang)
            body = etree.SubElement(root, "body")
            body.extend(copy.deepcopy(sections[entry.key]) for entry in entries)
            first = entries[0]
            about = f"{book.labels('book', 'part', tree.lang)} {first.number}: {first.title}"
            yield Tree(tree.lang, tree.title, about, entries, root, whole=False)


def page_url(path: str, lang: str) -> str:
    """The address below the site's root of page PATH in LANG."""
    return f"/{address(path)}" if lang == _ROOT_LANGUAGE else f"/{lang}/{address(path)}"


def _section(book: Handbook, site: Path, linker: "_Linker", entry: Entry, findings: list[Finding]) -> etree._Element:
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
    if entry.level == 2:
        own = [one for one in found if one.tag == "h3" and (one.get("id") or "").rpartition("--")[2] in written]
        for number, heading in enumerate(own, 1):
            heading.set("data-number", f"{entry.number}.{number}")


class _Linker:
    """Turns the addresses of the site into links inside the book, or to the published site for what is not in it."""

    def __init__(self, site: Path, lang: str, published: str, paths: set[str]):
        self.lang, self._site, self._published = lang, site, published.rstrip("/")
        self._keys = {page_url(path, lang): key(path) for path in paths}

    def link(self, article: html.HtmlElement, url: str, own: str) -> list[str]:
        """Sets ids and links of ARTICLE, the page at URL with key OWN; returns the addresses that lead nowhere."""
        wrong = []
        for element in article.iter():
            if isinstance(element.tag, str) and not element.tag.startswith("{") and element.get("id"):
                element.set("id", f"{own}--{_name(element.get('id'))}")
        for link in article.iter("a"):
            if (target := link.get("href")) is None:
                continue
            parts = urlsplit(urljoin(_HOST + url, target))
            path, anchor = re.sub(r"index\.html$", "", unquote(parts.path)), _name(unquote(parts.fragment))
            if f"{parts.scheme}://{parts.netloc}" != _HOST:
                link.set("class", "external")
            elif path in self._keys:
                link.set("href", f"#{self._keys[path]}" + (f"--{anchor}" if anchor else ""))
            elif (self._site / path.lstrip("/")).exists():
                link.set("href", self._published + parts.path + (f"#{parts.fragment}" if parts.fragment else ""))
                link.set("class", "external outside")
            else:
                wrong.append(target)
        return wrong


def _name(anchor: str) -> str:
    """ANCHOR as an XML name: a colon would be a namespace."""
    return anchor.replace(":", "-")
