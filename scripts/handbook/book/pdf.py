"""The book as a PDF: the tree handed to the Typst template in overrides/book, one file for PDF/UA-1 and PDF/A-3a."""

import copy
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typst
from lxml import etree

from handbook.book.assemble import Tree
from handbook.book.proof import line_of
from handbook.book.register import abbreviations, index_entries, mark_mentions
from handbook.book.typefaces import characters, typefaces
from handbook.book.typesetting import typesetting
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.loading import BadInput, Finding
from handbook.model.base import sort_key
from handbook.wording import date

TEMPLATES = "overrides/book"
STANDARDS = ["ua-1", "a-3a"]
_REGIONS = {"nl": "NL", "en": "GB"}
# Set in two columns throughout, like a dictionary.
_DOUBLE = ("glossary.md",)


def write_pdf(book: Handbook, tree: Tree, edition: Edition, target: Path) -> None:
    """Writes TREE as a PDF to TARGET. Raises BadInput for a character that the typeface lacks, or when Typst refuses the text."""
    fonts = typefaces(book.root / ".cache")
    if findings := list(missing_glyphs(book, tree, characters(fonts))):
        raise BadInput(findings)
    whole = any(entry.path is None or entry.number for entry in tree.entries)
    root = copy.deepcopy(tree.root)
    sections = root.findall("body/section")
    _kinds(sections)
    mark_mentions(book, tree.lang, sections)
    info = _info(book, tree, edition, whole)
    anchors = {entry["main"] for entry in info["index"]} | {row[2] for row in info["abbreviations"]}
    ids = {element.get("id") for element in root.iter() if isinstance(element.tag, str)}
    info["abbreviations"] = [row for row in info["abbreviations"] if row[2] in ids]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for template in (book.root / TEMPLATES).glob("*.typ"):
            shutil.copy(template, work)
        _bring_images(sections, work)
        (work / "book.xml").write_bytes(typesetting(sections, anchors))
        (work / "book.json").write_text(json.dumps(info, ensure_ascii=False), "utf-8")
        compile_pdf(work, "book.typ", fonts, edition, target)


def compile_pdf(work: Path, template: str, fonts: Path, edition: Edition, target: Path, inputs: dict[str, str] | None = None) -> None:
    """Compiles TEMPLATE in folder WORK to TARGET. Raises BadInput with what Typst says."""
    compiler = typst.Compiler(work / template, root=work, font_paths=[fonts], ignore_system_fonts=True, sys_inputs=inputs or {})
    try:
        made, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=int(edition.moment.timestamp()))
    except typst.TypstError as error:
        message = f"The text must be fit for PDF/UA and PDF/A; Typst says: {error.message}. Mend the page that causes it. {error.hints}"
        raise BadInput([Finding(f"{TEMPLATES}/{template}", _line(error.diagnostic), "pdf", message)]) from None
    if warnings:
        said = "; ".join(f"{one.message}" for one in warnings)
        raise BadInput(
            [Finding(f"{TEMPLATES}/{template}", 1, "pdf", f"Typst must have nothing to warn of; it says: {said}. Mend the template.")]
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made)


def missing_glyphs(book: Handbook, tree: Tree, known: set[str]) -> Iterator[Finding]:
    """A finding for every page with a character that the typeface cannot show, once a page and character."""
    pages = {page.shown: page for page in book.pages.values()}
    for section in tree.sections:
        text = "".join(section.itertext())
        for character in sorted(set(text) - known - set("\n\r\t\u00ad\u200b\u200d\u2060")):
            page = pages.get(section.get("data-src"))
            shown, line = (page.shown, line_of(page, character)) if page else ("mkdocs.yml", 1)
            message = f"Every character must be in the book's typeface; {character!r} (U+{ord(character):04X}) is not. Use another."
            yield Finding(shown, line, "glyph-missing", message)


def _kinds(sections: list[etree._Element]) -> None:
    """Tells the template which sections are a reference in two columns: chapters without a page of their own, and what they hold."""
    reference = False
    group = None
    for section in sections:
        level = int(section.get("data-level"))
        if level < 3:
            reference = level == 2 and not section.get("data-src")
            group = section if reference else None
        elif group is not None:
            group.set("members", f"{group.get('members') or ''} {section.get('id')}".strip())
            group.set("member-names", f"{group.get('member-names') or ''}|{section.get('data-title')}".strip("|"))
        if reference:
            section.set("kind", "reference")
        elif section.get("data-src", "").partition("/")[2].partition("/")[2] in _DOUBLE:
            section.set("kind", "double")


def _info(book: Handbook, tree: Tree, edition: Edition, whole: bool) -> dict:
    """What the template needs besides the text."""
    words = {name: text[tree.lang] for name, text in book.labels.groups["book"].items()}
    moment = edition.moment
    sources = sorted(book.sources.values(), key=lambda source: sort_key(source.date))
    return {
        "title": tree.title,
        "about": tree.about if whole else f"{words['selection']}: " + ", ".join(entry.title for entry in tree.entries[:6]),
        "author": words["author"],
        "keywords": [text[tree.lang] for text in book.labels.groups["theme"].values()],
        "lang": tree.lang,
        "region": _REGIONS[tree.lang],
        "date": [moment.year, moment.month, moment.day],
        "date-text": date(book, edition.date, tree.lang),
        "commit": edition.commit,
        "words": words,
        "points": [{"year": sort_key(one.date)[0], "at": _year(one.date)} for one in sources],
        "colophon": [
            f"{tree.title}. {words['edition']} {date(book, edition.date, tree.lang)}" + (f" ({edition.commit})." if edition.commit else ".")
        ]
        + [words[name] for name in ("unofficial", "made", "copy", "licence-long", "set-in", "accessible")],
        "abbreviations": abbreviations(book, tree.lang) if whole else [],
        "index": [vars(entry) for entry in index_entries(book, tree.lang)] if whole else [],
    }


def _year(when: str) -> float:
    year, month, *_ = sort_key(when)
    return year + (month - 1) / 12


def _bring_images(sections: list[etree._Element], work: Path) -> None:
    """Copies the images into WORK, where alone Typst may read."""
    for number, image in enumerate((image for section in sections for image in section.iter("img")), 1):
        source = Path(image.get("src"))
        shutil.copy(source, work / f"image{number}{source.suffix}")
        image.set("src", f"image{number}{source.suffix}")


def _line(diagnostic: str | None) -> int:
    match = re.search(r":(\d+):\d+", diagnostic or "")
    return int(match[1]) if match else 1
