"""The book as EPUB 3.3: a file a page, notes at its end, navigation, cover and accessibility metadata."""

import copy
import uuid
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from handbook.book.archive import Archive
from handbook.book.assemble import Tree
from handbook.book.cleaning import has_class, replace
from handbook.book.lists import merge_cites
from handbook.book.pictures import SVG
from handbook.book.tables import framed
from handbook.content import Handbook
from handbook.edition import Edition

TEMPLATES = "overrides/book"
_OPS = "http://www.idpf.org/2007/ops"
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml", ".webp": "image/webp"}


def write_epub(book: Handbook, tree: Tree, edition: Edition, cover: bytes, target: Path) -> None:
    """Writes TREE as an EPUB to TARGET, with COVER (PNG) as its cover."""
    sections = copy.deepcopy(tree.root).findall("body/section")
    homes = {element.get("id"): _file(section) for section in sections for element in section.iter() if element.get("id")}
    words = {name: text[tree.lang] for name, text in book.labels.groups["book"].items()}
    jinja = Environment(
        loader=FileSystemLoader(book.root / TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    images: dict[str, str] = {}
    chapters = [_chapter(section, homes, images) for section in sections]
    known = {
        "lang": tree.lang,
        "title": tree.title,
        "about": tree.about,
        "words": words,
        "chapters": chapters,
        "images": [(name, _TYPES[Path(name).suffix]) for name in images.values()],
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, f"handboek-industriebeleid/{tree.lang}/{edition.commit}/{edition.date}"),
        "date": edition.date,
        "modified": edition.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }

    def made(template: str, **more: object) -> bytes:
        return jinja.get_template(template).render(**known, **more).encode()

    with Archive(target, edition) as archive:
        archive.add("mimetype", b"application/epub+zip", packed=False)
        archive.add("META-INF/container.xml", made("container.xml.j2"))
        archive.add("EPUB/package.opf", made("package.opf.j2"))
        archive.add("EPUB/nav.xhtml", made("nav.xhtml.j2", tree=_nested(chapters)))
        archive.add("EPUB/cover.xhtml", made("cover.xhtml.j2"))
        archive.add("EPUB/cover.png", cover)
        archive.add("EPUB/book.css", (book.root / TEMPLATES / "epub.css").read_bytes())
        for path, name in images.items():
            archive.add(f"EPUB/{name}", Path(path).read_bytes())
        for chapter in chapters:
            archive.add(f"EPUB/{chapter['file']}", made("chapter.xhtml.j2", chapter=chapter))


def _chapter(section: etree._Element, homes: dict[str, str], images: dict[str, str]) -> dict:
    """SECTION as a file: its links lead to files, its images are in the book, its notes stand at its end."""
    file, level = _file(section), int(section.get("data-level"))
    title = section.get("data-title")
    number = section.get("data-number", "")
    merge_cites(section)
    framed(section)
    for link in section.iter("a"):
        target = link.get("href") or ""
        if target.startswith("#") and homes.get(target[1:], file) != file:
            link.set("href", homes[target[1:]] + target)
        elif target.startswith("#") and target[1:] not in homes:
            del link.attrib["href"]
    for image in section.iter("img"):
        path = image.get("src")
        image.set("src", images.setdefault(path, f"image{len(images) + 1}{Path(path).suffix}"))
    notes = _notes(section)
    for element in section.iter():
        if isinstance(element.tag, str):
            shown = element.attrib.pop("data-number", None)
            if shown and element is not section:
                element.text = f"{shown} {element.text or ''}"
            for name in [name for name in element.attrib if name.startswith("data-")]:
                del element.attrib[name]
    heading = section.find(".//*[@class='page-title']")
    if number and heading is not None:
        heading.text = f"{number} {heading.text or ''}"
    content = etree.tostring(section, encoding="unicode", with_tail=False)
    return {
        "file": file,
        "id": section.get("id"),
        "level": level,
        "title": f"{number} {title}".strip(),
        "content": Markup(content),
        "notes": [Markup(note) for note in notes],
        "svg": section.find(f".//{{{SVG}}}svg") is not None,
    }


def _notes(section: etree._Element) -> list[str]:
    """Replaces the notes of SECTION by references; returns what they say, as XHTML."""
    said: list[str] = []
    numbers: dict[str, int] = {}
    for element in list(section.iter("span", "a")):
        if element.tag == "span" and has_class(element, "footnote"):
            numbers[element.get("id")] = len(numbers) + 1
            reference = _reference(element.get("id"), numbers[element.get("id")], first=True)
            replace(element, reference)
            said.append(_said(element, numbers[element.get("id")]))
        elif element.tag == "a" and has_class(element, "footnote-again"):
            its_id = element.get("href").partition("#")[2]
            replace(element, _reference(its_id, numbers.get(its_id, 0), first=False))
    return said


def _said(note: etree._Element, number: int) -> str:
    """What NOTE says, under its number and with the way back."""
    its_id = note.get("id")
    aside = etree.Element("aside", {f"{{{_OPS}}}type": "footnote", "role": "doc-footnote", "id": its_id}, nsmap={"epub": _OPS})
    text = etree.SubElement(aside, "p")
    text.text = f"{number}. "
    note.attrib.clear()
    note.tail = " "
    text.append(note)
    etree.SubElement(text, "a", {"href": f"#{its_id}-ref", "role": "doc-backlink"}).text = "↑"
    return etree.tostring(aside, encoding="unicode")


def _reference(its_id: str, number: int, first: bool) -> etree._Element:
    link = etree.Element(
        "a", {f"{{{_OPS}}}type": "noteref", "role": "doc-noteref", "class": "noteref", "href": f"#{its_id}"}, nsmap={"epub": _OPS}
    )
    if first:
        link.set("id", f"{its_id}-ref")
    link.text = str(number)
    return link


def _nested(chapters: list[dict]) -> list[dict]:
    """CHAPTERS as a tree by their levels."""
    root: list[dict] = []
    path: list[tuple[int, list[dict]]] = [(0, root)]
    for chapter in chapters:
        while path[-1][0] >= chapter["level"]:
            path.pop()
        node = {**chapter, "children": []}
        path[-1][1].append(node)
        path.append((chapter["level"], node["children"]))
    return root


def _file(section: etree._Element) -> str:
    return f"{section.get('id')}.xhtml"
