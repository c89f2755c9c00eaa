"""Every page in a real browser under the security policy: axe finds nothing, nothing fails, nothing is stored, nothing scrolls sideways."""

import os
import sys

import browser
import pytest

DESKTOP, PHONE, NARROWEST = 1280, 390, 256
# What else light, dark and width can change of a page that axe found right once.
COLOURS = ("color-contrast", "link-in-text-block")
# Dark on a phone has no colour of its own: the fullest page of each kind stands for the others.
VARIANTS = ((DESKTOP, "light", ()), (DESKTOP, "dark", COLOURS), (PHONE, "light", ()), (PHONE, "dark", COLOURS))
# Each open state, and what a page must hold to have it.
STATES = {
    "search": "//dialog",
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


def test_every_page_is_right_in_light_and_dark_on_desktop_and_phone(chromium, site, address, subtests, capsys):
    context = chromium.new_context(base_url=address, reduced_motion="reduce")
    page, log = browser.watch(context, address)
    kinds = set(site.kinds().values())
    # axe costs seconds a page: by default the fullest page of each kind and every tenth other; HANDBOOK_AXE=all takes every page.
    examined = set(site.pages) if os.environ.get("HANDBOOK_AXE") == "all" else kinds | set(list(site.pages)[::10])
    for path in site.pages:
        log.clear()
        found = []
        page.set_viewport_size({"width": DESKTOP, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(path)
        for width, scheme, only in (VARIANTS if path in kinds else VARIANTS[:3]) if path in examined else ():
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme} {width}: {one}" for one in browser.violations(page, only)]
        for width in (PHONE, NARROWEST):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width} wide, too wide: {one}" for one in page.evaluate(SIDEWAYS)]
        found += log.all()
        if found:
            with subtests.test(path):
                assert found == []
    stored = page.evaluate("[document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    databases = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    cookies = context.cookies()
    context.close()
    with capsys.disabled():
        sys.stdout.write(f" {len(site.pages)} pages in the browser, {len(examined)} of them by axe, light and dark, {DESKTOP} and {PHONE} pixels wide: ")
    assert (stored, databases, cookies) == ([""], [], [])


def bring_about(page, state: str) -> None:
    """Brings PAGE into STATE as a reader does."""
    if state == "search":
        page.click(OPEN_SEARCH)
        page.keyboard.type("fonds")
        page.wait_for_selector("dialog ol > li")
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
        page.emulate_media(color_scheme=scheme)
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


def test_axe_itself_finds_what_is_wrong(visit):
    page, _ = visit("/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"x.png\"><a href=\"/\"></a>')")
    found = " ".join(browser.violations(page))
    assert "image-alt" in found
    assert "link-name" in found
