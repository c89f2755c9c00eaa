"""A newcomer's tools work: every path walked to its end, every question answered wrong and right, progress kept and cleared."""

import copy
import io
import json
import posixpath
from collections import Counter

import pypdf
import pytest
from handbook import pace, quiz, wording
from handbook.checks import answers
from handbook.exports.cards import DECKS, cards_of
from handbook.model import LANGUAGES

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
  return {
    step: at.dataset.step || "",
    link: at.closest("ol.hb-steps > li > p:first-of-type") ? at.href : "",
    quiz: at.matches(".hb-step-quiz > summary"),
    radio: at.name || "",
    answer: at.form ? at.form.dataset.answer : "",
  };
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
    page.wait_for_function(f"window.told.length >= {2 * len(asked)}")
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
    page.locator("[data-import]").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    assert not chooser.value.is_multiple()
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


def test_another_option_takes_the_verdict_back_and_what_it_opened(visit):
    page, log = visit("/start/self-test/", PHONE)
    question = page.locator(".hb-question").first
    form, details, verdict = question.locator("form"), question.locator("details"), question.locator(".hb-verdict")
    right = form.get_attribute("data-answer")
    wrong = form.locator(f"input[value='{2 if right == '1' else 1}']")
    form.locator(f"input[value='{right}']").check()
    form.locator("button").click()
    page.wait_for_function("document.querySelector('.hb-verdict').textContent !== ''")
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


@pytest.mark.parametrize("deck", DECKS)
def test_the_decks_hold_every_kind_of_card(book, deck):
    tags = Counter(card.tag for card in cards_of(book, deck))
    kinds = {"glossary", "instruments", "actors"} | (set() if deck == "nl-en" else {"figures", "parliament"})
    assert set(tags) == kinds
    assert deck == "nl-en" or tags["glossary"] == len(book.lists["glossary"])


@pytest.mark.parametrize("deck", DECKS)
def test_no_two_cards_ask_the_same_but_for_a_capital(book, deck):
    for side in ("front", "back") if deck == "nl-en" else ("front",):
        asked = Counter(getattr(card, side).casefold() for card in cards_of(book, deck))
        assert [text for text, count in asked.items() if count > 1] == []
    if deck == "nl-en":
        assert [card.front for card in cards_of(book, deck) if card.front.casefold() == card.back.casefold()] == []


def test_between_the_languages_every_party_with_another_name_is_asked(book):
    cards = cards_of(book, "nl-en")
    asked = {text.casefold() for card in cards for text in (card.front, card.back)}
    parties = [actor.name for actor in book.lists["actors"].values() if actor.name.nl.casefold() != actor.name.en.casefold()]
    assert len(parties) > 50
    assert [name.nl for name in parties if name.nl.casefold() not in asked and name.en.casefold() not in asked] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_with_a_figure_names_its_source(book, lang):
    for card in cards_of(book, lang):
        if card.tag == "figures":
            figure = book.lists["figures"][card.key.removeprefix("figure-")]
            assert all(wording.citation(book, key, lang) in card.back for key in figure.cite)


def test_a_paper_is_written_in_one_way_on_its_card_its_page_and_in_the_briefs(site, book):
    """As the part on numbers teaches it, with the chapter of the budget or the council of the EU where there is one."""
    fronts = {card.key: card.front for card in cards_of(book, "nl")}
    assert fronts["paper-motion-amhaouch-wiersma"] == "Kamerstuk 35 300 XIII, nr. 42"
    assert wording.paper(book, "21501-02-2197", "en") == "Parliamentary paper 21 501-02, no. 2197"
    assert wording.paper(book, "2025D44449", "nl") == "2025D44449"
    papers = {card.removeprefix("paper-"): front for card, front in fronts.items() if card.startswith("paper-")}
    for its_id, front in papers.items():
        assert front in site.pages["/parliament/"].get_element_by_id(its_id).text_content()
    for brief in ("investment-screening", "support-to-firms"):
        links = site.pages[f"/start/briefs/{brief}/"].xpath("//article//a[contains(@href,'parliament/#paper-')]")
        assert links and all(
            papers["paper-" + link.get("href").partition("#paper-")[2]] == link.text for link in links if "Kamerstuk" in link.text
        )


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
