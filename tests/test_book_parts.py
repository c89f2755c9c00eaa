"""Parts of the book are excerpts of it: the same pages with the same numbers, and nothing that leads to what is not there."""

import io

import pikepdf
import pytest
from handbook.book.excerpts import Excerpts
from handbook.edition import edition
from pikepdf.models.metadata import decode_pdf_date
from test_book import NAMES, links, pdf_ua, structure

# A sheet before the text has no number, or a Roman one.
LEAST = 5


@pytest.fixture(scope="module", params=list(NAMES))
def lang(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def whole(lang, dist):
    with pikepdf.open(dist / f"{NAMES[lang]}.pdf") as pdf:
        yield pdf


@pytest.fixture(scope="module")
def parts(lang, dist):
    opened = {path.stem: pikepdf.open(path) for path in sorted((dist / "parts" / lang).glob("*.pdf"))}
    yield opened
    for pdf in opened.values():
        pdf.close()


def drawn(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    """What is drawn on each page of PDF that carries a number, by that number."""
    return {page.label: page.obj.Contents.read_bytes() for page in pdf.pages if page.label.isdigit()}


def test_a_page_of_a_part_is_the_page_of_the_whole_with_that_number(whole, parts, subtests):
    pages = drawn(whole)
    assert len(parts) >= LEAST
    for name, part in parts.items():
        with subtests.test(name):
            own = drawn(part)
            assert len(own) >= LEAST
            assert [number for number, content in own.items() if pages[number] != content] == []


def test_every_part_has_a_cover_and_contents_of_its_own(parts, subtests):
    for name, part in parts.items():
        with subtests.test(name):
            labels = [page.label for page in part.pages]
            assert labels.index(next(label for label in labels if label.isdigit())) == 3


def test_every_link_and_bookmark_of_a_part_arrives_in_it(parts, subtests):
    for name, part in parts.items():
        with subtests.test(name):
            pages = {page.objgen for page in part.pages}
            assert [target for _, target in links(part) if target not in pages] == []
            with part.open_outline() as outline:
                assert len(outline.root) >= 3
                assert {item.destination[0].objgen for item in outline.root} <= pages


def test_the_bookmarks_of_a_part_follow_its_pages(parts, subtests):
    for name, part in parts.items():
        order = {page.objgen: number for number, page in enumerate(part.pages)}
        with subtests.test(name), part.open_outline() as outline:
            numbers = [order[item.destination[0].objgen] for item in outline.root]
            assert numbers == sorted(numbers)


def test_a_link_in_the_structure_of_a_part_is_a_link_on_its_page(parts, subtests):
    """Text that leads to another part is no link any more."""
    for name, part in parts.items():
        with subtests.test(name):
            known = {link.objgen for page in part.pages for link in page.get("/Annots", ())}
            found = [one for one in structure(part) if one.get("/S") == "/Link"]
            told = {child.Obj.objgen for one in found for child in one.K if isinstance(child, pikepdf.Dictionary) and "/Obj" in child}
            assert told == known
            assert all(any(isinstance(child, pikepdf.Dictionary) and "/Obj" in child for child in one.K) for one in found)


def test_a_part_is_of_the_edition_of_the_whole(parts, root, subtests):
    for name, part in parts.items():
        with subtests.test(name):
            assert decode_pdf_date(str(part.docinfo.CreationDate)).date() == edition(root).moment.date()


def test_every_part_meets_pdf_ua(dist, lang, subtests):
    for path in sorted((dist / "parts" / lang).glob("*.pdf")):
        with subtests.test(path.stem):
            assert pdf_ua(path) == []


def test_an_excerpt_keeps_the_order_that_was_asked_for(dist, lang, tmp_path):
    with pikepdf.open(dist / "parts" / lang / "about.pdf") as pdf:
        before = drawn(pdf)
        chosen = [len(pdf.pages) - 1, len(pdf.pages) - 2]
        numbers = [pdf.pages[n - 1].label for n in chosen]
        Excerpts(pdf).cut(chosen)
        saved = io.BytesIO()
        pdf.save(saved)
    (tmp_path / "two.pdf").write_bytes(saved.getvalue())
    with pikepdf.open(tmp_path / "two.pdf") as two:
        assert [page.label for page in two.pages] == numbers
        assert drawn(two) == {number: before[number] for number in numbers}
        assert all(target in {page.objgen for page in two.pages} for _, target in links(two))
