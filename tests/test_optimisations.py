"""What makes the handbook fast changes nothing that it says: the short way and the long way give the same."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
import yaml
from handbook.addresses import relative
from handbook.builtpage import ADDRESSES, Page, references
from handbook.builtsite import Site
from handbook.checks.links import check_site
from handbook.edition import edition
from handbook.exports import OpenData
from handbook.keeping import kept
from handbook.lifting import Lifted
from handbook.loader import load_handbook
from handbook.made import made
from handbook.rendering import Renderer
from markdown import Markdown
from mkdocs.config import load_config

ADDRESS = "https://handbook.example/"
# MkDocs turns these into addresses; what goes past Markdown has them already.
_PARAGRAPH = re.compile(r'href="(?:[./]*/)?(?:sources/)?([a-z0-9-]+)\.md#(p-[^"]+)"')


@pytest.fixture(scope="module")
def renderer(book, root):
    return Renderer(book, OpenData(book, edition(root), ADDRESS))


@pytest.fixture(scope="module")
def convert(root):
    """A function that gives a text as the site's own Markdown makes it."""
    config = load_config(str(root / "mkdocs.yml"))

    def convert(text: str) -> str:
        return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert(text)

    return convert


def kinds(book) -> list:
    """One page of each folder and template in each language, and every page that shows data."""
    found = {}
    for page in book.pages.values():
        places = tuple(sorted({name for _, name, _ in page.markers} - {"related"}))
        found.setdefault((page.lang, page.path.rpartition("/")[0], places), page)
    return list(found.values())


def test_what_goes_past_markdown_comes_out_as_through_it(book, renderer, convert, subtests):
    pages = kinds(book)
    assert len(pages) >= 40
    went_past = 0
    for page in pages:
        with subtests.test(page.shown):
            lifted = Lifted()
            past = lifted.put_back(convert(renderer.markdown(page, page.body, lifted)))
            through = convert(renderer.markdown(page, page.body))
            addressed = [
                _PARAGRAPH.sub(lambda match, page=page: f'href="{relative(page.path, f"sources/{match[1]}.md", match[2])}"', text)
                for text in (past, through)
            ]
            assert addressed[0] == addressed[1]
            went_past += len(lifted.pieces)
    assert went_past > 500


def test_every_id_and_target_that_goes_past_markdown_is_told(book, renderer):
    page = book.pages["nl", "timeline.md"]
    lifted = Lifted()
    renderer.markdown(page, page.body, lifted)
    assert set(book.lists["timeline"]) <= lifted.ids
    page = book.pages["nl", "policy/europe.md"]
    lifted = Lifted()
    text = renderer.markdown(page, page.body, lifted)
    cited = {f"p-{key.partition(':')[2]}" for _, key in page.citations}
    past = {anchor for _, anchor in lifted.targets}
    assert past <= cited
    assert len(past) > 20
    # A note that could mean something to Markdown goes through it, with its link.
    assert [anchor for anchor in cited - past if f"#{anchor})" not in text] == []


@pytest.mark.parametrize(
    "text",
    [
        "Text\n<p>in one block with it</p>",
        '<div markdown="1">\n\n**Markdown** inside\n\n</div>',
        "<div>never closed",
        "<span>no block</span>",
        "- item\n\n    <p>inside it</p>",
    ],
)
def test_what_is_not_plainly_html_is_left_to_markdown(text, convert):
    lifted = Lifted()
    assert lifted.put_back(convert(lifted.blocks(text, ""))) == convert(text)


def test_open_data_are_the_same_fresh_kept_and_where_nothing_can_be_kept(book, root, tmp_path):
    its_edition = edition(root)
    refused = tmp_path / "refused"
    for place in (tmp_path, refused):
        for part in ("overrides", "docs/data"):
            shutil.copytree(root / part, place / part)
    own = replace(book, root=tmp_path)
    fresh = OpenData(own, its_edition, ADDRESS).files
    assert {path.name.partition("-")[0] for path in (tmp_path / ".cache/made").iterdir()} == {
        "calendar",
        "terms",
        "cards",
        "catalogue",
        "text",
    }
    again = OpenData(own, its_edition, ADDRESS).files
    (refused / ".cache").write_text("a file where the folder would be")
    without = OpenData(replace(book, root=refused), its_edition, ADDRESS).files
    assert fresh == again == without
    assert len(fresh) > 300


def test_what_is_kept_follows_its_ingredients_and_survives_damage(tmp_path):
    def make(text: str) -> str:
        return made(tmp_path, "thing", [text], (), lambda: text.upper())

    assert [make("a"), make("b"), make("a")] == ["A", "B", "A"]
    for path in (tmp_path / ".cache/made").iterdir():
        path.write_bytes(b"damaged")
    assert make("a") == "A"
    for letter in "cdefgh":
        make(letter)
    assert len(list((tmp_path / ".cache/made").iterdir())) <= 4


def test_a_handbook_read_from_what_was_kept_is_the_one_on_disk(small):
    first = kept(small)
    book = load_handbook(small, first)
    first.save(small)
    again = load_handbook(small, kept(small))
    plain = load_handbook(small)
    for one in (book, again):
        assert (one.pages, one.sources, one.instruments, one.lists, one.findings) == (
            plain.pages,
            plain.sources,
            plain.instruments,
            plain.lists,
            plain.findings,
        )


def in_full(monkeypatch) -> None:
    """From here on every page is gone through whole, by the parser that knows lines, and no address past the rules."""
    monkeypatch.setattr(Site, "plain_target", lambda *_: None)
    monkeypatch.setattr(Page, "hidden", property(lambda page: True, lambda page, value: None), raising=False)


def test_the_quick_look_at_links_finds_what_the_long_one_finds(tmp_path, root, subtests, monkeypatch):
    corpus = yaml.safe_load((root / "tests/faults/links.yml").read_text("utf-8"))
    for fault in (one for one in corpus["faults"] if "find" in one):
        with subtests.test(fault["name"]):
            site = tmp_path / re.sub(r"\W+", "-", fault["name"])
            for name, text in corpus["site"].items():
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                broken = text.replace(fault["find"], fault["replace"], 1) if name == fault["file"] else text
                (site / name).write_text(broken, "utf-8")
            quick = check_site(Site(site, "https://site.example/"))
            with monkeypatch.context() as patch:
                in_full(patch)
                long = check_site(Site(site, "https://site.example/"))
            assert quick == long
            assert quick


def test_both_looks_at_links_read_the_same_on_every_page_of_the_handbook(site):
    own = Site(site.root, ADDRESS)
    assert len(own.pages) > 300
    for path, page in own.pages.items():
        found = [one for element in page.root.iter("meta", *ADDRESSES) for one in references(element.tag, element.attrib)]
        links = {(one.address, one.hreflang is not None) for one in found if one.tag == "a"}
        assert links == {(one, False) for one in page.links} | {(one, True) for one in page.marked}, path
        assert {one for one in found if one.tag != "a"} == page.others, path
        assert {*page.root.xpath("//@id"), *page.root.xpath("//a/@name")} == page.ids, path
        assert page.root.get("lang") == page.language, path


def test_the_long_look_at_the_handbook_finds_what_the_quick_one_finds(site, monkeypatch):
    # Under another address than it was built for, every page has something to find.
    quick = check_site(Site(site.root, ADDRESS))
    assert len(quick) > 300
    in_full(monkeypatch)
    assert quick == check_site(Site(site.root, ADDRESS))


def test_a_site_built_from_all_that_is_kept_is_the_one_built_from_nothing(root, tmp_path):
    copy = tmp_path / "handbook"
    copy.mkdir()
    for name in ("docs", "overrides", "scripts", "mkdocs.yml", ".git"):
        (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, copy / name)
    if (root / ".cache").is_dir():
        # Pictures and typefaces are drawn once in the life of a checkout, and are tests of their own.
        shutil.copytree(root / ".cache", copy / ".cache", ignore=shutil.ignore_patterns("kept*", "made", "templates", "book*"))
    trees = []
    for site in (tmp_path / "fresh", tmp_path / "kept"):
        command = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "--quiet", "--site-dir", str(site)]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONPATH": str(copy / "scripts")}
        subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
        trees.append({path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()})
        assert (copy / ".cache/kept.pickle").is_file()
    fresh, kept_site = trees
    assert len(fresh) > 1500
    assert [path for path in fresh.keys() | kept_site.keys() if fresh.get(path) != kept_site.get(path)] == []
