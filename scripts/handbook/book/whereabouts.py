"""Where a page of the site stands in the printed book, read from the book's own bookmarks."""

import io
from collections.abc import Iterator

import pikepdf

from handbook.book.assemble import Tree


def count_pages(content: bytes) -> int:
    """The number of pages of the PDF CONTENT."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def first_pages(content: bytes, tree: Tree) -> dict[str, tuple[int, str]]:
    """For every page of TREE, of which CONTENT is the PDF: the sheet where it begins, counted from 1, and the number printed there.

    Raises ValueError when a page has no bookmark.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sheets = {page.objgen: number for number, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            bookmarks = list(_flat(outline.root))
        found: dict[str, tuple[int, str]] = {}
        at = 0
        for section, entry in zip(tree.sections, tree.entries, strict=True):
            wanted = _plain("".join(section.find(".//*[@class='page-title']").itertext()))
            at = next((n for n in range(at, len(bookmarks)) if _plain(bookmarks[n].title).endswith(wanted)), -1)
            if at < 0:
                raise ValueError(f"the book must have a bookmark for {wanted!r}")
            if entry.path:
                sheet = sheets[_target(bookmarks[at]).objgen]
                found[entry.path] = sheet + 1, pdf.pages[sheet].label
            at += 1
        return found


def _flat(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _flat(item.children)


def _target(item: pikepdf.OutlineItem) -> pikepdf.Object:
    """The page to which ITEM leads."""
    return (item.destination if item.destination is not None else item.action.D)[0]


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())
