"""The search finds what readers look for: our golden list and every name, in the real browser, by key alone, and from a folder."""

import gzip
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from handbook.search import Search
from handbook.search.entries import entries
from handbook.search.index import encode
from handbook.search.words import groups, initials, parts, words
from lxml import html
from playwright.sync_api import expect

LANGUAGES = {"nl": "", "en": "en/"}
FIRST = 3
ASK = """(queries) => queries.map((query) => {
  const input = document.querySelector(".hb-find input");
  input.value = query;
  input.dispatchEvent(new Event("input"));
  return [...document.querySelectorAll(".hb-find__results > li")].map((item) => [...item.querySelectorAll("a")].map((a) => a.href));
})"""
# Summaries come with the text of the handbook: once one is shown, results are complete.
READY = ".hb-find__results p"


@pytest.fixture(scope="session")
def golden(root: Path) -> dict[str, list[dict]]:
    return yaml.safe_load((root / "tests/golden/search.yml").read_text("utf-8"))


@pytest.fixture(scope="session")
def search(book) -> Search:
    return Search(book)


@pytest.fixture(scope="session")
def answers(chromium, address, golden) -> dict[str, list[list[list[str]]]]:
    """Per language and golden query the addresses of each result, below the language's root, as the dialog shows them."""
    found = {}
    for lang, folder in LANGUAGES.items():
        page = chromium.new_page()
        page.goto(f"{address}/{folder}?q=industrie")
        page.wait_for_selector(READY)
        raw = page.evaluate(ASK, [row["q"] for row in golden[lang]])
        found[lang] = [[[one.removeprefix(f"{address}/") for one in result] for result in results] for results in raw]
        page.close()
    return found


def _finds(expected: str, results: list[list[str]], folder: str) -> bool:
    """Whether one of EXPECTED's places is among RESULTS: a record or page as a result itself, a section among its links."""
    return any(folder + place in links for place in expected.split(" | ") for links in results[:FIRST])


def test_the_golden_list_is_large_and_unambiguous(golden, subtests):
    for lang in LANGUAGES:
        with subtests.test(lang):
            queries = [row["q"].lower() for row in golden[lang]]
            assert len(queries) >= 60
            assert len(set(queries)) == len(queries)
            assert sum(bool(row.get("reader")) for row in golden[lang]) >= 10


def test_every_place_of_the_golden_list_can_be_found(golden, book, subtests):
    for lang, rows in golden.items():
        places = {f"{entry.page}{'#' if entry.anchor else ''}{entry.anchor}" for entry in entries(book, lang)}
        for row in rows:
            with subtests.test(f"{lang}: {row['q']}"):
                assert {place for expected in row["expect"] for place in expected.split(" | ")} <= places


def test_nineteen_of_twenty_golden_places_are_among_the_first_three(golden, answers, subtests):
    for lang, folder in LANGUAGES.items():
        with subtests.test(lang):
            wanted = [(row["q"], one, found) for row, found in zip(golden[lang], answers[lang], strict=True) for one in row["expect"]]
            missed = [f"{query}: {one}" for query, one, found in wanted if not _finds(one, found, folder)]
            assert len(missed) <= 0.05 * len(wanted), missed


def test_every_question_of_a_fresh_reader_is_answered(golden, answers, subtests):
    for lang, folder in LANGUAGES.items():
        for row, found in zip(golden[lang], answers[lang], strict=True):
            if row.get("reader"):
                with subtests.test(f"{lang}: {row['q']}"):
                    assert all(_finds(one, found, folder) for one in row["expect"]), found[:FIRST]


def test_no_result_is_in_the_other_language(answers, subtests):
    for lang, folder in LANGUAGES.items():
        with subtests.test(lang):
            links = [link for results in answers[lang] for result in results for link in result]
            assert links
            assert [link for link in links if link.startswith("en/") != (folder == "en/")] == []


def test_every_result_leads_to_a_place_that_exists(site, book, subtests):
    for lang, folder in LANGUAGES.items():
        wanted: dict[str, set[str]] = {}
        for entry in entries(book, lang):
            wanted.setdefault(entry.page, set()).update({entry.anchor} - {""})
        for page, anchors in wanted.items():
            tree = html.parse(site.root / folder / page / "index.html")
            with subtests.test(f"{lang}: {page}"):
                assert anchors <= {element.get("id") for element in tree.iter() if isinstance(element.tag, str)}


def test_every_record_is_a_result_of_its_own(book, subtests):
    for lang in LANGUAGES:
        found = {(entry.kind, entry.anchor or entry.page.strip("/").rpartition("/")[2]) for entry in entries(book, lang)}
        kinds = {"glossary": "term", "timeline": "event", "figures": "figure", "actors": "actor", "parliament": "parliament"}
        for name, kind in (kinds | {"contradictions": "contradiction"}).items():
            with subtests.test(f"{lang}: {name}"):
                assert {(kind, one) for one in book.lists[name]} <= found
        with subtests.test(f"{lang}: instruments"):
            assert {("instrument", one) for one in book.instruments} <= found


def test_who_types_a_name_finds_what_bears_it(visit, address, book, subtests):
    for lang, folder in LANGUAGES.items():
        named = [entry for entry in entries(book, lang) if entry.kind in {"instrument", "term", "market", "policy"}]
        page, _ = visit(f"/{folder}?q=industrie")
        page.wait_for_selector(READY)
        found = page.evaluate(ASK, [entry.names[0] for entry in named])
        missed = [
            entry.names[0]
            for entry, results in zip(named, found, strict=True)
            if not any(f"{address}/{folder}{entry.page}{'#' if entry.anchor else ''}{entry.anchor}" in links for links in results[:FIRST])
        ]
        with subtests.test(lang):
            assert missed == []


def test_who_leaves_out_a_letter_of_a_term_still_finds_it(visit, address, book, subtests):
    for lang, folder in LANGUAGES.items():
        terms = [term for term in book.lists["glossary"].values() if term.term[lang].isalpha() and len(term.term[lang]) >= 7]
        page, _ = visit(f"/{folder}?q=industrie")
        page.wait_for_selector(READY)
        middle = [len(term.term[lang]) // 2 for term in terms]
        found = page.evaluate(ASK, [term.term[lang][:at] + term.term[lang][at + 1 :] for term, at in zip(terms, middle, strict=True)])
        names = {term.id: f"{address}/{folder}glossary/#{term.id}" for term in terms}
        missed = [term.term[lang] for term, results in zip(terms, found, strict=True) if [names[term.id]] not in results[:FIRST]]
        with subtests.test(lang):
            assert len(missed) <= 0.05 * len(terms), missed


def test_first_results_cost_at_most_75_kilobytes(search, root, subtests):
    fixed = [(root / "docs/assets" / name).read_bytes() for name in ("search.js", "search-engine.js", "search.css")]
    for lang in LANGUAGES:
        with subtests.test(lang):
            needed = [*fixed, search.scripts[lang]["index"].content.encode()]
            assert sum(len(gzip.compress(one, 9)) for one in needed) <= 75_000


def test_the_same_handbook_gives_the_same_scripts(search, book):
    assert Search(book).scripts == search.scripts


def test_a_changed_index_has_another_address(search):
    addresses = [script.address for scripts in search.scripts.values() for script in scripts.values()]
    assert len(set(addresses)) == 4


def test_the_old_index_is_not_shipped(site):
    assert not (site.root / "search").exists()


def test_browser_and_build_see_the_same_words(visit, book, subtests):
    page, _ = visit("/?q=industrie")
    page.wait_for_selector(READY)
    for lang in LANGUAGES:
        texts = [name for entry in entries(book, lang) for name in (*entry.names, *entry.text)]
        here = page.evaluate("(texts) => texts.map((text) => searchWords(text))", texts)
        with subtests.test(lang):
            assert [text for text, found in zip(texts, here, strict=True) if found != words(text)] == []


def test_keys_alone_open_walk_and_close_the_search(visit):
    page, _ = visit("/")
    opener = page.locator(".hb-find-open")
    opener.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.hb-find input')")
    page.keyboard.type("groeifonds")
    page.wait_for_selector(READY)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Nationaal Groeifonds"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('.hb-find input')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.hb-find-open')")
    assert not page.evaluate("document.querySelector('.hb-find').open")


def test_enter_opens_the_first_result(visit):
    page, _ = visit("/")
    page.click(".hb-find-open")
    page.keyboard.type("groeifonds")
    page.wait_for_selector(READY)
    page.keyboard.press("Enter")
    page.wait_for_url("**/instruments/nationaal-groeifonds/")


def test_the_search_has_a_name_a_labelled_field_and_a_status(visit, subtests):
    for lang, (folder, name) in {"nl": ("", "Zoek in het handboek"), "en": ("en/", "Search the handbook")}.items():
        page, _ = visit(f"/{folder}")
        page.click(".hb-find-open")
        with subtests.test(lang):
            assert page.get_by_role("dialog", name=name).is_visible()
            assert page.get_by_role("textbox", name={"nl": "Zoekwoorden", "en": "Search terms"}[lang]).is_visible()
            assert page.get_by_role("status").count() >= 1


def test_the_number_of_results_is_announced(visit):
    page, _ = visit("/?q=groeifonds")
    expect(page.locator(".hb-find [role=status]")).to_have_text(re.compile(r"^\d+ resultaten$"))


def test_who_finds_nothing_is_led_to_the_other_language(visit):
    page, _ = visit("/?q=zzqxw")
    expect(page.locator(".hb-find [role=status]")).to_have_text("Niets gevonden.")
    link = page.locator(".hb-find__other a")
    assert link.get_attribute("lang") == "en"
    link.click()
    page.wait_for_url("**/en/**")
    page.wait_for_selector(".hb-find[open]")
    assert page.locator(".hb-find input").input_value() == "zzqxw"


def test_a_query_is_text_and_never_markup(visit):
    page, _ = visit("/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+industrie")
    page.wait_for_selector(READY)
    assert page.locator(".hb-find img").count() == 0


def test_the_search_works_from_a_folder(visit, site, subtests):
    for lang, folder in LANGUAGES.items():
        page, _ = visit(f"{(site.root / folder / 'policy/money/index.html').as_uri()}?q=fieldlab")
        page.wait_for_selector(READY)
        with subtests.test(lang):
            first = page.locator(".hb-find ol a").first.get_attribute("href")
            assert first.endswith("index.html") or "index.html#" in first
            page.locator(".hb-find ol a").first.click()
            page.wait_for_load_state()
            assert page.locator("h1").first.is_visible()


def test_without_javascript_there_is_no_search_to_mislead(visit):
    page, _ = visit("/", java_script_enabled=False)
    assert not page.locator(".hb-find-open").is_visible()
    assert not page.locator(".hb-find").is_visible()


def test_the_dialog_breaks_no_policy(visit):
    page, log = visit("/")
    page.click(".hb-find-open")
    page.keyboard.type("fotonica")
    page.wait_for_selector(READY)
    assert log.all() == []


CASES = SimpleNamespace(
    words={
        "Regio’s en IPCEI’s": ["regios", "en", "ipceis"],
        "industrieën": ["industrieen"],
        "Kamerstuk 35 420, nr. 105": ["kamerstuk", "35420", "nr", "105"],
        "start-up": ["start", "up", "startup"],
        "12,3% en € 1.500": ["12.3", "en", "1.500"],
        "R&D": ["r&d"],
    },
    groups={
        "nl": (["fonds", "fondsen", "industrie", "industrieen", "toets", "toetsen"], ["fonds", "fondsen"]),
        "en": (["policies", "policy", "defence", "defense", "market"], ["defence", "defense"]),
    },
)


def test_words_are_folded_and_joined(subtests):
    for text, expected in CASES.words.items():
        with subtests.test(text):
            assert words(text) == expected


def test_forms_of_one_word_are_one_group(subtests):
    for lang, (vocabulary, expected) in CASES.groups.items():
        with subtests.test(lang):
            assert expected in groups(vocabulary, lang)


def test_a_compound_is_taken_apart_by_known_words():
    assert parts("groeifonds", {"groei", "fonds"}) == ["groei", "fonds"]
    assert parts("technologiestrategie", {"technologie", "strategie"}) == ["technologie", "strategie"]
    assert parts("fotonica", {"groei"}) == ["fotonica"]


def test_readers_abbreviate_names_by_their_parts():
    assert initials("Nationaal Groeifonds", {"groei", "fonds"}, set()) == "ngf"


def test_numbers_are_written_short():
    assert encode([0, 31, 32]) == "g" + "_" + "Ah"
    assert json.dumps(encode(list(range(64)))).isascii()
