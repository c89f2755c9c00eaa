"""Whoever comes by keyboard sees where they are: every stop has its ring and lies under nothing (WCAG 2.4.7, 2.4.11, 2.4.13)."""

import pytest
from focus import contrast, focus_each, press_through

# A low window, where what stays in place takes its largest share.
HEIGHT = 700


def faults(stops: list[dict]) -> list[str]:
    """What is wrong at each of STOPS; rings, where they were looked at."""
    told = {
        "covered": lambda stop: not stop["shown"],
        "ring": lambda stop: "ring" in stop and stop["ring"] < 3,
        "contrast": lambda stop: "ring" in stop and contrast(stop["colour"], stop["ground"]) < 3,
    }
    return [f"{what}: {stop['html']}" for stop in stops for what, wrong in told.items() if wrong(stop)]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_stop_of_every_kind_of_page_is_ringed_and_seen_from_both_sides(visit, site, subtests, width):
    page, _ = visit("/", viewport={"width": width, "height": HEIGHT})
    for kind, path in site.kinds().items():
        page.goto(path)
        for backwards in (False, True):
            stops = focus_each(page, backwards, ringed=not backwards)
            with subtests.test(f"{kind}: {path} {'backwards' if backwards else 'forwards'}"):
                assert len(stops) > 5
                assert faults(stops) == []


@pytest.mark.parametrize(
    ("path", "width", "key", "scheme"),
    [
        ("/instruments/", 1280, "Shift+Tab", "light"),
        ("/instruments/", 1280, "Tab", "dark"),
        ("/en/policy/position/", 390, "Shift+Tab", "dark"),
        ("/en/policy/position/", 390, "Tab", "light"),
    ],
)
def test_the_keys_themselves_go_to_the_end_of_a_page_and_every_stop_is_seen_and_ringed(visit, path, width, key, scheme):
    page, _ = visit(path, viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    stops = press_through(page, key)
    assert len(stops) > 50
    assert "md-skip" in stops[0 if key == "Tab" else -1]["html"]
    assert faults(stops) == []


def test_what_shows_by_a_hair_in_a_wide_table_comes_whole_into_view_by_key(visit):
    page, _ = visit("/compare/", 390)
    edges = page.evaluate("""() => {
      const link = [...document.querySelectorAll(".hb-scroll[role=region] a")].find((one) => one.checkVisibility());
      const box = link.closest(".hb-scroll"), edge = () => box.getBoundingClientRect().right;
      link.style.position = "relative";
      link.style.left = `${edge() - link.getBoundingClientRect().left - 0.2}px`;
      link.focus({ focusVisible: true });
      return [link.getBoundingClientRect().right, edge()];
    }""")
    assert edges[0] <= edges[1] + 0.5


@pytest.mark.parametrize("place", ["left: 500px", "left: -500px", "top: 900px", "top: -900px"])
def test_what_stands_outside_the_window_is_found_to_be_covered(visit, place):
    page, _ = visit("/compare/", viewport={"width": 390, "height": HEIGHT}, bypass_csp=True)
    add = """(style) => {
      const link = Object.assign(document.createElement("a"), { id: "lost", href: "#", textContent: "x" });
      link.style = `position: fixed; width: 60px; height: 24px; top: 300px; left: 100px; ${style}`;
      // What is asked for inside the window meets the box in which the link stands, as it does on a page.
      const box = Object.assign(document.createElement("div"), { className: "hb-scroll" });
      box.style = "position: fixed; inset: 0; z-index: 99; margin: 0; background: white";
      box.append(link);
      document.body.append(box);
    }"""
    page.evaluate(add, place)
    assert [fault for fault in faults(focus_each(page, backwards=False)) if 'id="lost"' in fault and fault.startswith("covered")]


def test_what_lies_under_the_header_is_found_to_be_covered(visit):
    page, _ = visit("/instruments/", viewport={"width": 1280, "height": HEIGHT}, bypass_csp=True)
    page.add_style_tag(content="* { scroll-margin-top: 0 !important } :focus-visible { outline-width: 1px !important }")
    found = {fault.partition(":")[0] for fault in faults(focus_each(page, backwards=True))}
    assert found == {"covered", "ring"}
