"""What happens to a page's HTML after Markdown: terms get their definitions, and the parts of the page their names."""

from lxml import etree, html

from handbook.addresses import relative
from handbook.content import Handbook
from handbook.naming import name_parts
from handbook.pages import Page
from handbook.terms import Terms

# Inside these a link would be wrong or a nuisance.
_CLOSED = {
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "code",
    "pre",
    "summary",
    "th",
    "button",
    "label",
    "select",
    "dt",
    "figure",
    "svg",
    "script",
    "style",
}
_CLOSED_CLASSES = {"footnote", "hb-facts", "hb-paragraphs", "hb-related", "hb-more", "hb-filter", "hb-terms", "hb-cites", "hb-columns"}


class Finisher:
    """Finishes the HTML of pages; holds the handbook and the compiled terms."""

    def __init__(self, book: Handbook):
        self._book = book
        self._terms = Terms({t.id: t for t in book.lists["glossary"].values() if t.link})

    def finish(self, text: str, page: Page) -> html.HtmlElement:
        """TEXT, the HTML of PAGE's article, inside one element, with term links and every part named in the page's language."""
        root = html.fragment_fromstring(text, create_parent="div")
        if page.path != "glossary.md":
            self._link_terms(root, page)
        name_parts(root, lambda key: self._book.labels("site", key, page.lang), page.front.title)
        return root

    def _link_terms(self, root: html.HtmlElement, page: Page) -> None:
        seen: set[str] = set()
        for node in list(_open_nodes(root)):
            if node.text:
                self._link(node, None, node.text, page, seen)
            for child in list(node):
                if child.tail:
                    self._link(node, child, child.tail, page, seen)

    def _link(self, parent: html.HtmlElement, before: html.HtmlElement | None, text: str, page: Page, seen: set[str]) -> None:
        """Turns the first occurrences of terms in TEXT, which stands in PARENT after BEFORE, into links."""
        fresh = []
        for found in self._terms.in_text[page.lang].find(text):
            if found.id not in seen:
                seen.add(found.id)
                fresh.append(found)
        if not fresh:
            return
        position = 0 if before is None else parent.index(before) + 1
        lead = text[: fresh[0].start]
        if before is None:
            parent.text = lead
        else:
            before.tail = lead
        for offset, found in enumerate(fresh):
            term = self._book.lists["glossary"][found.id]
            # Two letters are narrower than a finger may need (WCAG 2.5.8).
            kind = "hb-term hb-short" if found.end - found.start <= 2 else "hb-term"
            link = etree.Element(
                "a", {"class": kind, "href": relative(page.path, "glossary.md", term.id), "data-tip": term.definition[page.lang]}
            )
            link.text = text[found.start : found.end]
            end = fresh[offset + 1].start if offset + 1 < len(fresh) else len(text)
            link.tail = text[found.end : end]
            parent.insert(position + offset, link)


def inside(root: html.HtmlElement) -> str:
    """The HTML inside ROOT."""
    return (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)


def _open_nodes(root: html.HtmlElement):
    """Every element whose own text may hold term links, in document order."""
    for node in root:
        if not isinstance(node.tag, str) or node.tag in _CLOSED or _CLOSED_CLASSES & set((node.get("class") or "").split()):
            continue
        yield node
        yield from _open_nodes(node)
