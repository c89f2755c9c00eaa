"""Anyone can use the site: by keyboard alone, with enlarged text, without motion, colours of their own, on paper, without scripts."""

import io
import re

import pytest
from pypdf import PdfReader

SPACING = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}"
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  return one.childNodes.length && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    && /hidden|clip/.test(style.overflowX + style.overflowY) && style.clipPath === "none" && one.offsetParent
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 100))"""


@pytest.fixture(params=["nl", "en"])
def lang(request):
    return request.param


@pytest.fixture
def home(lang):
    return "/" if lang == "nl" else "/en/"


def test_the_skip_link_leads_to_the_text(visit, home):
    page, _ = visit(home)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_a_closed_menu_cannot_be_reached(visit):
    page, _ = visit("/", 390)
    assert page.evaluate("document.querySelector('.md-sidebar--primary').inert")
    # Nor seen, by whoever has the next page's styles before its scripts.
    assert page.evaluate("getComputedStyle(document.querySelector('.md-sidebar--primary')).visibility") == "hidden"
    page, _ = visit("/", 1280)
    assert not page.evaluate("document.querySelector('.md-sidebar--primary').inert")


def test_the_menu_opens_by_key_keeps_the_focus_and_gives_it_back(visit, home):
    page, _ = visit(home, 390)
    button = page.locator(".hb-menu")
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    inside = "document.querySelector('.md-sidebar--primary').contains(document.activeElement)"
    assert page.evaluate(inside)
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    assert page.evaluate("[...document.querySelectorAll('.md-header, .md-tabs, .md-content, .md-footer')].every((one) => one.inert)")
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.className.includes('hb-menu')")


@pytest.mark.parametrize("key", list("fs/pn.,"))
def test_a_single_letter_does_nothing(visit, key):
    page, _ = visit("/instruments/")
    before = page.url
    page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert page.url == before
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_the_search_opens_keeps_the_focus_and_gives_it_back(visit, home, lang, width):
    page, log = visit(home, width)
    page.locator("header button[aria-haspopup=dialog]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("instrument")
    page.wait_for_selector("dialog ol > li")
    page.locator("dialog [role=status]").filter(has_text=re.compile(r"\d")).wait_for()
    found = page.evaluate("[...document.querySelectorAll('dialog ol a')].map((one) => new URL(one.href).pathname)")
    assert all(path.startswith("/en/") == (lang == "en") for path in found)
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('header button[aria-haspopup=dialog]')")
    assert log.all() == []


def test_a_definition_shows_on_focus_stays_under_the_pointer_and_closes_on_escape(visit, site):
    path = next(path for path, page in site.pages.items() if page.xpath("//main//a[@class='hb-term']"))
    page, _ = visit(path)
    link = page.locator("main a.hb-term").first
    link.focus()
    tip = page.locator(".hb-tip")
    assert tip.is_visible()
    assert link.get_attribute("aria-describedby") == "hb-tip"
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert link.get_attribute("aria-describedby") is None
    assert link.evaluate("(one) => one === document.activeElement")
    link.blur()
    link.hover()
    tip.hover()
    page.wait_for_timeout(300)
    assert tip.is_visible()


def test_a_filter_tells_how_many_it_leaves(visit):
    page, _ = visit("/instruments/")
    output = page.locator(".hb-filter output")
    before = output.inner_text()
    page.locator(".hb-filter select").first.focus()
    page.keyboard.press("ArrowDown")
    assert output.inner_text() != before
    assert output.evaluate("(one) => one.computedRole || 'status'") == "status"


def test_a_filtered_list_has_an_address_of_its_own(visit):
    page, _ = visit("/timeline/")
    page.locator(".hb-filter select[data-filter=instruments]").select_option("fieldlabs")
    told = page.locator(".hb-filter output").inner_text()
    assert page.url.endswith("/timeline/?instruments=fieldlabs")
    named = page.locator("[data-filtered=timeline] > li:not([hidden])")
    assert 0 < named.count() < page.locator("[data-filtered=timeline] > li").count()
    assert all("fieldlabs" in one for one in named.evaluate_all("(all) => all.map((one) => one.innerHTML)"))
    again, log = visit(page.url)
    assert again.locator(".hb-filter output").inner_text() == told
    assert log.all() == []
    years, _ = visit("/instruments/?years=2015")
    assert "2015" in years.locator("#instruments-table tbody tr:not([hidden])").first.get_attribute("data-years")
    unknown, _ = visit("/instruments/?years=1015")
    assert unknown.locator("#instruments-table tbody tr[hidden]").count() == 0


def test_dark_is_chosen_by_key_kept_across_languages_and_the_only_thing_stored(visit):
    page, _ = visit("/", color_scheme="light")
    page.locator(".hb-appearance").focus()
    page.keyboard.press("Space")
    assert page.locator(".hb-appearance").get_attribute("aria-pressed") == "true"
    page.goto("/en/instruments/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert page.evaluate("Object.entries(localStorage)") == [["handbook-appearance", "dark"]]
    page.locator(".hb-appearance").click()
    assert page.evaluate("Object.entries(localStorage)") == []


def test_the_system_decides_between_light_and_dark_before_the_reader_does(visit):
    page, _ = visit("/", color_scheme="dark")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.emulate_media(color_scheme="light")
    page.wait_for_selector("body[data-md-color-scheme=default]")


def test_the_language_link_keeps_the_place(visit, site):
    path = next(path for path, page in site.pages.items() if path.startswith("/instruments/") and len(page.xpath("//article//h2")) > 3)
    page, _ = visit(path)
    heading = page.locator("article h2[id]").nth(2)
    anchor = heading.get_attribute("id")
    # Once by address, once by scrolling there.
    for step in (lambda: page.goto(f"{path}#{anchor}"), lambda: (page.goto(path), heading.evaluate("(one) => one.scrollIntoView()"))):
        step()
        page.locator(".hb-language").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/**")
        assert page.url.endswith(f"/en{path}#{anchor}")


def test_a_table_that_does_not_fit_is_a_named_region_for_the_keyboard_and_one_that_fits_is_none(visit, site, subtests):
    wide = 0
    for path in [path for path, page in site.pages.items() if page.xpath("//div[@class='hb-scroll']")][:8]:
        page, _ = visit(path, 320)
        boxes = page.evaluate("""[...document.querySelectorAll(".hb-scroll")].filter((one) => one.offsetParent).map((one) => [
          one.scrollWidth > one.clientWidth + 1, one.getAttribute("role"), one.tabIndex, one.getAttribute("aria-label")])""")
        for scrolls, *found in boxes:
            wide += scrolls
            with subtests.test(path):
                assert found[:2] == (["region", 0] if scrolls else [None, -1])
                assert bool(found[2]) == scrolls
    assert wide


@pytest.mark.parametrize("path", ["/", "/instruments/", "/glossary/", "/404.html"])
def test_spaced_text_is_neither_clipped_nor_wider_than_the_screen(visit, path):
    page, _ = visit(path, 320, bypass_csp=True)
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 320
    assert page.evaluate(CLIPPED) == []


def test_nothing_moves_for_whoever_wants_no_motion(visit):
    page, _ = visit("/instruments/")
    moving = """[...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      return style.animationName !== "none" || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
    }).length"""
    assert page.evaluate(moving) == 0


def test_the_readers_own_colours_keep_marks_and_edges(visit):
    page, _ = visit("/instruments/", forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    current = page.locator(".md-tabs__item--active a")
    other = page.locator(".md-tabs__item:not(.md-tabs__item--active) a").first
    colour = "(one) => getComputedStyle(one).color"
    assert current.evaluate(colour) != other.evaluate(colour)
    assert page.locator(".hb-filter").evaluate("(one) => getComputedStyle(one).borderTopWidth") != "0px"


def test_paper_carries_the_text_and_nothing_else(visit):
    page, _ = visit("/instruments/")
    page.emulate_media(media="print")
    shown = "(names) => names.filter((name) => [...document.querySelectorAll(name)].some((one) => one.offsetParent))"
    furniture = [".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".hb-filter", ".headerlink", ".md-top"]
    assert page.evaluate(shown, furniture) == []
    assert page.locator("article").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.md-typeset')).color") == "rgb(0, 0, 0)"


def test_a_printed_page_holds_its_text_unfolded(visit, site):
    path = next(path for path, page in site.pages.items() if page.xpath("//article//details[not(@open)]"))
    page, _ = visit(path)
    # A word may go on in the next line, as a long checksum does.
    printed = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages))
    folded = site.pages[path].xpath("//article//details[not(@open)]")[0].text_content().split()
    assert all(word in printed for word in folded)
    assert page.locator(".hb-appearance").get_attribute("aria-label").replace(" ", "") not in printed


def test_a_printed_sheet_has_margins_and_cuts_off_no_table(visit):
    page, _ = visit("/instruments/")
    edges = []
    sheet = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[0]
    sheet.extract_text(visitor_text=lambda text, outer, inner, *_: edges.append(outer[4] + inner[4] * outer[0]) if text.strip() else None)
    # 14 millimetres are 40 points.
    assert 39 < min(edges) < 42
    page.emulate_media(media="print")
    assert page.locator(".hb-scroll").first.evaluate("(one) => getComputedStyle(one).overflowX") == "visible"
    assert page.locator("article tr").nth(2).evaluate("(one) => getComputedStyle(one).breakInside") == "avoid"
    assert page.locator("article thead").first.evaluate("(one) => getComputedStyle(one).breakAfter") == "avoid"


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_the_contents_are_there_and_nothing_dead_is_shown(visit, width):
    page, _ = visit("/instruments/", width, java_script_enabled=False)
    assert page.locator("#hb-nav").is_visible()
    assert page.locator("#hb-nav a").first.is_visible() or page.locator(".md-tabs a").first.is_visible()
    for dead in (".hb-menu", ".hb-appearance", "header button[aria-haspopup=dialog]", "dialog", ".hb-filter", ".hb-nav__close"):
        assert not page.locator(dead).first.is_visible(), dead
