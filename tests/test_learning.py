"""A newcomer's tools work: quizzes answered right and wrong, progress kept and cleared, everything readable without script."""

import json

import pytest


@pytest.mark.parametrize("path", ["/start/self-test/", "/en/start/self-test/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_question_answered_wrong_then_right(visit, book, path, width):
    page, log = visit(path, width)
    quiz = page.locator("form.hb-quiz").first
    right = int(quiz.get_attribute("data-answer"))
    wrong = 1 if right != 1 else 2
    verdict = quiz.locator(".hb-verdict")
    quiz.locator("button").click()
    assert verdict.inner_text() == verdict.get_attribute("data-choose")
    quiz.locator(f"input[value='{wrong}']").check()
    quiz.locator("button").click()
    assert verdict.inner_text() == verdict.get_attribute("data-wrong")
    answer = page.locator(".hb-question").first.locator("details")
    assert not answer.evaluate("element => element.open")
    quiz.locator(f"input[value='{right}']").check()
    quiz.locator("button").click()
    assert verdict.inner_text() == verdict.get_attribute("data-right")
    assert answer.evaluate("element => element.open")
    assert log.all() == []


def test_a_question_is_answered_with_the_keyboard_alone(visit):
    page, _ = visit("/start/self-test/")
    quiz = page.locator("form.hb-quiz").first
    quiz.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert quiz.locator(".hb-verdict").inner_text() != ""
    assert quiz.locator(".hb-verdict").get_attribute("role") == "status"


@pytest.mark.parametrize("path", ["/start/policy-officer/", "/en/start/spokesperson/"])
def test_progress_is_kept_after_a_reload_and_cleared_on_demand(visit, path):
    page, log = visit(path)
    boxes = page.locator("input[data-step]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.reload()
    assert page.locator(".hb-progress output").inner_text() == f"2/{boxes.count()}"
    assert boxes.nth(1).is_checked()
    stored = json.loads(page.evaluate("localStorage.getItem('handbook.read')"))
    assert len(stored) == 2
    page.locator("[data-clear]").click()
    assert page.locator(".hb-progress output").inner_text() == f"0/{boxes.count()}"
    assert page.evaluate("localStorage.getItem('handbook.read')") is None
    assert log.all() == []


def test_progress_can_be_taken_along(visit):
    page, _ = visit("/start/policy-officer/")
    page.locator("input[data-step]").first.check()
    with page.expect_download() as download:
        page.locator("[data-export]").click()
    assert json.loads(download.value.path().read_text("utf-8"))["read"][0].startswith("policy-officer/")


def test_without_script_every_answer_can_be_read(site, book):
    page = site.pages["/start/self-test/"]
    questions = page.xpath("//div[@class='hb-question']")
    assert len(questions) == len(book.lists["questions"])
    for question in questions:
        assert question.xpath("./details/summary")
        assert not question.xpath(".//button[not(@hidden)]")


def test_every_question_is_a_real_form(site):
    for fieldset in site.pages["/en/start/self-test/"].xpath("//form[contains(@class,'hb-quiz')]/fieldset"):
        assert fieldset.xpath("./legend[normalize-space()]")
        names = set(fieldset.xpath(".//input[@type='radio']/@name"))
        assert len(names) == 1
        assert all(label.xpath("./input") for label in fieldset.xpath("./label"))


@pytest.mark.parametrize("path", ["policy-officer", "spokesperson", "abroad", "editor"])
def test_every_step_says_why_and_how_long(site, book, path):
    steps = site.pages[f"/start/{path}/"].xpath("//ol[contains(@class,'hb-steps')]/li")
    assert len(steps) == sum(len(phase.steps) for phase in book.lists["paths"][path].phases)
    for step in steps:
        assert int(step.xpath("string(.//span[contains(@class,'hb-tag')])").split()[0]) >= 1
