"""Links within a book: the addresses `#id` that the compiler wrote become the places where all was set."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

from handbook.book.numbering import NOTE, Places

# A link leads to a little above its place, or the reader would find the line cut by the edge of the window.
_ABOVE = 10


def lead_to_places(pdf: pikepdf.Pdf, places: Places, words: dict[str, str]) -> None:
    """Makes every link of PDF to `#id` one to its place in PLACES, and tells a listener in WORDS which page or note that is.

    Raises KeyError where a link leads to an id that has no place.
    """
    sheets = [page.obj for page in pdf.pages]
    heights = [float(page.mediabox[3]) for page in pdf.pages]
    elements = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    ends: dict[str, tuple[pikepdf.Object, str]] = {}
    for link, address in _links(sheets):
        if address not in ends:
            place = places.at(address)
            point = max(0.0, heights[place.sheet - 1] - max(0.0, place.y - _ABOVE))
            end = pdf.make_indirect(Array([sheets[place.sheet - 1], Name.XYZ, place.x, point, 0]))
            ends[address] = end, _spoken(address, places.page(place), words)
        link.Dest, link.Contents = ends[address]
        del link.A
        if address.startswith(NOTE):
            _label(pdf, elements[link.StructParent])


def _links(sheets: list[pikepdf.Object]) -> Iterator[tuple[Dictionary, str]]:
    """(link, id) of every link on SHEETS to `#id`."""
    for sheet in sheets:
        for one in sheet.get("/Annots", ()):
            action = one.get("/A")
            if action is not None and (address := str(action.get("/URI", ""))).startswith("#"):
                yield one, address[1:]


def _spoken(address: str, page: int, words: dict[str, str]) -> str:
    if address.startswith(NOTE):
        return f"{words['spoken-note']} {address.split(':')[2]}"
    return f"{words['spoken-page']} {page}"


def _label(pdf: pikepdf.Pdf, mark: Dictionary) -> None:
    """Wraps MARK, the structure of the link to or from a note, as the label of that note, as PDF/UA names it."""
    holder = mark.P
    at = next(n for n, child in enumerate(holder.K) if isinstance(child, Dictionary) and child.objgen == mark.objgen)
    mark.P = holder.K[at] = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Lbl, P=holder, K=Array([mark])))
