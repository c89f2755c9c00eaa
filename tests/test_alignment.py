"""Small things stand where the eye expects them: lines that begin together, notes and figures with no more room than they need."""

import pytest

LEFT = "(part) => document.querySelector(`.md-content ${part}`).getBoundingClientRect().left"
GAP = "parseFloat(getComputedStyle(document.querySelector('.hb-next')).marginLeft)"


@pytest.mark.parametrize("width", [390, 800, 1280])
@pytest.mark.parametrize("path", ["/", "/policy/money/"])
def test_what_stands_above_and_below_the_text_begins_where_it_begins(visit, path, width):
    page, _ = visit(path, width)
    assert {page.evaluate(LEFT, part) for part in (".hb-strip", "h1", ".hb-tools")} == {page.evaluate(LEFT, "h1")}


def test_the_home_page_has_one_name(site, subtests):
    for path in ("/policy/money/", "/en/policy/money/"):
        page = site.pages[path]
        with subtests.test(path):
            tab, crumb = page.xpath("//*[contains(@class, 'md-tabs__link')]")[0], page.xpath("//nav[contains(@class, 'hb-crumbs')]//a")[0]
            assert tab.text_content().strip() == crumb.text_content().strip()


def test_neighbouring_notes_are_close_for_a_mouse_and_apart_for_a_finger(visit):
    with_mouse, _ = visit("/policy/human-capital/")
    with_finger, _ = visit("/policy/human-capital/", 390, has_touch=True, is_mobile=True)
    assert with_mouse.evaluate(GAP) < 5
    assert with_finger.evaluate(GAP) >= 18


def test_a_phone_spends_a_quarter_of_a_table_of_figures_on_the_figure_at_most(visit):
    page, _ = visit("/figures/", 390)
    shares = page.evaluate(
        "[...document.querySelectorAll('article th.hb-number')].map((one) => one.offsetWidth / one.closest('table').offsetWidth)"
    )
    assert shares
    assert max(shares) <= 0.25
