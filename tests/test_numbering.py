"""Page numbers in the book: each is that of the page it leads to; a text is set until they stand still, and never for ever."""

import re
import shutil
import subprocess

import pikepdf
import pytest
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


def test_a_text_of_which_the_pages_never_stand_still_is_told_in_one_line(book, site, root, tmp_path, monkeypatch):
    monkeypatch.setattr(Numbers, "fill", lambda *_: True)
    with pytest.raises(BadInput) as caught:
        make_selection(book, site.root, edition(root), "en", ("instruments/wbso",), tmp_path / "never.pdf")
    (finding,) = caught.value.findings
    assert str(finding).startswith("overrides/book/book.typ:1: The page numbers must stand still") and list(tmp_path.iterdir()) == []


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
            words = [([float(word.get(side)) for side in ("xmin", "ymin", "xmax", "ymax")], word.text) for word in sheet.iter("word")]
            for boxes, target in links(pdf, [page]):
                shown = " ".join(text for word, text in words if any(within(word, box, float(sheet.get("height"))) for box in boxes))
                number = _NUMBER.search(shown)
                if number and number[0] == pdf.pages[order[target]].label:
                    right += 1
                else:
                    wrong.append(shown)
    assert (wrong, right > 1000) == ([], True)


def within(word: list[float], box: list[float], height: float) -> bool:
    """Whether the middle of WORD, measured from the top of a page of HEIGHT, lies in BOX, measured from its foot."""
    x, y = (word[0] + word[2]) / 2, height - (word[1] + word[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
