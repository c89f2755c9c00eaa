"""Progress on a path is kept, taken along as a file, read back, and cleared after a question."""

import json

import pytest
from handbook.model import LANGUAGES
from learning import KEPT, LISTEN, PHONE, root


@pytest.mark.parametrize("lang", LANGUAGES)
def test_progress_is_kept_after_a_reload_taken_along_and_read_back(visit, lang, tmp_path):
    page, log = visit(f"{root(lang)}start/abroad/", PHONE)
    boxes = page.locator("input[data-step]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.goto(f"{root(lang)}start/spokesperson/")
    page.locator("input[data-step]").first.check()
    page.goto(f"{root(lang)}start/abroad/")
    assert page.locator(".hb-progress output").inner_text() == f"2/{boxes.count()}"
    assert boxes.nth(1).is_checked()
    page.locator("[data-export]").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "mine.json")
    assert len(json.loads((tmp_path / "mine.json").read_text("utf-8"))["read"]) == 3
    page.evaluate("localStorage.clear()")
    page.reload()
    read_in(page, tmp_path / "mine.json", "imported")
    assert page.locator(".hb-progress output").inner_text() == f"2/{boxes.count()}"
    assert len(json.loads(page.evaluate(KEPT))) == 3
    assert log.all() == []


@pytest.mark.parametrize("text", ["no json", "[]", '{"read": 5}', '{"read": ["<b>"]}', '{"read": [1]}'])
def test_a_file_without_progress_is_refused_and_changes_nothing(visit, text, tmp_path):
    page, log = visit("/start/abroad/")
    page.locator("input[data-step]").first.check()
    before = page.evaluate(KEPT)
    (tmp_path / "other.json").write_text(text, "utf-8")
    read_in(page, tmp_path / "other.json", "unreadable")
    assert page.evaluate(KEPT) == before
    assert log.all() == []


def read_in(page, file, told: str) -> None:
    """Gives FILE to the bar of PAGE to read in, and waits until it tells the outcome TOLD."""
    page.locator(".hb-progress input[type=file]").set_input_files(file)
    page.wait_for_function(
        "(told) => { const one = document.querySelector('.hb-progress [role=status]'); return one.textContent === one.dataset[told]; }",
        arg=told,
    )


def test_a_file_is_asked_for_with_the_keyboard(visit):
    page, log = visit("/start/abroad/")
    page.locator(".hb-progress input").evaluate("(file) => { file.onclick = (event) => { event.preventDefault(); window.asked = true; }; }")
    page.locator("[data-import]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.asked")
    assert log.all() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_progress_is_cleared_with_the_keyboard_after_a_question_and_told(visit, lang):
    page, log = visit(f"{root(lang)}start/spokesperson/", PHONE)
    page.locator("input[data-step]").first.check()
    page.goto(f"{root(lang)}start/abroad/")
    page.locator("input[data-step]").first.check()
    page.evaluate(LISTEN)
    clear, yes = page.locator("[data-clear]"), page.locator("[data-yes]")
    clear.focus()
    for leave in ("Escape", "Tab Enter"):
        page.keyboard.press("Enter")
        assert yes.evaluate("(one) => one === document.activeElement")
        for key in leave.split():
            page.keyboard.press(key)
        assert clear.evaluate("(one) => one === document.activeElement") and not yes.is_visible()
        assert len(json.loads(page.evaluate(KEPT))) == 2
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.told.length > 0")
    assert page.evaluate("window.told") == [page.locator(".hb-progress [role=status]").get_attribute("data-cleared")]
    assert json.loads(page.evaluate(KEPT)) == ["spokesperson/line"]
    assert clear.evaluate("(one) => one === document.activeElement")
    assert log.all() == []


def test_a_spoilt_store_does_no_harm(visit, subtests):
    page, log = visit("/start/abroad/")
    box = page.locator("input[data-step]").first
    for stored in ("no json", "5", '{"a": 1}', "null"):
        with subtests.test(stored):
            page.evaluate("(text) => localStorage.setItem('handbook.read', text)", stored)
            page.reload()
            box.check()
            page.reload()
            assert box.is_checked()
    assert log.all() == []
