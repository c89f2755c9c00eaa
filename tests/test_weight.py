"""Pages are light: what a first view costs over the wire, answers' headers included, and what every further page costs."""

import functools
import gzip
import statistics
from pathlib import Path
from urllib.parse import urljoin, urlparse

import browser
import host
import pytest
from handbook.fonts import CHARACTERS
from host import get

FIRST, NEXT, LONGEST = 150_000, 30_000, 70_000
# An answer's headers, and manifest and icon with theirs; rounded up.
HEADERS, UNSEEN = 1_050, 2_700
FONTS = {"/assets/fonts/source-sans-3.woff2", "/assets/fonts/source-sans-3-italic.woff2"}
# Lists that are read as one page.
LONG = {
    "/glossary/",
    "/instruments/",
    "/compare/",
    "/actors/",
    "/sources/vision-2020/",
    "/start/self-test/",
    "/start/mixed-test/",
    "/start/policy-officer/",
}
PACKED = {".woff2", ".png"}


@pytest.fixture(scope="module")
def weight(site):
    """weight(path): the bytes that the host sends for a file of the site."""

    @functools.cache
    def weigh(path: str) -> int:
        file = site.root / path.lstrip("/")
        body = (file / "index.html" if path.endswith("/") else file).read_bytes()
        return len(body if Path(path).suffix in PACKED else gzip.compress(body, 9))

    return weigh


def parts(path: str, page) -> set[str]:
    """Whatever a browser loads with PAGE, and both faces of the typeface, whether it sets italics or not."""
    found = page.xpath(
        "//link[@rel='stylesheet' or @rel='manifest' or @rel='icon' and @type='image/svg+xml']/@href | //script/@src | //img/@src"
    )
    return {urlparse(urljoin(path, url)).path for url in found} | FONTS


@pytest.fixture(scope="module")
def measured(chromium, address):
    """measured(path): the bytes of all answers, with their headers, that a browser with nothing stored loads with the page at PATH."""

    def measure(path: str) -> int:
        sizes = []
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda answer: sizes.append(answer["encodedDataLength"]))
        page.goto(path)
        page.wait_for_load_state("networkidle")
        context.close()
        return sum(sizes)

    return measure


def test_the_first_view_of_any_page_is_light(site, weight, measured, hosted, subtests, tell):
    most = {path: sum(weight(part) + HEADERS for part in {path, *parts(path, page)}) for path, page in site.pages.items()}
    # The sum of everything a page names is the most it can cost. Where that is too much, a browser tells what is really loaded;
    # to which comes what a browser without a window leaves out. Only nginx sends files compressed.
    first = {path: measured(path) + UNSEEN if hosted and bytes_ > FIRST else bytes_ for path, bytes_ in most.items()}
    middle = statistics.median(first.values())
    tell(f"First view of {len(first)} pages: at most {max(first.values()) / 1000:.0f} kB, mostly {middle / 1000:.0f}")
    for path, bytes_ in first.items():
        if bytes_ > FIRST:
            with subtests.test(path):
                assert bytes_ <= FIRST


def test_a_further_page_costs_little_more_than_its_text(site, weight, subtests):
    shared = functools.reduce(set.intersection, (parts(path, page) for path, page in site.pages.items()))
    for path, page in site.pages.items():
        bytes_ = weight(path) + sum(map(weight, parts(path, page) - shared))
        limit = LONGEST if path.removeprefix("/en") in LONG else NEXT
        if bytes_ > limit:
            with subtests.test(path):
                assert bytes_ <= limit


def test_a_second_page_asks_the_host_for_no_style_sheet_or_script(chromium, hosted, address):
    if not hosted:
        browser.without(host.HOW_TO_GET_ONE, "The tests of the host")
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    asked, kept = {}, set()
    wire.on("Network.requestWillBeSent", lambda sent: asked.update({sent["requestId"]: sent["request"]["url"]}))
    wire.on("Network.requestServedFromCache", lambda sent: kept.add(sent["requestId"]))
    loaded = []
    for path in ("/glossary/", "/compare/"):
        asked.clear()
        kept.clear()
        page.goto(path)
        page.wait_for_load_state("networkidle")
        loaded.append({url for its_id, url in asked.items() if urlparse(url).path.endswith((".css", ".js")) and its_id not in kept})
    context.close()
    assert len(loaded[0]) > 8
    assert loaded[1] == set()


def test_the_typeface_has_every_character_of_the_pages(site):
    used = set().union(*(page.text_content() for page in site.pages.values()))
    assert {character for character in used if character.isprintable() and ord(character) not in CHARACTERS} == set()


def test_a_browser_loads_nothing_that_is_not_weighed(visit, site):
    path = "/compare/"
    page, log = visit(path)
    loaded = set(page.evaluate("performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"))
    assert "/assets/handbook.css" in loaded
    assert loaded <= parts(path, site.pages[path])
    assert log.all() == []


def test_the_headers_of_an_answer_are_no_longer_than_what_is_counted_for_them(hosted):
    if hosted:
        sent = get(hosted, "/glossary/", **{"Accept-Encoding": "gzip"})[0].getheaders()
        assert len("HTTP/1.1 200 OK\r\n\r\n") + sum(len(f"{name}: {value}\r\n") for name, value in sent) <= HEADERS


def test_a_heavier_page_is_measured_heavier(measured):
    assert measured("/glossary/") > measured("/") > 50_000
