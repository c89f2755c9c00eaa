"""Excerpts of a tagged PDF: some of its sheets, with all that belongs to them and without links to what is left out."""

from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name


class Excerpts:
    """Cuts PDF, of which the structure is one document, into excerpts. What holds most comes first: links left out stay out."""

    def __init__(self, pdf: pikepdf.Pdf):
        self._pdf, root = pdf, pdf.Root
        self._sheets = [page.obj for page in pdf.pages]
        self._numbers = {sheet.objgen: number for number, sheet in enumerate(self._sheets, 1)}
        self._labels = list(_labels(root.PageLabels, len(self._sheets)))
        self._parents = dict(pikepdf.NumberTree(root.StructTreeRoot.ParentTree))
        self._document = root.StructTreeRoot.K[0]
        self._blocks = list(self._numbered(self._document.K))
        ids = pikepdf.NameTree(root.StructTreeRoot.IDTree) if "/IDTree" in root.StructTreeRoot else {}
        self._ids = [(its_id, element, self._number(element)) for its_id, element in ids.items()]
        self._bookmarks = [(one, self._numbers[one.Dest[0].objgen]) for one in _siblings(root.Outlines)]

    def cut(self, sheets: list[int]) -> None:
        """Leaves only SHEETS, counted from 1, in the PDF, in their order; another cut may follow."""
        at = {number: place for place, number in enumerate(sheets)}
        pages, root, tree = [self._sheets[number - 1] for number in sheets], self._pdf.Root, self._pdf.Root.StructTreeRoot
        root.Pages = self._pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages)))
        keys = set()
        for page in pages:
            page.Parent = root.Pages
            keys |= {int(page.StructParents), *self._leave_out_links(page, at)}
        root.PageLabels = _number_tree((place, self._labels[number - 1]) for number, place in at.items())
        self._document.K = Array([one for number, one in sorted(self._blocks, key=lambda block: at.get(block[0], 0)) if number in at])
        tree.ParentTree = self._pdf.make_indirect(_number_tree((key, self._parents[key]) for key in sorted(keys)))
        if self._ids:
            tree.IDTree = Dictionary(Names=Array([part for its_id, one, number in self._ids if number in at for part in (its_id, one)]))
        _chain(root.Outlines, [one for one, number in sorted(self._bookmarks, key=lambda mark: at.get(mark[1], 0)) if number in at])

    def _leave_out_links(self, page: Dictionary, at: dict[int, int]) -> Iterator[int]:
        """Takes from PAGE the links to sheets that are not in AT; gives the keys to the structure of those that stay."""
        stay = []
        for link in page.get("/Annots", ()):
            if "/Dest" in link and self._numbers[link.Dest[0].objgen] not in at:
                _unlink(self._parents[int(link.StructParent)], link)
            else:
                stay.append(link)
                yield int(link.StructParent)
        if len(stay) < len(page.get("/Annots", ())):
            page.Annots = Array(stay)

    def _numbered(self, blocks: Iterable[Dictionary]) -> Iterator[tuple[int, Dictionary]]:
        """(number of its first sheet, block) of all BLOCKS; one that shows nothing goes with the one before it."""
        last = 1
        for block in blocks:
            last = self._number(block) or last
            yield last, block

    def _number(self, element: pikepdf.Object) -> int:
        """The number of the first sheet on which ELEMENT shows something, or 0."""
        if not isinstance(element, Dictionary):
            return 0
        if "/Pg" in element:
            return self._numbers[element.Pg.objgen]
        return next((number for child in element.get("/K", ()) if (number := self._number(child))), 0)


def _labels(tree: Dictionary, sheets: int) -> Iterator[Dictionary]:
    """The label of each of SHEETS sheets; TREE tells it where a count begins, which is on the first sheet at least."""
    told, start = dict(pikepdf.NumberTree(tree)), 0
    for sheet in range(sheets):
        start = sheet if sheet in told else start
        label = Dictionary(told[start])
        if "/S" in label:
            label.St = int(label.get("/St", 1)) + sheet - start
        yield label


def _unlink(element: Dictionary, link: Dictionary) -> None:
    """Makes of ELEMENT, the structure of LINK, plain text."""
    element.S = Name.Span
    element.K = Array([child for child in element.K if not _is_reference(child, link)])


def _is_reference(child: pikepdf.Object, link: Dictionary) -> bool:
    return isinstance(child, Dictionary) and "/Obj" in child and child.Obj.objgen == link.objgen


def _siblings(outline: Dictionary) -> Iterator[Dictionary]:
    """The bookmarks right below OUTLINE."""
    one = outline.get("/First")
    while one is not None:
        yield one
        one = one.get("/Next")


def _chain(outline: Dictionary, bookmarks: list[Dictionary]) -> None:
    """Makes BOOKMARKS, with what is below them, all of OUTLINE."""
    for before, one, after in zip([None, *bookmarks], bookmarks, [*bookmarks[1:], None], strict=False):
        for name, other in ((Name.Prev, before), (Name.Next, after)):
            if other is not None:
                one[name] = other
            elif name in one:
                del one[name]
    outline.Count = len(bookmarks)
    if bookmarks:
        outline.First, outline.Last = bookmarks[0], bookmarks[-1]
    else:
        del outline.First, outline.Last


def _number_tree(pairs: Iterable[tuple[int, pikepdf.Object]]) -> Dictionary:
    return Dictionary(Nums=Array([part for pair in pairs for part in pair]))
