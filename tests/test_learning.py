"""A newcomer's tools work: every path walked to its end, every question answered wrong and right, progress kept and cleared."""

import json
import posixpath
from collections import Counter

import pytest
from handbook import pace, quiz
from handbook.exports.cards import DECKS, cards_of
from handbook.model import LANGUAGES
from handbook.model.learning import BEYOND

PATHS = ("policy-officer", "spokesperson", "abroad", "editor")
PHONE = 390
KEPT = "localStorage.getItem('handbook.read')"
# What a screen reader is told: every text that a status of the page takes, in order.
LISTEN = """() => {
  window.told = [];
  const hear = (changes) => changes.forEach(({target}) => target.textContent && window.told.push(target.textContent));
  for (const one of document.querySelectorAll("[role=status]")) new MutationObserver(hear).observe(one, {childList: true});
}"""
# Answers every question wrong and then right; gives [id, the two verdicts, whether the explanation opened only after the right one].
ANSWER_ALL = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const rows = [...document.querySelectorAll("form.hb-quiz")].map((form) => ({
    form, verdict: form.querySelector(".hb-verdict"), details: form.parentElement.querySelector("details")}));
  const answer = async (choose) => {
    for (const {form} of rows) {
      form.querySelector(`input[value="${choose(form.dataset.answer)}"]`).checked = true;
      form.requestSubmit();
    }
    await frame();
    return rows.map(({verdict, details}) => [verdict.textContent, details.open]);
  };
  const wrong = await answer((right) => (right === "1" ? "2" : "1"));
  const right = await answer((right) => right);
  return rows.map(({form, verdict}, n) =>
    [form.parentElement.id, wrong[n][0] === verdict.dataset.wrong && right[n][0] === verdict.dataset.right, !wrong[n][1] && right[n][1]]);
}"""
FOCUS = """() => {
  const at = document.activeElement;
  return {step: at.dataset.step || "", quiz: at.matches(".hb-step-quiz > summary"), radio: at.name || "", link: at.closest("ol.hb-steps > li > p") ? at.href : "",
          answer: at.form ? at.form.dataset.answer : "", button: at.dataset.clear === "" ? "clear" : at.dataset.export === "" ? "export" : ""};
}"""


def root(lang: str) -> str:
    return "/" if lang == LANGUAGES[0] else f"/{lang}/"


def steps_of(book, path: str) -> list:
    return [step for phase in book.lists["paths"][path].phases for step in phase.steps]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_every_step_leads_to_the_very_section(site, book, path, lang, subtests):
    own = f"{root(lang)}start/{path}/"
    links = site.pages[own].xpath("//ol[contains(@class,'hb-steps')]/li/p[1]/a[1]/@href")
    steps = steps_of(book, path)
    assert len(links) == len(steps)
    for step, href in zip(steps, links, strict=True):
        with subtests.test(step.id):
            place, _, anchor = href.partition("#")
            target = site.pages[posixpath.normpath(posixpath.join(own, place)).rstrip("/") + "/"]
            assert not anchor or target.xpath("//*[@id=$id]", id=anchor)
            assert anchor == (step.anchor or "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_walked_to_its_end_on_a_phone_with_the_keyboard_alone(visit, book, path, lang):
    page, log = visit(f"{root(lang)}start/{path}/", PHONE)
    page.evaluate(LISTEN)
    steps = steps_of(book, path)
    read, links, opened, answered = [], [], 0, []
    while len(links) < len(steps) or opened < len(steps):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at["step"]:
            page.keyboard.press("Space")
            read.append(at["step"])
        elif at["link"]:
            links.append(at["link"])
        elif at["quiz"]:
            opened += 1
            if opened == 1:
                page.keyboard.press("Enter")
        elif at["radio"] and at["radio"] not in answered:
            answered.append(at["radio"])
            right = int(at["answer"])
            page.keyboard.press("Space")
            for _ in range(1 if right == 1 else 0):
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            for _ in range(abs(right - (2 if right == 1 else 1))):
                page.keyboard.press("ArrowUp" if right == 1 else "ArrowDown")
            page.keyboard.press("Enter")
    assert read == [f"{path}/{step.id}" for step in steps]
    verdicts = page.locator(".hb-verdict").first
    wrong, good = verdicts.get_attribute("data-wrong"), verdicts.get_attribute("data-right")
    page.wait_for_function(f"window.told.length >= {2 * len(answered)}")
    assert answered and page.evaluate("window.told") == [wrong, good] * len(answered)
    assert page.locator(".hb-progress output").inner_text() == f"{len(steps)}/{len(steps)}"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert log.all() == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [*(f"start/{path}/" for path in PATHS), "start/self-test/"])
def test_every_question_tells_wrong_from_right(visit, place, lang):
    page, log = visit(root(lang) + place, PHONE)
    rows = page.evaluate(ANSWER_ALL)
    assert rows
    assert [row for row in rows if not (row[1] and row[2])] == []
    assert log.all() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_progress_is_kept_after_a_reload_taken_along_and_cleared_with_the_keyboard(visit, lang):
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
    assert len(json.loads(download.value.path().read_text("utf-8"))["read"]) == 3
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".hb-progress output").inner_text() == f"0/{boxes.count()}"
    assert json.loads(page.evaluate(KEPT)) == [f"spokesperson/{page.evaluate('0') or 'line'}"]
    page.goto(f"{root(lang)}start/spokesperson/")
    page.locator("[data-clear]").click()
    assert page.evaluate(KEPT) is None
    assert log.all() == []


@pytest.mark.parametrize("stored", ["no json", "5", '{"a": 1}', "null"])
def test_a_spoilt_store_does_no_harm(visit, stored):
    page, log = visit("/start/abroad/")
    page.evaluate("(text) => localStorage.setItem('handbook.read', text)", stored)
    page.reload()
    page.locator("input[data-step]").first.check()
    page.reload()
    assert page.locator("input[data-step]").first.is_checked()
    assert log.all() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mixed_test_asks_one_question_a_theme_and_counts_the_first_answer(visit, book, lang):
    page, log = visit(f"{root(lang)}start/mixed-test/", PHONE)
    themes = [theme for theme in quiz.themes(book) if theme not in BEYOND]
    shown = page.locator(".hb-question:visible")
    assert sorted(shown.evaluate_all("(all) => all.map((one) => one.dataset.theme)")) == sorted(themes)
    before = shown.evaluate_all("(all) => all.map((one) => one.id)")
    for number, wrong_first in ((0, False), (1, True)):
        form = shown.nth(number).locator("form")
        right = form.get_attribute("data-answer")
        for value in ["2" if right == "1" else "1", right] if wrong_first else [right]:
            form.locator(f"input[value='{value}']").check()
            form.locator("button").click()
    score = page.locator(".hb-draw output").inner_text()
    assert [int(word) for word in score.split() if word.isdigit()] == [1, len(themes)]
    page.locator("[data-draw]").click()
    assert page.locator("form.hb-quiz input:checked").count() == 0
    assert shown.evaluate_all("(all) => all.map((one) => one.id)") != before
    assert log.all() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_script_every_answer_is_reached_with_the_keyboard(visit, lang):
    page, _ = visit(f"{root(lang)}start/mixed-test/", PHONE, java_script_enabled=False)
    assert page.locator("button:visible, .hb-verdict:not(:empty)").count() == page.locator(".md-header button:visible").count()
    first = page.locator(".hb-question details").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.locator("p").is_visible()
    page.locator(".hb-round > summary").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.locator(".hb-round").nth(1).locator(".hb-question").first.is_visible()
    page.goto(f"{root(lang)}start/spokesperson/")
    assert page.locator("input[data-step]:visible, .hb-progress:visible").count() == 0
    page.locator(".hb-step-quiz > summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".hb-step-quiz").first.locator("legend, .hb-open").first.is_visible()


def test_without_script_every_question_has_its_answer(site, book):
    questions = site.pages["/start/self-test/"].xpath("//div[@class='hb-question']")
    assert len(questions) == len(book.lists["questions"])
    for question in questions:
        assert question.xpath("./details/summary")
        assert not question.xpath(".//button[not(@hidden)]")


def test_every_question_is_a_real_form_with_its_difficulty_and_kind(site):
    for question in site.pages["/en/start/self-test/"].xpath("//div[@class='hb-question']"):
        assert question.xpath("string(./p[contains(@class,'hb-level')])").strip() in ("easy", "medium", "hard")
        assert question.xpath("./details/p/span[contains(@class,'hb-tag')]/text()")
    for fieldset in site.pages["/en/start/self-test/"].xpath("//form[contains(@class,'hb-quiz')]/fieldset"):
        assert fieldset.xpath("./legend[normalize-space()]")
        assert len(set(fieldset.xpath(".//input[@type='radio']/@name"))) == 1
        assert all(label.xpath("./input") for label in fieldset.xpath("./label"))
        assert fieldset.getparent().xpath(".//*[@role='status']")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_the_minutes_of_a_path_are_those_of_the_text(site, book, path, lang):
    page = site.pages[f"{root(lang)}start/{path}/"]
    shown = [
        int(text.split()[0]) for text in page.xpath("//ol[contains(@class,'hb-steps')]/li/p[1]/span[contains(@class,'hb-tag')]/text()")
    ]
    assert shown == [pace.step_minutes(book, step, lang) for step in steps_of(book, path)]
    assert all(minutes >= 1 for minutes in shown)


def test_minutes_grow_with_the_data_that_a_page_shows(book):
    """The glossary's own text is a line; its terms are what takes the time."""
    page = book.pages["nl", "glossary.md"]
    assert sum(len(block.prose.split()) for block in page.blocks) < pace.WORDS_A_MINUTE
    assert pace.page_minutes(book, page) > 20
    assert pace.page_minutes(book, page, next(iter(book.lists["glossary"]))) == 1


def test_every_theme_is_asked_about_in_every_kind(book):
    """At least 120 questions in each language (a question always has both), over all themes."""
    questions = book.lists["questions"].values()
    assert len(questions) >= 120
    kinds = {(question.theme, question.kind) for question in questions}
    assert {theme: [kind for kind in ("fact", "comparison", "judgement", "trap", "open") if (theme, kind) not in kinds]
            for theme in book.labels.groups["theme"]} == {theme: [] for theme in book.labels.groups["theme"]}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_right_answer_is_not_given_away_by_its_length_or_place(book, lang):
    """Among four options the right one may be the longest, the shortest or the first about as often as chance would have it."""
    choices = [question for question in book.lists["questions"].values() if len(question.options) == 4]
    tally: Counter[str] = Counter()
    for question in choices:
        lengths = [len(option[lang]) for option in question.options]
        right = lengths.pop(question.answer - 1)
        tally.update([f"place {question.answer}"])
        tally.update(["longest"] if right > max(lengths) else ["shortest"] if right < min(lengths) else [])
    assert {name: count for name, count in tally.items() if count > len(choices) / 3} == {}


@pytest.mark.parametrize("deck", DECKS)
def test_the_decks_hold_every_kind_of_card(book, deck):
    tags = Counter(card.tag for card in cards_of(book, deck))
    kinds = {"glossary", "instruments"} if deck == "nl-en" else {"glossary", "instruments", "actors", "figures", "parliament"}
    assert set(tags) == kinds
    assert tags["glossary"] == len(book.lists["glossary"])
