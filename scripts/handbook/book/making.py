"""Makes everything that is read away from the site: PDF, EPUB, fact sheets, the folder, and the manifest of them."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from handbook.book.assemble import Tree, assemble
from handbook.book.epub import write_epub
from handbook.book.folder import write_folder
from handbook.book.manifest import Made, write_manifest
from handbook.book.pdf import book_pdf, cover_picture
from handbook.book.press import Press
from handbook.book.sheets import sheets
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.loading import BadInput
from handbook.model import LANGUAGES

SHEETS = "factsheets"


def make_all(book: Handbook, site: Path, edition: Edition, dist: Path) -> list[Made]:
    """Makes every file from the built SITE into DIST, with the manifest. Raises BadInput; then nothing of that kind is written."""
    trees = [sound(assemble(book, site, lang)) for lang in LANGUAGES]
    made = []
    with Press(book.root, edition) as press:
        for tree in trees:
            made += _language(book, tree, edition, press, dist)
    name = book.labels("book", "file", LANGUAGES[0])
    write_folder(site, book.root, edition, name, dist / f"{name}-website.zip")
    made.append(Made(f"{name}-website.zip", "zip", "nl, en", "site"))
    write_manifest(dist, edition, made)
    return made


def make_selection(book: Handbook, site: Path, edition: Edition, lang: str, only: tuple[str, ...], target: Path) -> Made:
    """Makes one PDF of the pages ONLY. Raises BadInput."""
    tree = sound(assemble(book, site, lang, only))
    with Press(book.root, edition) as press:
        return _pdf(book_pdf(book, tree, edition, press), target.parent, target.name, lang, "selection")


def sound(tree: Tree) -> Tree:
    """TREE itself. Raises BadInput with its findings, if there are any."""
    if tree.findings:
        raise BadInput(tree.findings)
    return tree


def _language(book: Handbook, tree: Tree, edition: Edition, press: Press, dist: Path) -> Iterator[Made]:
    name = f"{book.labels('book', 'file', tree.lang)}-{tree.lang}"
    yield _pdf(book_pdf(book, tree, edition, press), dist, f"{name}.pdf", tree.lang, "book")
    write_epub(book, tree, edition, cover_picture(book, tree, edition, press), dist / f"{name}.epub")
    yield Made(f"{name}.epub", "epub", tree.lang, "book")
    for its_id, content in sheets(book, tree.lang, edition, press):
        yield _pdf(content, dist, f"{SHEETS}/{tree.lang}/{its_id}.pdf", tree.lang, f"instruments/{its_id}")


def _pdf(content: bytes, dist: Path, file: str, lang: str, what: str) -> Made:
    """Writes a PDF with its objects packed, which Typst leaves loose: a third of the size."""
    target = dist / file
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(part, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        pages = len(pdf.pages)
    part.replace(target)
    return Made(file, "pdf", lang, what, pages)
