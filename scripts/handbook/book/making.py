"""Makes everything that is read away from the site: PDF, EPUB, fact sheets, the folder, and the manifest of them."""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from handbook.book.answers import set_answers_apart
from handbook.book.assemble import Tree, assemble, parts_of
from handbook.book.epub import write_epub
from handbook.book.folder import write_folder
from handbook.book.keeping import Keeper
from handbook.book.manifest import Made, write_manifest
from handbook.book.pdf import book_pdf, cover_picture
from handbook.book.press import CACHE, Press
from handbook.book.sheets import sheets
from handbook.book.whereabouts import count_pages, first_pages
from handbook.content import Handbook, load_handbook
from handbook.edition import Edition
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES

SHEETS, PARTS = "factsheets", "parts"


def make_all(book: Handbook, site: Path, edition: Edition, dist: Path) -> list[Made]:
    """Makes every file from the built SITE into DIST, with the manifest; each language has a process of its own.

    Raises BadInput, and then writes no manifest.
    """
    began = time.time()
    name = book.labels("book", "file", LANGUAGES[0])
    with ProcessPoolExecutor(len(LANGUAGES), get_context("spawn")) as pool:
        languages = [pool.submit(_language, book.root, site, lang, edition, dist) for lang in LANGUAGES]
        write_folder(site, book.root, edition, name, dist / f"{name}-website.zip")
        done = [one.result() for one in languages]
    if findings := [finding for _, found in done for finding in found]:
        raise BadInput(findings)
    made = [one for files, _ in done for one in files]
    made.append(Made(f"{name}-website.zip", "zip", ", ".join(LANGUAGES), "site"))
    write_manifest(dist, edition, made)
    Keeper(book.root / CACHE).forget_before(began)
    return made


def make_selection(book: Handbook, site: Path, edition: Edition, lang: str, only: tuple[str, ...], target: Path) -> Made:
    """Makes one PDF of the pages ONLY. Raises BadInput."""
    tree = sound(assemble(book, site, lang, only))
    with Press(book.root, edition) as press:
        return _written(book_pdf(book, tree, edition, press), target.parent, target.name, lang, "selection")


def sound(tree: Tree) -> Tree:
    """TREE itself. Raises BadInput with its findings, if there are any."""
    if tree.findings:
        raise BadInput(tree.findings)
    return tree


def _language(root: Path, site: Path, lang: str, edition: Edition, dist: Path) -> tuple[list[Made], list[Finding]]:
    """The files of LANG, or what is wrong; an exception with findings would not survive the way between processes."""
    book = load_handbook(root)
    try:
        tree = sound(assemble(book, site, lang))
        with Press(root, edition) as press:
            return list(_files(book, tree, edition, press, dist)), []
    except BadInput as error:
        return [], error.findings


def _files(book: Handbook, tree: Tree, edition: Edition, press: Press, dist: Path) -> Iterator[Made]:
    parts = list(parts_of(book, tree))
    for one in (tree, *parts):
        set_answers_apart(book, one)
    # The sheets go first: after a whole book the compiler's memory is so full that a sheet takes three times as long.
    for its_id, content in sheets(book, tree.lang, edition, press):
        yield _written(content, dist, f"{SHEETS}/{tree.lang}/{its_id}.pdf", tree.lang, f"instruments/{its_id}")
    name = f"{book.labels('book', 'file', tree.lang)}-{tree.lang}"
    write_epub(book, tree, edition, cover_picture(book, tree, edition, press), dist / f"{name}.epub")
    yield Made(f"{name}.epub", "epub", tree.lang, "book")
    content = book_pdf(book, tree, edition, press)
    yield _written(content, dist, f"{name}.pdf", tree.lang, "book", starts=first_pages(content, tree))
    for part in parts:
        its_name = part.entries[0].name
        content = book_pdf(book, part, edition, press)
        yield _written(content, dist, f"{PARTS}/{tree.lang}/{its_name}.pdf", tree.lang, f"part/{its_name}", title=part.about)


def _written(content: bytes, dist: Path, file: str, lang: str, what: str, **more: object) -> Made:
    """Writes the PDF CONTENT as DIST/FILE."""
    target = dist / file
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.write_bytes(content)
    part.replace(target)
    return Made(file, "pdf", lang, what, count_pages(content), **more)
