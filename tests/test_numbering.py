"""Page numbers in the book: each is that of the page it leads to; a text is set until they stand still, and never for ever."""

import re
import shutil
import subprocess
from collections.abc import Iterator

import pikepdf
import pytest
from handbook.book import press
from handbook.book.making import make_selection
from handbook.book.numbering import Numbers, Places
from handbook.edition import edition
from handbook.loading import BadInput
from lxml import etree, html
from test_book import NAMES, links, missing

_NUMBER = re.compile(r"\d+")


def places(first: int = 3, **sheets: list[int]) -> Places:
    """Places on the SHEETS of each id; sheet FIRST is page 1."""
    return Places.told({"first": first, "places": [[its_id, sheet, 0, 0] for its_id, found in sheets.items() for sheet in found]})


def told(root: etree._Element) -> list[str]:
    return ["".join(at.itertext()) for at in root.iter("at")]


@pytest.mark.parametrize(
    ("slot", "shown"),
    [
        ('<at of="b"/>', "4"),
        ('<at of="b a"/>', "1, 4"),
        ('<at of="b c d"/>', "4–6"),
        ('<at of="b c"/>', "4, 5"),
        ('<at of="b c d" singly="1"/>', "4, 5, 6"),
        ('<at of="b c d" not="c"/>', "4, 6"),
        ('<at of="m"/>', "1, 4–6"),
        ('<at of="nowhere"/>', ""),
    ],
)
def test_pages_are_told_once_in_order_and_in_ranges(slot, shown):
    root = etree.fromstring(f"<book>{slot}</book>")
    Numbers(root).fill(places(a=[3], b=[6], c=[7], d=[8], m=[8, 3, 6, 7, 7]))
    assert told(root) == [shown]


def test_a_number_leads_to_the_first_place_on_its_page():
    root = etree.fromstring('<book><at of="m"/></book>')
    Numbers(root).fill(places(m=[9, 3, 3]))
    assert [link.get("to") for link in root.iter("a")] == ["m/1", "m"]


def test_before_a_text_is_set_there_are_as_many_numbers_as_there_will_be_about():
    twice = '<section><a mark="x"/><a mark="x"/></section><section><a mark="x"/></section>'
    root = etree.fromstring(f'<book>{twice}<at of="mark:x"/><at of="y"/></book>')
    Numbers(root)
    assert told(root) == ["000, 000", "000"]


def test_numbers_stand_still_when_nothing_moves():
    root = etree.fromstring('<book><at of="a"/></book>')
    numbers = Numbers(root)
    assert [numbers.fill(places(a=[sheet])) for sheet in (4, 4, 5, 5)] == [True, False, True, False]


def test_what_a_text_leads_to_and_is_not_set_is_told_with_its_page():
    page = '<a to="a"/><a to="gone"/><note at="note:1:1" from="mark"/><again to="note:1:1"/><a href="https://x.example/"/>'
    part = '<member to="lost"><at of="told mark:never"/></member>'
    numbers = Numbers(etree.fromstring(f'<book><section data-src="page.md">{page}</section><section>{part}</section></book>'))
    found = [("mkdocs.yml", "lost"), ("mkdocs.yml", "told"), ("page.md", "gone"), ("page.md", "mark"), ("page.md", "note:1:1")]
    assert numbers.lost(places(a=[3])) == found
    assert numbers.lost(places(a=[3], **{its_id: [3] for _, its_id in found})) == []


@pytest.fixture
def nothing_kept(monkeypatch, tmp_path):
    """A press that has not set anything before."""
    monkeypatch.setattr(press, "CACHE", str(tmp_path / "kept"))
    return tmp_path / "made"


def test_a_text_that_loses_a_target_of_its_links_is_told_in_one_line(book, site, root, nothing_kept, monkeypatch):
    monkeypatch.setattr(Places, "told", lambda *_: Places(1))
    with pytest.raises(BadInput) as caught:
        make_selection(book, site.root, edition(root), "en", ("instruments/wbso",), nothing_kept / "lost.pdf")
    assert {str(one).partition(" The link must lead to what the book shows; #")[0] for one in caught.value.findings} == {
        "docs/en/instruments/wbso.md:1:"
    }


def test_a_listener_is_told_the_page_or_note_to_which_a_link_leads(dist, book, subtests):
    for lang, name in NAMES.items():
        page, note = (book.labels("book", word, lang) for word in ("spoken-page", "spoken-note"))
        with subtests.test(lang), pikepdf.open(dist / f"{name}.pdf") as pdf:
            labels = {one.objgen: one.label for one in pdf.pages}
            told = [
                (str(link.Contents), labels[link.Dest[0].objgen]) for one in pdf.pages for link in one.get("/Annots", ()) if "/Dest" in link
            ]
            own = [(said, label) for said, label in told if said.startswith(page)]
            notes = [said for said, _ in told if re.fullmatch(rf"{note} \d+", said)]
            assert len(own) > 10_000 and len(notes) > 4_000
            assert [one for one in own if one[0] != f"{page} {one[1]}"] == []


def test_a_text_of_which_the_pages_never_stand_still_is_told_in_one_line(book, site, root, nothing_kept, monkeypatch):
    monkeypatch.setattr(Numbers, "fill", lambda *_: True)
    with pytest.raises(BadInput) as caught:
        make_selection(book, site.root, edition(root), "en", ("instruments/wbso",), nothing_kept / "never.pdf")
    (finding,) = caught.value.findings
    assert str(finding).startswith("overrides/book/book.typ:1: The page numbers must stand still") and not nothing_kept.exists()


@pytest.mark.parametrize("lang", list(NAMES))
def test_every_number_in_the_index_is_that_of_the_page_it_leads_to(dist, lang):
    if not shutil.which("pdftotext"):
        missing("pdftotext (poppler-utils)")
    file = dist / f"{NAMES[lang]}.pdf"
    with pikepdf.open(file) as pdf:
        order = {page.objgen: number for number, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            *_, index, colophon = (order[item.destination[0].objgen] for item in outline.root)
        command = ["pdftotext", "-bbox", "-f", str(index + 1), "-l", str(colophon), str(file), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        sheets = html.document_fromstring(text).findall(".//page")
        wrong, right = [], 0
        for sheet, page in zip(sheets, list(pdf.pages)[index:colophon], strict=True):
            words = list(middles(sheet))
            for boxes, target in links(pdf, [page]):
                shown = " ".join(text for x, y, text in words if any(a <= x <= c and b <= y <= d for a, b, c, d in boxes))
                number = _NUMBER.search(shown)
                if number and number[0] == pdf.pages[order[target]].label:
                    right += 1
                else:
                    wrong.append(shown)
    assert (wrong, right > 1000) == ([], True)


def middles(sheet) -> Iterator[tuple[float, float, str]]:
    """(x, y from the foot, text) of the middle of each word of SHEET, as pdftotext tells it."""
    for word in sheet.iter("word"):
        left, top, right, bottom = (float(word.get(side)) for side in ("xmin", "ymin", "xmax", "ymax"))
        yield (left + right) / 2, float(sheet.get("height")) - (top + bottom) / 2, word.text
