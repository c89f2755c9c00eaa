"""A newcomer's tools work: every path walked to its end, every question answered wrong and right, each answer grounded."""

import copy
import json
import posixpath
from collections import Counter

import pytest
from handbook import pace, quiz, wording
from handbook.checks import answers
from handbook.model import LANGUAGES
from learning import KEPT, LISTEN, PATHS, PHONE, root, steps_of

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
  return {
    step: at.dataset.step || "",
    link: at.closest("ol.hb-steps > li > p:first-of-type") ? at.href : "",
    quiz: at.matches(".hb-step-quiz > summary"),
    radio: at.name || "",
    answer: at.form ? at.form.dataset.answer : "",
  };
}"""


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
def test_an_answer_names_what_carries_it_and_what_explains_the_other_options(site, book, lang):
    page = site.pages[f"{root(lang)}start/self-test/"]
    for question in book.lists["questions"].values():
        shown = page.get_element_by_id(f"q-{question.id}").xpath("./details//a[@class='hb-cite']/text()")
        assert shown == [wording.citation(book, key, lang) for key in dict.fromkeys(question.cite + question.seen)]


def test_the_door_for_a_colleague_abroad_opens_in_english_first(site):
    """On the Dutch start page the English page comes first, marked as English, with the Dutch one beside it."""
    (door,) = (one for one in site.pages["/start/"].xpath("//div[@class='hb-door']") if one.xpath(".//a[contains(@href,'abroad/')]"))
    first, second = door.xpath(".//a")
    assert (first.get("href"), first.get("lang"), first.get("hreflang")) == ("../en/start/abroad/", "en", "en")
    assert (second.get("href"), second.get("hreflang")) == ("abroad/", None)
    english = site.pages["/en/start/"].xpath("//div[@class='hb-door']//a/@href")
    assert "abroad/" in english and not any(".." in href for href in english)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_path_is_walked_to_its_end_on_a_phone_with_the_keyboard_alone(visit, book, lang, subtests):
    page, log = visit(f"{root(lang)}start/", PHONE)
    for path in PATHS:
        with subtests.test(path):
            page.goto(f"{root(lang)}start/{path}/")
            steps = steps_of(book, path)
            links, told = walk(page, len(steps))
            verdict = page.locator(".hb-verdict").first
            assert told == [verdict.get_attribute("data-wrong"), verdict.get_attribute("data-right")] * (len(told) // 2)
            assert told and len(links) == len(steps)
            assert {f"{path}/{step.id}" for step in steps} <= set(json.loads(page.evaluate(KEPT)))
            assert page.locator(".hb-progress output").inner_text() == f"{len(steps)}/{len(steps)}"
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert log.all() == []


def walk(page, steps: int) -> tuple[list[str], list[str]]:
    """Goes through PAGE by Tab: marks each of its STEPS read, opens the first quiz and answers it wrong and right.

    Gives the links it met, and what it was told."""
    page.evaluate(LISTEN)
    links, quizzes, asked = [], 0, []
    while quizzes < steps:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at["step"]:
            page.keyboard.press("Space")
        elif at["link"]:
            links.append(at["link"])
        elif at["quiz"]:
            quizzes += 1
            if quizzes == 1:
                page.keyboard.press("Enter")
        elif at["radio"] and at["radio"] not in asked:
            asked.append(at["radio"])
            answer_with_keys(page, int(at["answer"]))
    page.wait_for_function(f"() => window.told.length >= {2 * len(asked)}")
    return links, page.evaluate("window.told")


def answer_with_keys(page, right: int) -> None:
    """Chooses a wrong option of the group that has the focus and sends it, then the RIGHT one."""
    wrong = 2 if right == 1 else 1
    page.keyboard.press("Space")
    for _ in range(wrong - 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    for _ in range(abs(right - wrong)):
        page.keyboard.press("ArrowUp" if right < wrong else "ArrowDown")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_tells_wrong_from_right(visit, lang, subtests):
    page, log = visit(f"{root(lang)}start/", PHONE)
    for place in (*PATHS, "self-test"):
        with subtests.test(place):
            page.goto(f"{root(lang)}start/{place}/")
            rows = page.evaluate(ANSWER_ALL)
            assert rows
            assert [row for row in rows if not (row[1] and row[2])] == []
    assert log.all() == []


def test_another_option_takes_the_verdict_back_and_what_it_opened(visit):
    page, log = visit("/start/self-test/", PHONE)
    question = page.locator(".hb-question").first
    form, details, verdict = question.locator("form"), question.locator("details"), question.locator(".hb-verdict")
    right = form.get_attribute("data-answer")
    wrong = form.locator(f"input[value='{2 if right == '1' else 1}']")
    form.locator(f"input[value='{right}']").check()
    form.locator("button").click()
    page.wait_for_function("() => document.querySelector('.hb-verdict').textContent !== ''")
    assert details.evaluate("(one) => one.open")
    wrong.check()
    assert (verdict.inner_text(), details.evaluate("(one) => one.open")) == ("", False)
    details.locator("summary").click()
    form.locator(f"input[value='{right}']").check()
    form.locator("button").click()
    wrong.check()
    assert details.evaluate("(one) => one.open"), "what the reader opened stays open"
    assert log.all() == []


def test_enter_on_an_option_without_script_reloads_nothing(visit, site):
    """From a folder, where no policy forbids forms to be sent."""
    page, _ = visit("/start/", java_script_enabled=False)
    address = (site.root / "start/self-test/index.html").as_uri()
    page.goto(address)
    option = page.locator(".hb-quiz input").first
    option.check()
    option.press("Enter")
    page.wait_for_timeout(300)
    assert page.url == address and option.is_checked()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mixed_test_asks_one_question_a_theme_and_counts_the_first_answer(visit, book, lang):
    page, log = visit(f"{root(lang)}start/mixed-test/", PHONE)
    themes = quiz.themes(book)
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


def test_every_choice_has_its_turn_in_the_mixed_test(book):
    """Each once, no theme twice in a round, and no round much shorter than another."""
    rounds = quiz.rounds(book)
    drawn = [question.id for row in rounds for question in row]
    assert sorted(drawn) == sorted(question.id for question in book.lists["questions"].values() if question.options)
    assert all(len({question.theme for question in row}) == len(row) for row in rounds)
    assert min(map(len, rounds)) > max(map(len, rounds)) / 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_script_every_answer_is_reached_with_the_keyboard(visit, lang):
    page, _ = visit(f"{root(lang)}start/mixed-test/", PHONE, java_script_enabled=False)
    assert page.locator(".hb-mixed button:visible").count() == 0
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
    shown = page.xpath("//ol[contains(@class,'hb-steps')]/li/p[1]/span[contains(@class,'hb-tag')]/text()")
    assert [int(text.split()[0]) for text in shown] == [pace.step_minutes(book, step, lang) for step in steps_of(book, path)]


def test_minutes_grow_with_the_data_that_a_page_shows(book):
    """The glossary's own text is a line; its terms are what takes the time."""
    page = book.pages["nl", "glossary.md"]
    assert sum(len(block.prose.split()) for block in page.blocks) < pace.WORDS_A_MINUTE
    assert pace.page_minutes(book, page) > 20
    assert pace.page_minutes(book, page, next(iter(book.lists["glossary"]))) == 1


def test_a_wrong_key_with_a_figure_of_another_paragraph_is_caught(book, subtests):
    """The answers that once passed with a wrong key, because what explains a wrong option counted too."""
    only = copy.copy(book)
    for name in ("position-productivity-lead", "europe-earned-abroad", "governance-signatory"):
        question = book.lists["questions"][name]
        for number in range(1, len(question.options) + 1):
            with subtests.test(f"{name} {number}"):
                spoilt = question.model_copy(update={"answer": number})
                only.lists = book.lists | {"questions": book.lists["questions"] | {name: spoilt}}
                assert bool(list(answers.cited(only))) == (number != question.answer)


def test_a_right_answer_may_name_the_year_of_the_sources_it_cites_only(book):
    """`Volgens het beleidsdoel van 2026` is no answer of a question that cites the vision of 2020 alone."""
    question = book.lists["questions"]["trends-cpb-estimate"]
    wrong = next(number for number, option in enumerate(question.options, 1) if "2026" in option.nl)
    only = copy.copy(book)
    only.lists = book.lists | {"questions": book.lists["questions"] | {question.id: question.model_copy(update={"answer": wrong})}}
    assert "gives 2026" in next(answers.cited(only)).message


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
