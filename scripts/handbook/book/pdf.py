"""The book as a PDF: the tree and its registers handed to the template; one file for PDF/UA-1 and PDF/A-3a."""

import copy
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from handbook.book.answers import ANSWERS
from handbook.book.assemble import Tree
from handbook.book.parts import excerpts
from handbook.book.press import REGIONS, Press
from handbook.book.register import abbreviations, index_entries, mark_mentions
from handbook.book.typesetting import typesetting
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.model.base import sort_key
from handbook.wording import date

# The contents list the levels above this one.
_CONTENTS = 3
# Set in two columns throughout, like a dictionary.
_DOUBLE = ("glossary.md", "start/self-test.md")


def book_pdf(book: Handbook, tree: Tree, edition: Edition, press: Press) -> bytes:
    """TREE as a PDF. Raises BadInput when Typst refuses the text."""
    _bring(book, tree, edition, press, [])
    return press.pdf("book.typ")


def book_pdfs(book: Handbook, tree: Tree, parts: list[dict], edition: Edition, press: Press) -> dict[str, bytes]:
    """The whole of TREE as a PDF, named WHOLE, and each of its PARTS by its name. Raises BadInput when Typst refuses the text."""
    _bring(book, tree, edition, press, parts)
    return press.excerpts("book.typ", lambda places, sheets: excerpts(tree, parts, places, sheets))


def _bring(book: Handbook, tree: Tree, edition: Edition, press: Press, parts: list[dict]) -> None:
    """Brings TREE to PRESS, to be set with the fronts of PARTS."""
    root = copy.deepcopy(tree.root)
    sections = root.findall("body/section")
    info = book_info(book, tree, edition) | {"parts": parts}
    ids = {element.get("id") for element in root.iter() if isinstance(element.tag, str)}
    info["abbreviations"] = [row for row in info["abbreviations"] if row[2] in ids]
    _set_kinds(sections)
    index = index_entries(book, tree.lang) if tree.whole else []
    mark_mentions(book, tree.lang, sections if index else [])
    images = list(_images(sections))
    anchors = {place for entry in index for place in entry.main} | {row[2] for row in info["abbreviations"]}
    press.bring(info, typesetting(sections, index, anchors), images)


def cover_picture(book: Handbook, tree: Tree, edition: Edition, press: Press) -> bytes:
    """The cover of TREE as a PNG."""
    press.bring(book_info(book, tree, edition))
    return press.picture("cover.typ", 130)


def book_info(book: Handbook, tree: Tree, edition: Edition) -> dict:
    """What the template needs besides the text."""
    words = {name: text[tree.lang] for name, text in book.labels.groups["book"].items()}
    if not tree.whole:
        words |= {name: words[f"{name}-part"] for name in ("how-cited", "copy")}
    moment, shown_date = edition.moment, date(book, edition.date, tree.lang)
    named = f"{tree.title}. {words['edition']} {shown_date}" + (f" ({edition.commit})." if edition.commit else ".")
    return {
        "title": tree.title,
        "name": tree.title if tree.whole else f"{tree.title} – {tree.about}",
        "headings": len([entry for entry in tree.entries if entry.level < _CONTENTS]),
        "alone": len(tree.sections) == 1,
        "about": tree.about,
        "author": words["author"],
        "keywords": [text[tree.lang] for text in book.labels.groups["theme"].values()],
        "lang": tree.lang,
        "region": REGIONS[tree.lang],
        "date": [moment.year, moment.month, moment.day],
        "date-text": shown_date,
        "commit": edition.commit,
        "words": words,
        "points": [
            {"year": sort_key(one.date)[0], "at": _year(one.date)} for one in sorted(book.sources.values(), key=lambda s: sort_key(s.date))
        ],
        "colophon": [named] + [words[name] for name in ("unofficial", "made", "copy", "licence-long", "set-in", "accessible")],
        "abbreviations": abbreviations(book, tree.lang) if tree.whole else [],
    }


def _set_kinds(sections: list[etree._Element]) -> None:
    """Tells the template which sections are a reference in two columns: chapters without a page of their own, and what they hold.

    Parts and chapters without a page of their own are told what they hold. What begins on a new page `opens`."""
    part: etree._Element | None = None
    group: etree._Element | None = None
    for section in sections:
        level, has_page = int(section.get("data-level")), bool(section.get("data-src"))
        holder = group if level > 2 else part if level == 2 else None
        if holder is not None:
            member = etree.SubElement(holder, "member", to=section.get("id"), name=section.get("data-title"))
            etree.SubElement(member, "at", of=section.get("id"))
        if level == 1:
            part = None if has_page else section
        if level < 3:
            group = section if level == 2 and not has_page else None
        if group is not None:
            section.set("kind", "reference")
        elif section.get("id") == ANSWERS or (section.get("data-src") or "").endswith(_DOUBLE):
            section.set("kind", "double")
        before = section.getprevious()
        if level < 3 or before is None or before.get("kind") != section.get("kind"):
            section.set("opens", "1")


def _images(sections: list[etree._Element]) -> Iterator[tuple[Path, str]]:
    """(file, name) of every image; its name becomes its source, since the press reads only what is brought to it."""
    for number, image in enumerate((image for section in sections for image in section.iter("img")), 1):
        source = Path(image.get("src"))
        image.set("src", f"image{number}{source.suffix}")
        yield source, image.get("src")


def _year(when: str) -> float:
    year, month, *_ = sort_key(when)
    return year + max(0, month - 1) / 12
