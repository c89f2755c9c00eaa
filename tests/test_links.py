"""Every reference of the built site leads somewhere; each kind of broken reference is caught."""

from pathlib import Path

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

    address = reader.safe_load("\n".join(line for line in (root / "mkdocs.yml").read_text("utf-8").splitlines() if line.startswith("site_url")))
    checked = Site(site.root, address["site_url"])
    assert len(checked.pages) >= 2 * len([page for lang, page in book.pages if lang == "nl"])
    assert [str(finding) for finding in check_site(checked)] == []
