"""Fixtures that every test shares: the handbook as it is, and a small one to break."""

import functools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import browser
import host
import pytest
from handbook.book import placing
from handbook.book.answers import set_answers_apart
from handbook.book.assemble import Tree, assemble
from handbook.book.making import make_all
from handbook.content import Handbook
from handbook.edition import edition
from handbook.hosting import headers
from handbook.loader import load_handbook
from handbook.model import LANGUAGES
from lxml import html
from playwright.sync_api import sync_playwright

pytest_plugins = ["together"]
ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests/small"


@pytest.fixture(scope="session", autouse=True)
def _quick_java():
    """Java's programs run for seconds here: compiling them as for days would take most of that. `make archive` runs them for minutes."""
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("HANDBOOK_VERA") != "all":
            patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def book() -> Handbook:
    return load_handbook(ROOT)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small handbook, to break."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@dataclass(frozen=True)
class Site:
    """The built site: its folder, what the build warned of, and its pages parsed, by their address (`/en/policy/`)."""

    root: Path
    warnings: list[str]
    pages: dict[str, html.HtmlElement]

    def kinds(self) -> dict[str, str]:
        """One page of each kind in each language: the fullest of its folder."""
        groups: dict[str, list[str]] = {}
        for path in self.pages:
            lang, _, rest = path.removeprefix("/").removeprefix("en/").rpartition("/")[0].rpartition("/")
            groups.setdefault(f"{'en' if path.startswith('/en/') else 'nl'} {lang or rest or 'home'}", []).append(path)
        return {kind: max(paths, key=lambda path: len(self.pages[path].text_content())) for kind, paths in groups.items()}


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "--quiet", "--site-dir", str(folder / "site")]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "NO_COLOR": "1"}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-4000:]
    (folder / "warnings").write_text(built.stderr, "utf-8")


@pytest.fixture(scope="session")
def built(once) -> tuple[Path, list[str]]:
    """The folder of the site, built once for all tests, and what the build warned of."""
    folder = once("built", _build)
    told = (folder / "warnings").read_text("utf-8").splitlines()
    return folder / "site", [line for line in told if line.startswith(("WARNING", "ERROR"))]


@pytest.fixture(scope="session")
def dist(book: Handbook, built: tuple[Path, list[str]], once) -> Path:
    """Everything that `make book` makes."""
    return once("dist", lambda folder: make_all(book, built[0], edition(ROOT), folder))


@pytest.fixture(scope="session")
def site(book: Handbook, built: tuple[Path, list[str]], dist: Path, once) -> Site:
    """The handbook as it is hosted: the built site with the book's files laid into it."""
    target, warnings = built
    once("placed", lambda _: placing.place(book, dist, target))
    pages = {}
    for path in sorted(target.rglob("*.html")):
        place = "/" + path.relative_to(target).as_posix().removesuffix("index.html")
        pages[place] = html.document_fromstring(path.read_text("utf-8"))
    return Site(target, warnings, pages)


@pytest.fixture(scope="session")
def trees(book: Handbook, site: Site) -> dict[str, Tree]:
    """The book in each language as one tree, with the answers at its end. To be read, not changed."""
    found = {lang: assemble(book, site.root, lang) for lang in LANGUAGES}
    for tree in found.values():
        set_answers_apart(book, tree)
    return found


@pytest.fixture(scope="session")
def hosted(site: Site, once, tmp_path_factory: pytest.TempPathFactory):
    """The port at which a real nginx serves the built site as deploy/ configures it; None on a machine without nginx."""
    if host.missing():
        yield None
    else:
        ready = once("hosted", lambda folder: host.lay_out(ROOT, site.root, folder / "srv")) / "srv"
        with host.nginx(ROOT, ready, tmp_path_factory.mktemp("nginx")) as port:
            yield port


@pytest.fixture(scope="session")
def address(site: Site, hosted: int | None):
    """Where the built site is served with its headers: by nginx, or where there is none by Python."""
    if hosted:
        yield f"http://127.0.0.1:{hosted}"
    else:
        with browser.served(site.root, headers(ROOT / "deploy")) as found:
            yield found


@pytest.fixture(scope="session")
def chromium():
    """One real browser for all tests."""
    with sync_playwright() as driver:
        running = browser.launch(driver)
        yield running
        running.close()


def _answer(text: str, route) -> None:
    """Sends TEXT with the headers of what was asked for; a query asks for the same file."""
    route.fulfill(response=route.fetch(), body=text)


@pytest.fixture
def visit(chromium, address):
    """visit(path, width=1280, **options): a fresh page with nothing stored, at rest at PATH, with its log.

    INSTEAD, an option: by address, the text that is sent in place of the site's own."""
    contexts = []

    def visit(path: str, width: int = 1280, instead: dict[str, str] | None = None, **options):
        options = {"reduced_motion": "reduce", "viewport": {"width": width, "height": 900}} | options
        context = chromium.new_context(base_url=address, **options)
        contexts.append(context)
        for changed, text in (instead or {}).items():
            context.route(lambda url, changed=changed: urlsplit(url).path == changed, functools.partial(_answer, text))
        page, log = browser.watch(context, address)
        page.goto(path)
        page.evaluate("document.fonts.ready.then(() => 0)")
        return page, log

    yield visit
    for context in contexts:
        context.close()
