"""Every page in a real browser under the security policy: axe finds nothing, nothing fails, nothing is stored, nothing scrolls sideways."""

import functools
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor

import browser
import pytest
from playwright.sync_api import sync_playwright

DESKTOP, PHONE, NARROWEST = 1280, 390, 256
# What dark can change of a page that axe found right in light.
COLOURS = ("color-contrast", "link-in-text-block")
# At each width light comes first: dark changes colours alone, so that one text of each look is enough there.
VARIANTS = ((DESKTOP, "light", ()), (DESKTOP, "dark", COLOURS), (PHONE, "light", ()), (PHONE, "dark", COLOURS))
# What can be wrong with a page, and what it is: (kind, what was found).
KINDS = ("axe", "console", "policy", "foreign", "failed", "too wide", "stored")
Fault = tuple[str, str]
# Each open state, and what a page must hold to have it.
STATES = {
    "search": "//dialog",
    "cite": "//details[@id='hb-cite']",
    "menu": "//details",
    "tip": "//main//a[@class='hb-term']",
    "note": "//main//a[@class='footnote-ref']",
    "filter": "//form[@data-filters]",
    "table": "//article//details[not(@open)]/summary",
}
OPEN_SEARCH = "header button[aria-haspopup=dialog]"
SIDEWAYS = """() => document.scrollingElement.scrollWidth > innerWidth
  ? [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(-3)
    .map((one) => one.outerHTML.slice(0, 90))
  : []"""


@pytest.fixture(scope="module")
def faults(chromium, site, address) -> dict[str, list[Fault]]:
    """What is wrong on each page; two browsers, one a core, take half of the pages each."""
    paths = list(site.pages)
    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(functools.partial(look_at, address), (paths[::2], paths[1::2])))
    return halves[0] | halves[1]


def look_at(address: str, paths: list[str]) -> dict[str, list[Fault]]:
    """What a browser finds wrong on each of PATHS; one load serves all widths and colours."""
    found, right_in_dark = {}, set()
    with sync_playwright() as driver:
        context = browser.launch(driver).new_context(base_url=address, reduced_motion="reduce")
        context.add_init_script(browser.axe_script(quickly=True))
        page, log = browser.watch(context, address)
        for path in paths:
            log.clear()
            page.set_viewport_size({"width": DESKTOP, "height": 900})
            page.emulate_media(color_scheme="light")
            page.goto(path)
            found[path] = [*at_every_width(page, right_in_dark), *log.kinds()]
        stored = page.evaluate("[document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean)")
        databases = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
        found[path] += [("stored", str(one)) for one in [*stored, *databases, *context.cookies()]]
        context.browser.close()
    return found


def at_every_width(page, right_in_dark: set[int]) -> Iterator[Fault]:
    """What is wrong with PAGE, where texts of looks that are RIGHT_IN_DARK are not measured in dark again."""
    for width, scheme, only in VARIANTS:
        page.set_viewport_size({"width": width, "height": 900})
        browser.recolour(page, scheme)
        known = right_in_dark if scheme == "dark" else None
        yield from (("axe", f"{scheme} {width}: {one}") for one in browser.violations(page, only, recoloured=known))
    for width in (PHONE, NARROWEST):
        page.set_viewport_size({"width": width, "height": 900})
        yield from (("too wide", f"{width}: {one}") for one in page.evaluate(SIDEWAYS))


def told(pages: Collection[str], faults: dict[str, list[Fault]]) -> str:
    """What was looked at and how much of each kind was found, in one line."""
    counts = Counter(kind for found in faults.values() for kind, _ in found)
    share = len(faults.keys() & set(pages)) / len(pages)
    kinds = ", ".join(f"{kind} {counts[kind]}" for kind in KINDS)
    return (
        f"{len(faults)} pages ({share:.0%}) at {DESKTOP} and {PHONE} pixels, in light by all rules of axe,"
        f" in dark by the {len(COLOURS)} that dark can change, for one text of each look: {kinds}"
    )


def test_the_line_counts_every_kind_of_fault():
    found = {"/": [("axe", "x"), ("axe", "y"), ("policy", "z")], "/b/": []}
    assert told(["/", "/b/", "/c/", "/d/"], found) == (
        "2 pages (50%) at 1280 and 390 pixels, in light by all rules of axe, in dark by the 2 that dark can change,"
        " for one text of each look: axe 2, console 0, policy 1, foreign 0, failed 0, too wide 0, stored 0"
    )


def test_every_page_is_right_in_light_and_dark_on_desktop_and_phone(site, faults, subtests, tell):
    tell(told(site.pages.keys(), faults))
    assert faults.keys() == site.pages.keys()
    for path, found in faults.items():
        if found:
            with subtests.test(path):
                assert found == []


def bring_about(page, state: str) -> None:
    """Brings PAGE into STATE as a reader does."""
    if state == "search":
        page.click(OPEN_SEARCH)
        page.keyboard.type("fonds")
        page.wait_for_selector("dialog ol > li")
    elif state == "cite":
        page.locator("a[href='#hb-cite']").first.click()
        page.wait_for_selector("dialog[open]")
    elif state == "menu":
        page.click(".hb-menu")
    elif state in ("tip", "note"):
        page.locator({"tip": "main a.hb-term", "note": "main a.footnote-ref"}[state]).first.focus()
        page.wait_for_selector(".hb-tip:not([hidden])")
    elif state == "filter":
        page.locator(".hb-filter select").first.select_option(index=1)
    elif state == "table":
        page.locator("article details:not([open]) summary").first.click()


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_open_state(visit, site, subtests, state, width, lang):
    if state == "menu" and width == DESKTOP:
        return
    pages = [path for path in site.pages if path.endswith("/") and path.startswith("/en/") == (lang == "en")]
    path = next(path for path in pages if site.pages[path].xpath(STATES[state]))
    page, log = visit(path, width, color_scheme="light")
    bring_about(page, state)
    for scheme, only in (("light", ()), ("dark", COLOURS)):
        browser.recolour(page, scheme)
        with subtests.test(scheme):
            assert browser.violations(page, only) == []
    assert log.all() == []


def test_a_missing_page_answers_in_the_language_of_its_address(visit, subtests):
    for path, lang in (("/weg/er/mee/", "nl"), ("/en/gone/", "en")):
        with subtests.test(path):
            page, log = visit(path)
            assert page.evaluate("document.documentElement.lang") == lang
            assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
            assert log.policy == []
            # The address itself is missing, and nothing else.
            assert [entry.rpartition("/")[0] for entry in log.failed] == [f"404 {page.url}".rpartition("/")[0]]


def test_the_policy_is_really_in_force(visit):
    page, log = visit("/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.broken = true'}))")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("fetch('https://example.invalid/').catch(() => 0)")
    assert page.evaluate("window.broken") is None
    assert sorted(entry.split()[0] for entry in log.policy) == ["connect-src", "script-src-elem", "style-src-attr"]


def test_a_recoloured_page_has_its_new_colours_when_it_is_looked_at(visit):
    page, _ = visit("/policy/", color_scheme="light")
    grounds = []
    for scheme in ("dark", "light") * 6:
        browser.recolour(page, scheme)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(set(grounds)) == 2
    assert grounds == grounds[:2] * 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_what_is_wrong_quickly_and_slowly_the_same(visit, scheme):
    found = []
    for quickly in (True, False):
        page, _ = visit("/timeline/", color_scheme=scheme, bypass_csp=True)
        page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"x.png\"><a href=\"/\"></a>')")
        page.add_style_tag(content="article p { color: hsl(190 10% 50% / .9) } article a { text-decoration: none !important }")
        found.append(browser.violations(page, quickly=quickly))
    assert found[0] == found[1]
    assert {one.partition(":")[0] for one in found[0]} >= {"image-alt", "link-name", "color-contrast"}


DARK = "@media (prefers-color-scheme: dark)"
SPOILT_IN_DARK = {
    "a colour": f"{DARK} {{ #last {{ color: #555 }} }}",
    "a ground": f"{DARK} {{ #last {{ background: #777 }} }}",
    "what it stands in": f"{DARK} {{ #around {{ opacity: .3 }} }}",
    "what lies under it": f"#under {{ background: #fff }} {DARK} {{ #under {{ background: #777 }} }}",
    "what begins to show under it": f"{DARK} {{ #under {{ background: #777 }} }}",
}


@pytest.mark.parametrize("style", SPOILT_IN_DARK.values(), ids=SPOILT_IN_DARK)
def test_axe_finds_what_dark_spoils_in_one_of_many_texts_that_looked_the_same(visit, style):
    page, _ = visit("/policy/", color_scheme="light", bypass_csp=True)
    last = "<div id='under' style='position: absolute; inset: 0'></div><p id='last' style='position: relative'>Text</p>"
    texts = f"{'<p>Text as any other</p>' * 9}<div id='around' style='position: relative'>{last}</div>"
    page.evaluate("(texts) => document.querySelector('article').insertAdjacentHTML('beforeend', texts)", texts)
    right = set()
    assert browser.violations(page) == []
    browser.recolour(page, "dark")
    assert browser.violations(page, COLOURS, recoloured=right) == []
    # All looks are now known to be right, so that nothing is left to measure until one is spoilt.
    assert browser.violations(page, ("no-such-rule",), recoloured=right) == []
    browser.recolour(page, "light")
    page.add_style_tag(content=style)
    assert browser.violations(page) == []
    browser.recolour(page, "dark")
    assert browser.violations(page, COLOURS, recoloured=right) == ["color-contrast: #last"]
