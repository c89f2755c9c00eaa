"""What a reader of the built site waits for: the weight of pages, the search, and how many readers a host can answer at once."""

import gzip
import http.client
import posixpath
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

FIRST, SECOND = "index.html", "instruments/nationaal-groeifonds/index.html"
# A load test that any machine bears, and that says whether the host is the bottleneck.
READERS, SECONDS = 4, 3
_URL = re.compile(r"url\(['\"]?(?!data:)([^'\")]+)")


def weights(site: Path) -> dict[str, float]:
    """Compressed kilobytes of the first page that a reader opens, with all that it brings, and of the next, when that is kept."""
    first, second = _brings(site, FIRST), _brings(site, SECOND)
    return {
        "first-view": _kilobytes(site, first),
        "next-view": _kilobytes(site, second - (first - {FIRST})),
        "search-first": _kilobytes(site, {path for path in _below(site, "assets") if re.fullmatch(r"assets/search\.nl\.\w+\.js", path)}),
        "search-all": _kilobytes(site, {path for path in _below(site, "assets") if re.match(r"assets/search(-text)?\.nl\.", path)}),
    }


def search_first(site: Path) -> float | None:
    """Milliseconds from the last letter to the first result in a real browser; None where there is no browser."""
    import browser
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, browser.served(site, {}) as address:
        path = browser.find_chromium(driver.chromium.executable_path)
        if not path:
            return None
        running = driver.chromium.launch(executable_path=path, args=browser.ARGUMENTS)
        page = running.new_page()
        page.goto(f"{address}/?q=industrie")
        page.wait_for_selector(".hb-find__results li")
        taken = page.evaluate(_TYPE, ["fonds", "groei", "quantum", "subsidie", "regio"])
        running.close()
    return statistics.median(taken)


_TYPE = """(queries) => queries.map((query) => {
  const input = document.querySelector(".hb-find input"), begin = performance.now();
  input.value = query;
  input.dispatchEvent(new Event("input"));
  return document.querySelectorAll(".hb-find__results > li").length ? performance.now() - begin : NaN;
})"""


def load(site: Path) -> float | None:
    """Pages a second that nginx answers on loopback with our own configuration, asked by READERS for SECONDS; None without nginx."""
    if shutil.which("nginx") is None:
        return None
    import host

    paths = ["/" + path.removesuffix("index.html") for path in sorted(_below(site, "")) if path.endswith("/index.html")]
    with tempfile.TemporaryDirectory(dir=site.parent) as folder, host.nginx(ROOT, site, Path(folder)) as port:
        counts, end = [0] * READERS, time.monotonic() + SECONDS
        readers = [threading.Thread(target=_read, args=(port, paths, counts, number, end)) for number in range(READERS)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    return sum(counts) / SECONDS


def _read(port: int, paths: list[str], counts: list[int], number: int, end: float) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    while time.monotonic() < end:
        connection.request("GET", paths[(counts[number] * READERS + number) % len(paths)], headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the host answered {answer.status}")
        counts[number] += 1


def _brings(site: Path, page: str) -> set[str]:
    """The files below SITE that a browser fetches for PAGE: itself, styles, scripts, pictures, fonts."""
    root = html.document_fromstring((site / page).read_bytes())
    found = {page}
    for element in root.iter("script", "img", "link"):
        wanted = element.get("src") or (element.get("href") if "stylesheet" in (element.get("rel") or "") else None)
        if wanted and not urlsplit(wanted).scheme:
            found.add(_place(page, wanted))
    for sheet in [path for path in found if path.endswith(".css")]:
        text = (site / sheet).read_text("utf-8")
        found |= {_place(sheet, url) for url in _URL.findall(text) if url.endswith(".woff2") and "italic" not in url}
    return {path for path in found if (site / path).is_file()}


def _place(origin: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(origin), unquote(urlsplit(address).path)))


def _below(site: Path, folder: str) -> set[str]:
    return {path.relative_to(site).as_posix() for path in (site / folder).rglob("*") if path.is_file()}


def _kilobytes(site: Path, paths: set[str]) -> float:
    """What PATHS weigh on the wire; fonts and pictures are compressed as they are."""
    sizes = []
    for path in paths:
        data = (site / path).read_bytes()
        sizes.append(len(data) if path.endswith((".woff2", ".png")) else len(gzip.compress(data, 9, mtime=0)))
    return sum(sizes) / 1000
