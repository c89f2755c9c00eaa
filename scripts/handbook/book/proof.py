"""What must hold for the tree of the book; each finding names the page and the line that caused it."""

from collections.abc import Iterator

from lxml import etree

from handbook.book.pictures import SVG, alternative
from handbook.content import Handbook
from handbook.loading import Finding
from handbook.pages import Page


def line_of(page: Page, needle: str) -> int:
    """The line of PAGE where NEEDLE stands, or where a marked place brings it in, or its first line of text."""
    tail = needle.strip("/").split("/")[-1] if "/" in needle else needle
    for wanted in (needle, tail):
        if wanted and (at := page.body.find(wanted)) >= 0:
            return page.first_line + page.body.count("\n", 0, at)
    return page.markers[0][0] if page.markers else page.first_line


def proofs(book: Handbook, sections: list[etree._Element], lang: str) -> list[Finding]:
    """Every finding on SECTIONS: ids, links, alternatives, heading levels."""
    pages = {page.shown: page for (language, _), page in book.pages.items() if language == lang}
    ids = {element.get("id") for section in sections for element in _elements(section)}
    findings: list[Finding] = []
    seen: set[str] = set()
    previous = 0
    for section in sections:
        page = pages.get(section.get("data-src"))
        shown = page.shown if page else "mkdocs.yml"

        def found(rule: str, needle: str, message: str, page: Page | None = page, shown: str = shown) -> None:
            findings.append(Finding(shown, line_of(page, needle) if page else 1, rule, message))

        for rule, needle, message in _section_findings(section, ids, seen, previous):
            found(rule, needle, message)
        levels = [int(e.tag[1]) for e in _elements(section) if _is_heading(e)]
        previous = levels[-1] if levels else previous
    return findings


def _section_findings(section: etree._Element, ids: set, seen: set, previous: int) -> Iterator[tuple[str, str, str]]:
    """(rule, what to look for in the page, message) for all that is wrong in SECTION, which follows a heading of level PREVIOUS."""
    prefix = f"{section.get('id')}--"
    for element in _elements(section):
        its_id = element.get("id")
        if its_id in seen:
            own = its_id.removeprefix(prefix)
            yield "id-twice", own, f"The id {own!r} must be used once in the book. Rename one of the two."
        seen.add(its_id) if its_id else None
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and target[1:] not in ids:
            own = target.rpartition("--")[2]
            yield "anchor-broken", own, f"The link must lead to an anchor that exists; {target} does not. Correct the link or the anchor."
        if element.tag == "img" and not (element.get("alt") or "").strip():
            name = element.get("src", "").rpartition("/")[2]
            yield "alternative-missing", name, f"The image {name} must have a text alternative. Say in words what it shows."
        if element.tag == f"{{{SVG}}}svg" and element.get("aria-hidden") != "true" and not alternative(element):
            yield "alternative-missing", "<svg", "The chart must have a text alternative. Give it a title or an aria-label."
        if _is_heading(element):
            level, text = int(element.tag[1]), " ".join("".join(element.itertext()).split())
            own = (its_id or "").removeprefix(prefix) or text
            if level > previous + 1:
                yield "level-skipped", own, f"The heading {text!r} must be one level below the heading before it. Use fewer # marks."
            if not text:
                yield "heading-empty", own, "The heading must have a text. Write or remove it."
            previous = level


def _elements(section: etree._Element) -> Iterator[etree._Element]:
    return (element for element in section.iter() if isinstance(element.tag, str))


def _is_heading(element: etree._Element) -> bool:
    return len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit()
