"""How long a printed book is, and where in it a page of the site stands, read from the book's own bookmarks."""

import io
from collections.abc import Iterator

import pikepdf

from handbook.book.assemble import Tree


def count_pages(content: bytes) -> int:
    """The number of pages of the PDF CONTENT."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def first_pages(content: bytes, tree: Tree) -> tuple[int, dict[str, tuple[int, str]]]:
    """The number of pages of CONTENT, the PDF of TREE; and for every page of TREE the sheet where it begins and the number printed there.

    Sheets are counted from 1. Raises ValueError when a page has no bookmark.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sheets = {page.objgen: number for number, page in enumerate(pdf.pages)}
        bookmarks = list(_bookmarks(pdf.Root.Outlines))
        found: dict[str, tuple[int, str]] = {}
        at = 0
        for section, entry in zip(tree.sections, tree.entries, strict=True):
            wanted = _plain("".join(section.find(".//*[@class='page-title']").itertext()))
            at = next((n for n in range(at, len(bookmarks)) if bookmarks[n][0].endswith(wanted)), -1)
            if at < 0:
                raise ValueError(f"the book must have a bookmark for {wanted!r}")
            if entry.path:
                sheet = sheets[bookmarks[at][1]]
                found[entry.path] = sheet + 1, pdf.pages[sheet].label
            at += 1
        return len(sheets), found


def _bookmarks(outline: pikepdf.Object) -> Iterator[tuple[str, tuple[int, int]]]:
    """(title, page object) of every bookmark below OUTLINE, in order; pikepdf's own reading takes twenty times as long."""
    item = outline.get("/First")
    while item is not None:
        yield _plain(str(item.Title)), item.Dest[0].objgen
        yield from _bookmarks(item)
        item = item.get("/Next")


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())
