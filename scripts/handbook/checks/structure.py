"""The shape of pages: explicit heading ids, known marked places, links that lead somewhere, the skeleton of instrument pages."""

import difflib
import posixpath
import re
from collections.abc import Iterator
from functools import cache

from handbook.content import Handbook
from handbook.loading import Finding
from handbook.places import PLACES, anchors

INSTRUMENT_HEADINGS = ("in-brief", "what", "how", "gaps", "related")


def headings(book: Handbook) -> Iterator[Finding]:
    """Every heading must carry an explicit id, used once, and no level may be skipped."""
    for page in book.wanted_pages():
        seen: set[str] = set()
        level = 0
        for heading in page.headings:
            if not heading.id:
                yield Finding(
                    page.shown, heading.line, "heading-id", "The heading must carry an explicit id. Add { #id }, equal in both languages."
                )
            elif heading.id in seen:
                yield Finding(page.shown, heading.line, "heading-id", f"The id {heading.id} must be used once on the page. Choose another.")
            if heading.level > level + 1:
                yield Finding(
                    page.shown, heading.line, "heading-level", f"The heading must be of level {level + 1} at most. Do not skip a level."
                )
            seen.add(heading.id or "")
            level = heading.level


def markers(book: Handbook) -> Iterator[Finding]:
    """A marked place must be one that the handbook can fill."""
    for page in book.wanted_pages():
        for line, name, _ in page.markers:
            if name not in PLACES:
                near = difflib.get_close_matches(name, PLACES, n=3)
                yield Finding(
                    page.shown, line, "marker-unknown", f"handbook:{name} must be a known place. Nearest: {', '.join(near) or 'none'}."
                )
        for number, text in enumerate(page.body.splitlines(), page.first_line):
            if "handbook:" in text and "<!--" in text and number not in {line for line, _, _ in page.markers}:
                yield Finding(
                    page.shown, number, "marker-unknown", "A marked place must stand alone as <!-- handbook:name -->. Correct it."
                )


def instrument_pages(book: Handbook) -> Iterator[Finding]:
    """Instruments of tier A and B must have a page with the skeleton of its kind; those of tier C none."""
    for instrument in book.instruments.values():
        page = book.pages.get(("nl", f"instruments/{instrument.id}.md"))
        if (page is None) == (instrument.tier != "C"):
            must = "must have no page" if page else "must have a page"
            yield Finding(
                *book.where(instrument, "tier"), "instrument-page", f"An instrument of tier {instrument.tier} {must}. Add or remove it."
            )
    for page in book.wanted_pages():
        path = page.path
        if not path.startswith("instruments/") or path == "instruments/index.md":
            continue
        if page.front.instrument != path[len("instruments/") : -len(".md")] or page.front.instrument not in book.instruments:
            yield Finding(
                page.shown, 1, "instrument-page", "The page's `instrument` must be its file name and an instrument's id. Correct it."
            )
        have = {heading.id for heading in page.headings} | {name for _, name, _ in page.markers}
        missing = [want for want in (*INSTRUMENT_HEADINGS, "instrument") if want not in have]
        if missing:
            yield Finding(page.shown, page.first_line, "instrument-page", f"The page must have {', '.join(missing)}. Add them.")


def images(book: Handbook) -> Iterator[Finding]:
    """An image must have a text alternative."""
    for page in book.wanted_pages():
        for line, target in page.wordless_images:
            yield Finding(page.shown, line, "image-alternative", f"The image {target} must have a text alternative. Write ![…]({target}).")


def links(book: Handbook) -> Iterator[Finding]:
    """A link must lead to a page, an anchor or a file of the handbook, in the same language."""
    known = cache(lambda lang, place: anchors(book, book.pages[lang, place]))
    for page in book.wanted_pages():
        for line, target, _ in page.links:
            if re.match(r"https://|mailto:", target):
                continue
            path, _, anchor = target.partition("#")
            place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
            if re.match(r"[a-z]+:|/", target):
                yield Finding(page.shown, line, "link-broken", f"The link {target} must be relative or begin with https://. Correct it.")
            elif not place.endswith(".md"):
                if not (book.root / "docs" / page.lang / place).exists() and not (book.root / "docs" / place.removeprefix("../")).exists():
                    yield Finding(page.shown, line, "link-broken", f"The link {target} must lead to a file. Correct the path.")
            elif (page.lang, place) not in book.pages:
                yield Finding(page.shown, line, "link-broken", f"The link {target} must lead to a page. Correct the path.")
            elif anchor and anchor not in known(page.lang, place):
                near = difflib.get_close_matches(anchor, known(page.lang, place), n=3)
                yield Finding(
                    page.shown, line, "link-broken", f"The anchor #{anchor} must exist on {place}. Nearest: {', '.join(near) or 'none'}."
                )
