"""Pages stand still while they load: fonts that come late move nothing under the reader's eyes."""

import time

import pytest

LATE, STILL = 0.3, 0.01
# A page of each kind that sets text in italics, or much of it; the glossary in both languages, where italics break lines otherwise.
PAGES = ["/", "/instruments/nationaal-groeifonds/", "/timeline/", "/glossary/", "/en/glossary/", "/sources/vision-2020/", "/compare/"]
WATCH = """window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.shift += one.value; }))
  .observe({ type: "layout-shift", buffered: true });"""


def send_late(route) -> None:
    time.sleep(LATE)
    route.continue_()


@pytest.fixture
def moved(chromium, address):
    """moved(path, width): how far the page at PATH moved while its fonts came late, as browsers measure it."""

    def measure(path: str, width: int) -> float:
        page = chromium.new_page(base_url=address, viewport={"width": width, "height": 900})
        page.add_init_script(WATCH)
        page.route("**/*.woff2", send_late)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        shift = page.evaluate("window.shift")
        page.close()
        return shift

    return measure


@pytest.mark.parametrize("width", [390, 1280])
def test_fonts_that_come_late_move_nothing(moved, width, subtests):
    for path in PAGES:
        with subtests.test(path):
            assert moved(path, width) < STILL
