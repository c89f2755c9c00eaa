"""The preview shows what a build would: a real server on loopback, real edits in a copy of the small handbook."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from shutil import copytree
from urllib.parse import urljoin

import pytest
import yaml
from handbook.content import SHOWN_ON
from handbook.loading import BadInput, parse_yaml
from handbook.model import LANGUAGES
from handbook.preview.running import running

ROOT = Path(__file__).resolve().parent.parent
NAV = """
nav:
  - Start: index.md
  - Instrumenten:
      - instruments/index.md
      - instruments/alpha-fund.md
  - Naslag:
      - glossary.md
      - sources/notice-2026.md
"""
LIST_PAGE = "---\ntitle: {0}\ndescription: {0}.\n---\n# {0} {{ #{0} }}\n"
NEW_PAGE = "---\ntitle: {0}\ndescription: {0}.\n---\n# {0} {{ #new }}\n\n{0}.\n"
TERM = """
- id: added
  term: {nl: einddatum, en: end date}
  definition: {nl: De laatste dag., en: The last day.}
  general: true
"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """The preview of a small site that is built like the great one."""
    root = tmp_path_factory.mktemp("preview")
    copytree(ROOT / "tests/small/docs", root / "docs")
    for folder in ("overrides", "docs/assets", "deploy"):
        copytree(ROOT / folder, root / folder)
    (root / "docs/data/site.yml").write_text((ROOT / "docs/data/site.yml").read_text("utf-8"), "utf-8")
    labels = [parse_yaml((folder / "docs/data/labels.yml").read_text("utf-8"), "") for folder in (ROOT, ROOT / "tests/small")]
    (root / "docs/data/labels.yml").write_text(yaml.safe_dump(labels[0] | labels[1], allow_unicode=True), "utf-8")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[0]
    settings = settings.replace("scripts/hooks.py", (ROOT / "scripts/hooks.py").as_posix()) + NAV
    for name, path in SHOWN_ON.items():
        for lang in LANGUAGES:
            (root / "docs" / lang / path).parent.mkdir(exist_ok=True)
            if not (root / "docs" / lang / path).exists():
                (root / "docs" / lang / path).write_text(LIST_PAGE.format(name), "utf-8")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    for font in (ROOT / ".cache").glob("**/*.[tw][to]f*"):
        kept = root / font.relative_to(ROOT)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(font.read_bytes())
    told: list[str] = []
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    with running(root, 0, told.append) as address:
        yield Shown(root, address, told)


@dataclass
class Shown:
    """A running preview of ROOT at ADDRESS and what it TOLD."""

    root: Path
    address: str
    told: list[str]

    def get(self, address: str, **headers: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", int(self.address.rstrip("/").rpartition(":")[2]), timeout=60)
        connection.request("GET", f"/{address}", headers=headers)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def page(self, address: str) -> str:
        return self.get(address)[1].decode()

    def version(self) -> str:
        return re.search(r'data-version="([\d-]+)"', self.page(""))[1]

    def edit(self, shown: str, change: Callable[[str], str | None]) -> None:
        """Saves SHOWN as CHANGE makes it of its text (None: deletes it), and waits until the preview has taken it or refused it."""
        path, before, told = self.root / shown, self.version(), len(self.told)
        text = change(path.read_text("utf-8") if path.exists() else "")
        path.unlink() if text is None else path.write_text(text, "utf-8")
        self.wait(lambda: self.version() != before or len(self.told) > told)
        self.wait(lambda: self.version() == before or any("shown after" in line for line in self.told[told:]))

    def wait(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + 30
        while not done():
            assert time.monotonic() < end, self.told
            time.sleep(0.05)

    def files(self, folder: Path) -> dict[str, bytes]:
        """What the preview gives for every file of the site in FOLDER, without what only the preview adds."""
        found = {}
        for path in sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()):
            status, body = self.get(path)
            found[path] = (
                re.sub(rb'<script src="/\.preview/[^>]*></script>', b"", body) if status == 200 or path.endswith("404.html") else b""
            )
        return found


def build(root: Path, target: Path) -> dict[str, bytes]:
    command = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "--quiet", "--site-dir", str(target)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}


def same(preview: Shown, target: Path, subtests) -> None:
    """Whether the preview, once it has come to rest, gives every file that a build of the same sources gives, to the byte."""
    built = build(preview.root, target)
    assert len(built) > 50
    addresses = re.compile(r'data-index="([^"]+)"')
    for page in ("index.html", "en/index.html"):
        # Whoever uses the search has it up to date at once; without that it follows after a moment of rest.
        preview.get(urljoin(page, addresses.search(preview.page(page))[1]))
        assert addresses.search(preview.page(page))[1] == addresses.search(built[page].decode())[1]
    given = preview.files(target)
    for path, content in built.items():
        with subtests.test(path):
            assert given[path] == content


def test_what_is_saved_is_shown(preview, subtests):
    page, card = "docs/nl/index.md", "docs/data/instruments/alpha-fund.yml"
    with subtests.test("prose"):
        preview.edit(page, lambda text: text.replace("De bron noemt geen einddatum.", "De bron zwijgt over het einde."))
        assert "zwijgt over het einde" in preview.page("") and "zwijgt" not in preview.page("en/")
    with subtests.test("a title, also in the navigation of other pages"):
        preview.edit("docs/nl/glossary.md", lambda text: re.sub("title: .*", "title: Woordenlijst", text))
        assert "Woordenlijst" in preview.page("sources/notice-2026/")
    with subtests.test("data, also on the index that lists it"):
        preview.edit(card, lambda text: text.replace("nl: Alfafonds,", "nl: Alfabetfonds,"))
        assert "Alfabetfonds" in preview.page("instruments/alpha-fund/") and "Alfabetfonds" in preview.page("instruments/")
    with subtests.test("a new term, linked where it is used"):
        assert "#added" not in preview.page("instruments/alpha-fund/")
        preview.edit("docs/data/glossary.yml", lambda text: text.rstrip() + TERM)
        assert "glossary/#added" in preview.page("instruments/alpha-fund/")
    with subtests.test("a style"):
        asked = re.search(r"assets/handbook\.css\?v=\w{12}", preview.page(""))[0]
        preview.edit("docs/assets/handbook.css", lambda text: text + "\n.added {}\n")
        assert ".added" in preview.page("assets/handbook.css") and asked not in preview.page("")
    with subtests.test("a new asset"):
        preview.edit("docs/assets/added.css", lambda _: ".new {}\n")
        assert preview.get("assets/added.css") == (200, b".new {}\n")
    with subtests.test("a template"):
        preview.edit("overrides/partials/footer.html", lambda text: text.replace("<footer", '<footer data-added="1"', 1))
        assert 'data-added="1"' in preview.page("") and 'data-added="1"' in preview.page("en/glossary/")
    with subtests.test("a fragment"):
        preview.edit("overrides/fragments/related.html.j2", lambda text: text + '<p class="added"></p>\n')
        assert '<p class="added">' in preview.page("instruments/alpha-fund/")
    with subtests.test("a new page"):
        for lang in ("nl", "en"):
            preview.edit(f"docs/{lang}/instruments/new.md", lambda _: NEW_PAGE.format("Nieuwkomer"))
            preview.edit(f"docs/{lang}/passing.md", lambda _: NEW_PAGE.format("Passant"))
        assert preview.get("passing/")[0] == 200
    with subtests.test("the navigation"):
        preview.edit(
            "mkdocs.yml", lambda text: text.replace("- instruments/index.md\n", "- instruments/index.md\n      - instruments/new.md\n")
        )
        assert "Nieuwkomer" in preview.page("instruments/") and "Nieuwkomer" in preview.page("en/instruments/")
    with subtests.test("a deleted page"):
        for lang in ("nl", "en"):
            preview.edit(f"docs/{lang}/passing.md", lambda _: None)
        assert preview.get("passing/")[0] == 404


def test_the_served_tree_is_that_of_a_build(preview, tmp_path, subtests):
    """After all edits of the test before."""
    same(preview, tmp_path / "site", subtests)


BAD = {
    "front matter": ("docs/nl/index.md", "title: Voorblad", "title: [Voorblad", "docs/nl/index.md:3: The YAML must be well-formed"),
    "an unknown citation": ("docs/nl/index.md", "notice-2026:1.1]", "notice-2026:9.9]", "docs/nl/index.md:9: The citation notice-2026:9.9"),
    "data": ("docs/data/instruments/alpha-fund.yml", "tier: A", "teir: A", "docs/data/instruments/alpha-fund.yml:"),
    "a template": ("overrides/partials/footer.html", "{%", "{% if", "overrides/partials/footer.html:"),
    "a template that fails": (
        "overrides/fragments/related.html.j2",
        "{%",
        "{{ nobody.knows }}{%",
        "overrides/fragments/related.html.j2:1:",
    ),
    "the navigation": ("mkdocs.yml", "\nnav:", "\nnav: [", "mkdocs.yml:"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_edit_is_told_and_the_old_page_stays(preview, fault):
    shown, find, replace, message = BAD[fault]
    address = "instruments/alpha-fund/" if "related" in shown else ""
    path, before, seen = preview.root / shown, preview.page(address), len(preview.told)
    good = path.read_text("utf-8")
    assert find in good
    path.write_text(good.replace(find, replace, 1), "utf-8")
    preview.wait(lambda: preview.page(address) and any(line.startswith(message) for line in preview.told[seen:]))
    strip = re.compile('data-version="[^"]*"')
    assert strip.sub("", preview.page(address)) == strip.sub("", before)
    assert preview.get("glossary/")[0] == 200
    path.write_text(good, "utf-8")
    preview.wait(lambda: any("Mended" in line or "shown after" in line for line in preview.told[seen:]))
    preview.edit("docs/nl/glossary.md", lambda text: text + f"\nNa {fault} gaat het door.\n")
    # The edit may be taken in one turn with the mending.
    preview.wait(lambda: f"Na {fault} gaat het door" in preview.page("glossary/"))


def test_findings_of_what_is_saved_are_told_with_path_and_line(preview):
    seen = len(preview.told)
    preview.edit("docs/nl/index.md", lambda text: text.replace("telt 40", "telt 41"))
    preview.wait(lambda: any(re.match(r"docs/nl/index\.md:9: .*\[figure-not-in-source\]", line) for line in preview.told[seen:]))
    preview.wait(lambda: any(re.match(r"docs/en/index\.md:\d+: .*\[translation-stale\]", line) for line in preview.told[seen:]))
    preview.edit("docs/nl/index.md", lambda text: text.replace("telt 41", "telt 40"))


def test_an_open_page_loads_again_by_itself_under_the_policy(preview, chromium):
    context = chromium.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(preview.address)
    preview.edit("docs/nl/index.md", lambda text: text + "\nDit verschijnt vanzelf.\n")
    page.get_by_text("Dit verschijnt vanzelf.").wait_for()
    context.close()
    assert wrong == []


def test_only_this_machine_is_answered(preview):
    assert preview.get("", Host="elsewhere.example")[0] == 403
    assert preview.get("../mkdocs.yml")[0] == 404
    assert preview.get("..%2f..%2fmkdocs.yml")[0] == 404


def test_a_port_in_use_is_told_in_one_line(preview):
    from click.testing import CliRunner
    from handbook.cli import main

    port = preview.address.rstrip("/").rpartition(":")[2]
    result = CliRunner().invoke(main, ["serve", "--root", str(preview.root), "--port", port])
    assert result.exit_code == 1 and result.output.strip().splitlines()[-1].startswith(f"Error: Port {port} must be free")


def test_a_handbook_that_cannot_be_built_is_not_served(small):
    (small / "docs/nl/index.md").write_text("no front matter", "utf-8")
    with pytest.raises(BadInput) as caught, running(small, 0, print):
        pass
    assert [finding.rule for finding in caught.value.findings] == ["front-matter"]
