"""Makes everything that is read away from the site: PDF, EPUB, fact sheets, the folder, and the manifest of them."""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from handbook.book.answers import set_answers_apart
from handbook.book.assemble import Tree, assemble
from handbook.book.epub import write_epub
from handbook.book.folder import write_folder
from handbook.book.glyphs import missing_glyphs
from handbook.book.keeping import Keeper
from handbook.book.manifest import Made, write_manifest
from handbook.book.order import CONFIG
from handbook.book.parts import WHOLE, parts_of
from handbook.book.pdf import book_info, book_pdf, book_pdfs, cover_picture
from handbook.book.press import CACHE, Press
from handbook.book.sheets import sheet_infos, sheets
from handbook.book.staging import staged, write_whole
from handbook.book.typefaces import typefaces
from handbook.book.whereabouts import count_pages, first_pages
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.loader import load_handbook
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES
from handbook.reading_aids.dates import Changes

SHEETS, PARTS = "factsheets", "parts"


def make_all(book: Handbook, site: Path, edition: Edition, dist: Path) -> list[Made]:
    """Makes every file from the built SITE into DIST, with the manifest; each language has a process of its own.

    Raises BadInput, or OSError where DIST cannot be written; DIST is then as it was.
    """
    began = time.time()
    name = f"{book.labels('book', 'file', LANGUAGES[0])}-website"
    typefaces(book.root / ".cache")  # here, or each of the processes would make them
    with staged(dist) as folder:
        with ProcessPoolExecutor(len(LANGUAGES), get_context("spawn")) as pool:
            languages = [pool.submit(_language, book.root, site, lang, edition, folder) for lang in LANGUAGES]
            write_folder(site, book.root, edition, name.removesuffix("-website"), folder / f"{name}.zip")
            done = [one.result() for one in languages]
        if findings := sorted({finding for _, found in done for finding in found}):
            raise BadInput(findings)
        made = [one for files, _ in done for one in files]
        made.append(Made(f"{name}.zip", "zip", ", ".join(LANGUAGES), "site"))
        write_manifest(folder, edition, made)
    Keeper(book.root / CACHE).forget_before(began)
    return made


def make_selection(book: Handbook, site: Path, edition: Edition, lang: str, only: tuple[str, ...], target: Path) -> Made:
    """Makes one PDF of the pages ONLY. Raises BadInput, or OSError where TARGET cannot be written."""
    tree = assemble(book, site, lang, only)
    with Press(book.root) as press:
        prove(tree, missing_glyphs(book, tree, press.characters, [(CONFIG, book_info(book, tree, edition))]))
        return _written(book_pdf(book, tree, edition, press), target.parent, target.name, lang, "selection")


def prove(tree: Tree, more: list[Finding]) -> None:
    """Raises BadInput with all findings on TREE and with MORE, if there are any, before anything is set."""
    if findings := [*tree.findings, *more]:
        raise BadInput(findings)


def _language(root: Path, site: Path, lang: str, edition: Edition, dist: Path) -> tuple[list[Made], list[Finding]]:
    """The files of LANG, or what is wrong; an exception with findings would not survive the way between processes."""
    book = load_handbook(root)
    changes = Changes(book, edition)
    try:
        tree = assemble(book, site, lang)
        with Press(root) as press:
            besides = [(book.pages[lang, f"instruments/{one.id}.md"].shown, info) for one, info in sheet_infos(book, lang, changes)]
            besides.append((CONFIG, book_info(book, tree, edition)))
            prove(tree, missing_glyphs(book, tree, press.characters, besides))
            return list(_files(book, tree, edition, changes, press, dist)), []
    except BadInput as error:
        return [], error.findings


def _files(book: Handbook, tree: Tree, edition: Edition, changes: Changes, press: Press, dist: Path) -> Iterator[Made]:
    set_answers_apart(book, tree)
    # The sheets go first: after a whole book the compiler's memory is so full that a sheet takes three times as long.
    for its_id, content in sheets(book, tree.lang, changes, press):
        yield _written(content, dist, f"{SHEETS}/{tree.lang}/{its_id}.pdf", tree.lang, f"instruments/{its_id}", 1)
    name = f"{book.labels('book', 'file', tree.lang)}-{tree.lang}"
    write_epub(book, tree, edition, cover_picture(book, tree, edition, press), dist / f"{name}.epub")
    yield Made(f"{name}.epub", "epub", tree.lang, "book")
    parts = parts_of(book, tree)
    files = book_pdfs(book, tree, parts, edition, press)
    pages, starts = first_pages(files[WHOLE], tree)
    yield _written(files[WHOLE], dist, f"{name}.pdf", tree.lang, "book", pages, starts=starts)
    for part in parts:
        its_name = part["name"]
        yield _written(files[its_name], dist, f"{PARTS}/{tree.lang}/{its_name}.pdf", tree.lang, f"part/{its_name}", title=part["about"])


def _written(content: bytes, dist: Path, file: str, lang: str, what: str, pages: int | None = None, **more: object) -> Made:
    """Writes the PDF CONTENT, of PAGES pages where that is known, as DIST/FILE."""
    write_whole(dist / file, content)
    return Made(file, "pdf", lang, what, pages or count_pages(content), **more)
