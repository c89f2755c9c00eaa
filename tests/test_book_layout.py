"""How the book lies on its pages: no chapter ends on a few lines, no heading at the foot, running heads name chapter and section."""

import os
import shutil
import subprocess
from itertools import pairwise

import pikepdf
import pytest
from handbook.book.endings import keep_end
from handbook.book.tables import framed, measured
from lxml import etree, html

NAMES = {"nl": "handboek-industriebeleid-nl", "en": "dutch-industrial-policy-handbook-en"}
# Running heads stand above this, page numbers below; in points.
HEAD, FOOT = 62, 55
LEAST = 5
# Notes and labels are lower than the first, headings higher than the second.
SMALL, LARGE = 11, 14.5


@pytest.fixture(scope="module", params=list(NAMES))
def lang(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def sheets(lang, dist):
    """The sheets of the book, each with the lines of its head, text and foot."""
    if not shutil.which("pdftotext"):
        if os.environ.get("CI"):
            pytest.fail("pdftotext (poppler-utils) must be on the machine that runs CI")
        pytest.skip("pdftotext (poppler-utils) is not on this machine")
    command = ["pdftotext", "-bbox-layout", str(dist / f"{NAMES[lang]}.pdf"), "-"]
    boxes = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [lines_of(page) for page in html.document_fromstring(boxes).findall(".//page")]


def lines_of(page) -> dict:
    """The lines of PAGE by where they stand: (top, height, words), from top to bottom; the text also by column."""
    found = {"head": [], "text": [], "foot": []}
    columns = {"left": [], "right": []}
    for line in page.iter("line"):
        top, bottom = float(line.get("ymin")), float(line.get("ymax"))
        place = "head" if bottom <= HEAD else "foot" if bottom >= float(page.get("height")) - FOOT else "text"
        found[place].append((top, bottom - top, " ".join(word.text for word in line.iter("word"))))
        if place == "text":
            columns["left" if float(line.get("xmin")) < float(page.get("width")) / 2 - 5 else "right"].append(found[place][-1])
    return {place: sorted(lines) for place, lines in found.items()} | {"columns": {name: sorted(lines) for name, lines in columns.items()}}


def empty(sheets: list[dict]) -> list[int]:
    """The numbers of SHEETS without text between their head and foot, which every sheet may have."""
    return [number for number, sheet in enumerate(sheets, 1) if sum(len(line.split()) for _, _, line in sheet["text"]) < 3]


def test_no_page_is_empty(sheets, lang, dist):
    with pikepdf.open(dist / f"{NAMES[lang]}.pdf") as pdf:
        assert len(sheets) == len(pdf.pages)
    assert empty(sheets) == []


def test_a_page_with_nothing_but_its_running_head_and_number_is_found_empty():
    head, foot, text = (20, 9, "Policy · Europe and its rules 12"), (640, 9, "12"), (90, 10, "A sentence of four")
    assert empty([{"head": [head], "text": [text], "foot": [foot]}, {"head": [head], "text": [], "foot": [foot]}]) == [2]


def test_no_chapter_ends_on_a_few_lines(sheets, subtests):
    """A sheet without a running head opens a chapter; the one before it is the last of a chapter, if it has a head."""
    ends = [n for n, (one, after) in enumerate(pairwise(sheets)) if one["head"] and not after["head"]]
    assert len(ends) > 40
    for number in ends:
        with subtests.test(f"sheet {number + 1}"):
            assert len({round(top / 4) for top, _, _ in sheets[number]["text"]}) >= LEAST


def test_no_heading_stands_at_the_foot_of_a_page(sheets, subtests):
    """A line set larger than the text, with nothing but notes below it."""
    for number, sheet in enumerate(sheets[2:], 3):
        for column, text in sheet["columns"].items():
            body = [height for _, height, _ in text if height > SMALL]
            if body:
                with subtests.test(f"sheet {number}, {column}"):
                    assert body[-1] < LARGE


def test_the_running_heads_name_part_chapter_and_section(lang, trees, sheets):
    heads = {" ".join(words for _, _, words in sheet["head"]) for sheet in sheets}
    sections = {section.get("id"): section for section in trees[lang].sections}
    part, chapter = sections["policy-index"].get("data-title"), sections["policy-europe"]
    own = [heading.get("data-title") for heading in chapter.iter("h3") if heading.get("data-title")]
    assert any(head.endswith(part) for head in heads)
    assert any(f"{chapter.get('data-title')} · {section}" in head for head in heads for section in own)
    assert max(map(len, heads)) < 120


def test_the_end_of_a_chapter_is_marked_to_stay_together():
    long, short = f"<p>{'word ' * 300}</p>", "<p>word</p>"
    section = etree.fromstring(f"<section><h1>A</h1>{long}{long}<h2>B</h2>{short * 4}<h2>C</h2>{short}</section>")
    keep_end(section)
    kept = section.find("*[@keep]")
    assert 2 <= len(kept.xpath("following-sibling::*")) < 8


@pytest.mark.parametrize("text", ["<h1>A</h1><p>word</p>", f"<h1>A</h1><p>b</p><ul>{'<li>item</li>' * 60}</ul>"])
def test_a_short_chapter_and_a_long_list_at_the_end_are_left_alone(text):
    section = etree.fromstring(f"<section>{text}</section>")
    keep_end(section)
    assert section.xpath("//*[@keep]") == []


@pytest.mark.parametrize("name", ["hb-number", "hb-right"])
def test_the_head_of_a_column_of_numbers_stands_above_the_numbers(name):
    rows = f"<thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>a</td><td class='{name}'>1</td></tr></tbody>"
    heads = measured(etree.fromstring(f"<table>{rows}</table>")).find("head")
    assert [cell.get("class") for cell in heads] == [None, "hb-number"]


def test_a_table_of_the_ebook_scrolls_in_a_frame_and_keeps_what_follows_it():
    section = etree.fromstring("<section><table><tr><td>1</td></tr></table>after</section>")
    framed(section)
    assert etree.tostring(section).decode() == '<section><div class="hb-frame"><table><tr><td>1</td></tr></table></div>after</section>'


def test_a_chapter_is_called_by_its_heading(trees, subtests):
    for lang, tree in trees.items():
        for section, entry in zip(tree.sections, tree.entries, strict=True):
            said = " ".join("".join(section.find(".//*[@class='page-title']").itertext()).split())
            with subtests.test(f"{lang} {entry.key}"):
                assert entry.title == section.get("data-title") and said.startswith(entry.title)
