"""The frame of a page holds in any setting: narrow, in the reader's own colours, on paper, at a malformed address."""

import browser
import pytest

OVERLAPS = """() => {
  const parts = [...document.querySelectorAll(".md-header__inner > *, .md-header__inner > a > *")].filter((one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return box.width > 1 && style.clipPath === "none" && !one.matches("dialog");
  });
  // A name may be wider than the box it stands in: what counts is where its text is drawn.
  const drawn = (one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return one.childElementCount || !one.textContent.trim() ? one.getBoundingClientRect() : range.getBoundingClientRect();
  };
  const wrong = [];
  for (const one of parts) for (const other of parts) {
    if (one === other || one.contains(other) || other.contains(one)) continue;
    const a = drawn(one), b = drawn(other);
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) {
      wrong.push(`${one.className} ${other.className}`);
    }
  }
  for (const one of parts) if (drawn(one).right > innerWidth || drawn(one).left < 0) wrong.push(`${one.className} is outside`);
  return wrong;
}"""


# A browser that knows the language breaks words with a hyphen; what must not be is a break without one.
BROKEN = """() => {
  document.querySelectorAll(".hb-table, .hb-table *").forEach((one) => one.style.hyphens = "manual");
  const broken = [], walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    if (!node.parentElement.closest(".hb-table") || !node.parentElement.checkVisibility()) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word);
    }
  }
  return broken;
}"""
# The commas of a list that stand at the beginning of a line.
LONELY = """() => {
  const found = [];
  for (const list of document.querySelectorAll(".hb-used")) for (const node of list.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE || !node.data.startsWith(",")) continue;
    const range = document.createRange();
    range.setStart(node, 0);
    range.setEnd(node, 1);
    if (range.getBoundingClientRect().left < list.getBoundingClientRect().left + 1) found.push(node.previousSibling.textContent);
  }
  return found;
}"""


def test_no_word_in_a_table_is_broken_on_a_phone(visit):
    page, _ = visit("/", 390)
    for path in ("/compare/", "/en/compare/", "/markets/", "/figures/", "/actors/"):
        page.goto(path)
        assert (path, page.evaluate(BROKEN)) == (path, [])


def test_no_comma_of_a_list_stands_at_the_beginning_of_a_line(visit):
    page, _ = visit("/", 390)
    for path in ("/figures/", "/glossary/", "/sources/vision-2020/", "/en/figures/"):
        page.goto(path)
        assert page.locator(".hb-used").count() > 10
        assert (path, page.evaluate(LONELY)) == (path, [])


@pytest.mark.parametrize("width", [256, 300, 320, 390, 720])
@pytest.mark.parametrize("path", ["/", "/en/"])
def test_no_two_parts_of_the_header_overlap(visit, path, width):
    page, _ = visit(path, width)
    assert page.locator(".md-header__inner > :visible").count() == 5
    assert page.evaluate(OVERLAPS) == []


def test_paper_is_readable_in_dark(visit, site, subtests):
    page, _ = visit("/", color_scheme="dark")
    for kind, path in site.kinds().items():
        page.emulate_media(media="screen", color_scheme="dark")
        page.goto(path)
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        page.emulate_media(media="print", color_scheme="dark")
        with subtests.test(f"{kind}: {path}"):
            assert browser.violations(page, ("color-contrast",)) == []


def colours(page, selector: str, pseudo: str, name: str) -> set[str]:
    """The values of the property NAME that SELECTOR's elements on PAGE have, at PSEUDO."""
    return set(page.locator(selector).evaluate_all(f"(all) => all.map((one) => getComputedStyle(one, {pseudo!r}).{name})"))


def test_dots_and_lines_of_time_are_drawn_in_the_readers_own_colours(visit):
    page, _ = visit("/timeline/", forced_colors="active")
    text, ground = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert colours(page, ".hb-timeline > li:not(.hb-planned)", "::before", "backgroundColor") == {text}
    assert colours(page, ".hb-timeline > li.hb-planned", "::before", "backgroundColor") == {ground}
    assert colours(page, ".hb-timeline > li", "::before", "borderTopColor") == {text}
    assert "0px" not in colours(page, ".hb-timeline > li", "::before", "borderTopWidth")
    assert colours(page, ".hb-timeline > li", "::after", "backgroundColor") == {text}


def test_a_life_line_is_drawn_in_the_readers_own_colours(visit, site):
    planned = "//ol[@class='hb-life']/li[contains(@class, 'hb-life__planned') or contains(@class, 'hb-life__announced')]"
    path = next(path for path, page in site.pages.items() if page.xpath(planned))
    page, _ = visit(path, forced_colors="active")
    text, ground = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    hollow = ":is(.hb-life__planned, .hb-life__considered, .hb-life__announced)"
    assert colours(page, f".hb-life li{hollow}", "::before", "backgroundColor") == {ground}
    assert colours(page, f".hb-life li:not({hollow})", "::before", "backgroundColor") <= {text}
    assert colours(page, ".hb-life li", "::before", "borderTopColor") == {text}
    assert "0px" not in colours(page, ".hb-life li", "::before", "borderTopWidth")


def test_only_the_page_itself_is_marked_in_the_contents_in_the_readers_own_colours(visit):
    page, _ = visit("/policy/money/", forced_colors="active")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colours(page, ".hb-nav a:not([aria-current]):visible", "", "borderLeftColor") == {ground}
    assert ground not in colours(page, ".hb-nav a[aria-current]", "", "borderLeftColor")


def test_icons_boxes_and_charts_stay_in_the_readers_own_colours(visit):
    page, _ = visit("/policy/money/", forced_colors="active", color_scheme="dark")
    text = page.evaluate("getComputedStyle(document.body).color")
    assert colours(page, ".md-header .md-icon svg, .hb-brand svg", "", "fill") == {text}
    # A chart has colours of its own, on a white ground of its own.
    assert colours(page, ".hb-chart", "", "backgroundColor") == {"rgb(255, 255, 255)"}
    page.goto("/instruments/stap-budget/")
    assert "0px" not in colours(page, ".hb-facts, .hb-tip", "", "borderLeftWidth")


def test_links_in_running_text_are_told_by_a_line_and_not_by_colour_alone(visit, site, subtests):
    # axe lets some pairs of colours pass without a line.
    bare = """[...document.querySelectorAll("article :is(p, li, dd) a:not(.headerlink, .footnote-ref, .footnote-backref)")]
      .filter((one) => one.checkVisibility() && !one.closest("sup, .hb-years, .hb-tags, .hb-locator"))
      .filter((one) => getComputedStyle(one).textDecorationLine !== "underline").map((one) => one.outerHTML.slice(0, 90))"""
    page, _ = visit("/")
    for kind, path in site.kinds().items():
        if kind.startswith("nl"):
            page.goto(path)
            with subtests.test(f"{kind}: {path}"):
                assert page.evaluate(bare) == []


def scroll_back(page) -> None:
    """Scrolls PAGE down and a little back up, until the button to the top shows; a busy machine may take the first steps as one."""
    page.evaluate("scrollTo(0, 4000)")
    page.wait_for_function("() => scrollY > 3000")
    page.wait_for_function("() => { scrollBy(0, -20); return !document.querySelector('.md-top').hidden; }")


@pytest.mark.parametrize("hash_", ["#%", "#100%", "#%E0%A4%A", "#no-such-place"])
def test_an_address_with_any_hash_leaves_the_page_whole(visit, hash_):
    page, log = visit(f"/compare/{hash_}", 390, viewport={"width": 390, "height": 700})
    assert log.all() == []
    assert page.locator(".hb-scroll[role=region]").count() > 0
    scroll_back(page)
    page.locator(".hb-language").click()
    page.wait_for_url("**/en/compare/**")
    assert log.all() == []


def test_the_button_to_the_top_takes_the_focus_along(visit):
    page, _ = visit("/glossary/")
    scroll_back(page)
    page.locator(".md-top").click()
    assert page.evaluate("[document.activeElement.id, scrollY]") == ["main-content", 0]


def test_what_is_folded_opens_for_whoever_is_led_into_it(visit, site):
    inside = "//article//details[not(@open)]//*[@id][not(self::summary)]"
    path = next(path for path, page in site.pages.items() if page.xpath(inside))
    page, _ = visit(f"{path}#{site.pages[path].xpath(inside)[0].get('id')}")
    target = page.locator(":target")
    assert target.is_visible()


def test_a_place_that_a_link_leads_to_stands_below_the_header(visit, site, subtests):
    for path, kind in (("/glossary/", "dl.hb-terms > div"), ("/timeline/", ".hb-timeline > li"), ("/policy/money/", "h2")):
        page, _ = visit(path)
        place = page.locator(f"article {kind}[id]").nth(3)
        page.evaluate("(id) => { location.hash = id }", place.get_attribute("id"))
        with subtests.test(path):
            header = page.locator(".md-header").bounding_box()["height"]
            assert header <= place.bounding_box()["y"] <= 90
