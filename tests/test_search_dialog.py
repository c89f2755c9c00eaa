"""The search's dialog: keys alone, announced results, the other language, from a folder, and no harm where scripts are off."""

import re

from playwright.sync_api import expect
from searching import LANGUAGES, READY

STATUS = ".hb-find [role=status]"


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


def test_every_result_says_what_kind_it_is(visit, subtests):
    for lang, (query, kinds) in {"nl": ("fieldlab", {"instrument", "begrip"}), "en": ("field lab", {"instrument", "term"})}.items():
        page, _ = visit(f"/{LANGUAGES[lang]}?q={query}")
        page.wait_for_selector(READY)
        with subtests.test(lang):
            said = page.locator(".hb-find__kind").all_text_contents()
            assert "" not in said
            assert kinds <= set(said)


def test_the_number_of_results_is_announced(visit):
    page, _ = visit("/?q=groeifonds")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^\d+ resultaten$"))


def test_who_finds_nothing_is_led_to_the_other_language(visit):
    page, _ = visit("/?q=zzqxw")
    expect(page.locator(STATUS)).to_have_text("Niets gevonden.")
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


def test_results_are_drawn_with_as_few_nodes_as_they_need(visit):
    page, _ = visit("/?q=beleid")
    page.wait_for_selector(READY)
    nodes, needed = page.evaluate(
        """(() => {
          const list = document.querySelector(".hb-find__results");
          const count = () => [...list.querySelectorAll("*")].flatMap((one) => [...one.childNodes]).filter((one) => one.data).length;
          const before = count();
          list.normalize();
          return [before, count()];
        })()"""
    )
    # Each piece of text of its own costs layout: a third of the time that first results take.
    assert nodes == needed > 50


def test_the_search_works_from_a_folder(visit, site, subtests):
    for lang, folder in LANGUAGES.items():
        start = (site.root / folder / "policy/money/index.html").as_uri()
        with subtests.test(lang):
            page, _ = visit(f"{start}?q=fieldlab")
            page.wait_for_selector(READY)
            first = page.locator(".hb-find ol a").first
            assert re.search(r"index\.html(#|$)", first.get_attribute("href"))
            first.click()
            page.wait_for_load_state()
            assert page.locator("h1").first.is_visible()
        with subtests.test(f"{lang}: the other language"):
            page, _ = visit(f"{start}?q=zzqxw")
            page.locator(".hb-find__other a").click()
            page.wait_for_selector(".hb-find[open]")
            assert page.evaluate("document.documentElement.lang") != lang
            assert page.locator(".hb-find input").input_value() == "zzqxw"


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


def test_what_failed_to_load_is_said_and_tried_again_at_the_next_opening(visit, subtests):
    for part in ("assets/search-engine.js*", "assets/search.nl.*.js", "assets/search-text.nl.*.js"):
        page, _ = visit("/")
        page.route(f"**/{part}", lambda route: route.abort())
        page.click(".hb-find-open")
        page.keyboard.type("fieldlab")
        with subtests.test(f"{part}: said"):
            expect(page.locator(STATUS)).to_contain_text("kon niet helemaal worden geladen")
        page.keyboard.press("Escape")
        page.unroute(f"**/{part}")
        page.click(".hb-find-open")
        with subtests.test(f"{part}: tried again"):
            page.wait_for_selector(READY)
            expect(page.locator(STATUS)).to_have_text(re.compile(r"^(de eerste )?\d+ (van \d+ )?resultaten$"))


def test_without_the_text_a_query_without_results_is_told_and_led_to_the_other_language(visit):
    page, _ = visit("/")
    page.route("**/assets/search-text.nl.*.js", lambda route: route.abort())
    page.click(".hb-find-open")
    page.keyboard.type("fieldlab")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"\d+"))
    page.locator(".hb-find input").fill("zzqxw")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^Niets gevonden\. De zoekindex kon niet"))
    assert page.locator(".hb-find__other a").is_visible()


def test_a_search_that_the_address_opened_gives_the_focus_to_its_button(visit):
    page, _ = visit("/?q=fieldlab")
    page.wait_for_selector(READY)
    page.keyboard.press("Escape")
    expect(page.locator(".hb-find-open")).to_be_focused()


def test_a_pause_comes_before_the_announcement(visit):
    page, _ = visit("/")
    page.click(".hb-find-open")
    page.wait_for_function("() => window.handbookSearch?.text")
    told = """async () => {
      const status = document.querySelector(".hb-find [role=status]"), input = document.querySelector(".hb-find input"), said = [];
      new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
      for (const text of ["f", "fi", "fie", "fiel", "field"]) {
        input.value = text;
        input.dispatchEvent(new Event("input"));
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      const now = said.length;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return [now, said.length];
    }"""
    assert page.evaluate(told) == [0, 1]
