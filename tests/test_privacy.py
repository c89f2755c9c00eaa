"""The site keeps nothing of its reader but what the reader asked it to keep, and tells nobody."""

import re

from searching import READY

# What the reader chooses: the steps marked read, and light or dark.
KEPT = {"handbook.read", "handbook-appearance"}
STORED = "[document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean)"
STORES = re.compile(r"document\.cookie|indexedDB|\bcaches\.|serviceWorker|sessionStorage|sendBeacon|navigator\.geolocation")


def test_reading_searching_and_filtering_store_nothing(visit, site):
    filtered = next(path for path in site.pages if site.pages[path].xpath("//form[@data-filters]"))
    page, log = visit("/", reduced_motion="reduce")
    page.click(".hb-find-open")
    page.keyboard.type("groeifonds")
    page.wait_for_selector(READY)
    page.keyboard.press("Enter")
    page.wait_for_url("**/instruments/**")
    page.goto(filtered)
    page.locator("form[data-filters] select").first.select_option(index=1)
    page.goto("/en/")
    assert page.evaluate(STORED) == []
    assert page.context.cookies() == []
    assert log.all() == []


def test_our_scripts_name_no_store_but_the_reader_s_own_choices(root):
    scripts = {path.name: path.read_text("utf-8") for path in (root / "docs/assets").glob("*.js")}
    keys = {key for text in scripts.values() for key in re.findall(r'const KEY = "([^"]+)"', text)}
    assert keys == KEPT
    assert {name: found for name, text in scripts.items() if (found := STORES.findall(text))} == {}
    for name, text in scripts.items():
        for used in re.findall(r"localStorage\.\w+\(([^,)]*)", text):
            assert used == "KEY", f"{name} stores under a name that is not in the list of what is kept"
