"""What a newcomer prints is short, holds nothing for the screen alone, and keeps its addresses."""

import io

import pypdf
import pytest
from handbook.model import LANGUAGES
from learning import PATHS, root, steps_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_printed_fits_its_sheets(visit, book, lang, subtests):
    """A brief and the introduction on one sheet of A4, every checklist on its own; a path on a few, the self-test at six questions each."""
    page, _ = visit(f"{root(lang)}start/")
    briefs = [path for its_lang, path in book.pages if its_lang == lang and path.startswith("start/briefs/") and "index" not in path]
    lists = [heading.id for heading in book.pages[lang, "start/checklists.md"].headings if heading.level == 2]
    sheets = dict.fromkeys(briefs, 1) | {"start/introduction.md": 1, "start/checklists.md": len(lists)}
    sheets |= {f"start/{path}.md": 2 + len(steps_of(book, path)) // 20 for path in PATHS if path != "editor"}
    sheets |= {"start/self-test.md": len(book.lists["questions"]) // 6, "start/mixed-test.md": 6}
    for path, most in sheets.items():
        with subtests.test(path):
            assert len(printed(page, root(lang) + path.removesuffix(".md") + "/").pages) <= most


def test_on_paper_stands_nothing_that_only_a_screen_can_do(visit, subtests):
    page, _ = visit("/start/")
    for place, absent in (
        ("policy-officer", ("Wis voortgang", "gelezen", "Toets jezelf")),
        ("self-test", ("Controleer", "Antwoord en uitleg")),
    ):
        words = text_of(printed(page, f"/start/{place}/"))
        with subtests.test(place):
            assert [word for word in absent if word in words] == []


def test_on_paper_general_knowledge_keeps_the_addresses_it_was_checked_against(visit, site):
    page, _ = visit("/start/")
    words = "".join(text_of(printed(page, "/start/how-it-works/")).split())
    links = site.pages["/start/how-it-works/"].xpath("//div[contains(@class,'admonition info')]//a[starts-with(@href,'https://')]/@href")
    assert len(links) > 20
    assert [link for link in links if link not in words] == []


def printed(page, place: str) -> pypdf.PdfReader:
    """What PLACE prints as, on sheets of A4."""
    page.goto(place)
    return pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def text_of(printed: pypdf.PdfReader) -> str:
    return "\n".join(sheet.extract_text() for sheet in printed.pages)
