"""A real browser on the real site: where Chromium is, a server on loopback that sends the security policy, and what a page did."""

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
ARGUMENTS += ["--disable-dev-shm-usage", "--disable-sync", "--no-first-run", "--in-process-gpu"]
# A page is looked at for a second: to compile its scripts for longer than that takes more than it gives.
_BRIEF = "--js-flags=--no-turbofan"
# The shell is Chromium without windows, tabs and toolbars, which cost a sixth of all work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_ONE = "No Chromium: apt-get install chromium-headless-shell, or name one in HANDBOOK_CHROMIUM."
AXE = files("axe_playwright_python") / "axe.min.js"
_QUICKLY = Path(__file__).with_name("axe-quickly.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """([only, tags]) => axe.run(document, {
  runOnly: only.length ? {type: "rule", values: only} : {type: "tag", values: tags},
  resultTypes: ["violations"],
  preload: false,
  rules: only.length ? {} : {"target-size": {enabled: true}},
}).then((found) => found.violations.map((one) =>
  `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`))"""
_RECOLOURED = """(wanted) => new Promise((done) => {
  const look = () => document.body.dataset.mdColorScheme === wanted ? done() : requestAnimationFrame(look);
  look();
})"""

# The page for missing addresses answers 404, as it should: that is no failure.
MISSING = "/404.html"


class _Handler(SimpleHTTPRequestHandler):
    """Serves files as the host does: with its headers, and the missing page of the address's language."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, headers: dict[str, str], **named: object) -> None:
        self._own = headers
        super().__init__(*arguments, **named)

    def log_message(self, *arguments: object) -> None: ...

    def end_headers(self) -> None:
        for name, value in self._own.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            return super().send_error(code, message, explain)
        folder = "en/" if self.path.startswith("/en/") else ""
        body = Path(self.directory, f"{folder}404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True


@contextmanager
def served(site: Path, headers: dict[str, str]) -> Iterator[str]:
    """Serves SITE on loopback with HEADERS, for a machine without nginx; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site), headers=headers))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def without(told: str, what: str) -> NoReturn:
    """Skips WHAT needs something that this machine lacks, which TOLD says; where CI is set, fails it."""
    if os.environ.get("CI"):
        pytest.fail(f"{told} {what} cannot run, and CI is set, so they fail.")
    pytest.skip(f"{told} {what} are skipped.")


def find_chromium(own: str) -> str | None:
    """The path of a Chromium: the one named, the system's, or OWN, the driver's."""
    candidates = [os.environ.get("HANDBOOK_CHROMIUM"), *map(shutil.which, NAMES), own]
    return next((path for path in candidates if path and Path(path).exists()), None)


def launch(driver):
    """A browser of DRIVER's; skips the test, or fails it where CI is set, when the machine has none."""
    path = find_chromium(driver.chromium.executable_path)
    if not path:
        without(HOW_TO_GET_ONE, "The browser tests")
    return driver.chromium.launch(executable_path=path, args=[*ARGUMENTS, _BRIEF])


@dataclass
class Log:
    """What went wrong on a page: console errors, failed and foreign requests, violations of the policy."""

    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    policy: list[str] = field(default_factory=list)

    def clear(self) -> None:
        for entries in (self.console, self.failed, self.foreign, self.policy):
            entries.clear()

    def hear(self, message) -> None:
        if message.type in ("error", "warning") and not message.location["url"].endswith(MISSING):
            self.console.append(message.text)

    def answered(self, response) -> None:
        if response.status >= 400 and not response.url.endswith(MISSING):
            self.failed.append(f"{response.status} {response.url}")

    def kinds(self) -> list[tuple[str, str]]:
        """All that went wrong, as (kind, what)."""
        return [(kind, one) for kind in ("console", "policy", "foreign", "failed") for one in getattr(self, kind)]

    def all(self) -> list[str]:
        return [one for _, one in self.kinds()]


def watch(context, address: str):
    """A page in CONTEXT with the log of what goes wrong on it."""
    log = Log()
    context.expose_binding("__refused", lambda source, text: log.policy.append(text))
    context.add_init_script("addEventListener('securitypolicyviolation', (e) => __refused(`${e.effectiveDirective} ${e.blockedURI}`))")
    page = context.new_page()
    page.on("console", log.hear)
    page.on("pageerror", lambda error: log.console.append(str(error)))
    # What is given up because the reader has gone on to the next page has not failed.
    page.on("requestfailed", lambda request: "ERR_ABORTED" in request.failure or log.failed.append(f"{request.failure} {request.url}"))
    page.on("response", log.answered)
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else log.foreign.append(request.url))
    return page, log


def recolour(page, scheme: str) -> None:
    """Has PAGE shown in light or dark; the page hears of that with its next frame, and what is looked at before has its old colours."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_RECOLOURED, "slate" if scheme == "dark" else "default")


def violations(page, only: tuple[str, ...] = (), quickly: bool = True, recoloured: set[int] | None = None) -> list[str]:
    """What axe finds on PAGE as it is now: by all rules, or ONLY by some.

    RECOLOURED says that nothing but its colours has changed since the call before: then one text of each look is looked at, of looks
    that are not in this set. Looks that were found right are added to it, for what is looked at next in the same colours."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe_script(quickly))
    if recoloured is None:
        if quickly:
            page.evaluate("spareNone()")
        return page.evaluate(_RUN, [list(only), RULES])
    looks = page.evaluate("(known) => spareTheSame(known)", list(recoloured))
    if not looks["fresh"] and not looks["unsure"]:
        return []
    found = page.evaluate(_RUN, [list(only), RULES])
    if not found:
        recoloured.update(looks["fresh"])
    return found


@functools.cache
def axe_script(quickly: bool) -> str:
    """axe's script, as it is or a third as slow; what runs it beforehand on each page spares sending it."""
    axe = AXE.read_text("utf-8")
    if not quickly:
        return axe
    within = (
        f"((WeakMap, WeakSet) => {{ {axe} }})(QUICK_WEAK_MAP, QUICK_WEAK_SET); rememberColours(axe.commons.color); rememberGrounds(axe);"
    )
    return f"{{ {_QUICKLY.read_text('utf-8')} {within} }}"
