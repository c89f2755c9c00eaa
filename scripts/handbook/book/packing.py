"""What the compiler made, as files: packed, with rights told and links that arrive, whole or in excerpts."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf

from handbook.book.arriving import lead_to_places
from handbook.book.excerpts import Excerpts
from handbook.book.numbering import Places


@dataclass(frozen=True)
class Excerpt:
    """A file that is made of SHEETS of another, counted from 1: its name and its title."""

    name: str
    title: str
    sheets: list[int]


def pack(content: bytes, words: dict[str, str], places: Places | None = None) -> bytes:
    """CONTENT, a PDF, as a file: with the rights that WORDS tell, and links to PLACES."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _finish(pdf, words, places)
        return _saved(pdf)


def pack_excerpts(
    content: bytes, words: dict[str, str], places: Places, choose: Callable[[Places, int], list[Excerpt]]
) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of the excerpts that CHOOSE picks from CONTENT by its PLACES and number of sheets; what holds most comes first."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _finish(pdf, words, places)
        cutter = Excerpts(pdf)
        for excerpt in choose(places, len(pdf.pages)):
            cutter.cut(excerpt.sheets)
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
                told["dc:title"] = excerpt.title
                told["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"] = str(len(excerpt.sheets))
            pdf.docinfo.Title = excerpt.title
            yield excerpt.name, _saved(pdf)


def _finish(pdf: pikepdf.Pdf, words: dict[str, str], places: Places | None) -> None:
    if places is not None:
        lead_to_places(pdf, places, words)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["dc:rights"] = words["licence-long"]
        told["xmpRights:Marked"] = "True"
        told["xmpRights:WebStatement"] = words["licence-address"]


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """PDF with its objects packed, which Typst leaves loose: a third of the size."""
    packed = io.BytesIO()
    pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()
