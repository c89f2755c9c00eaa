"""Each remedy is held by a test: undo any one, and the test of its promise fails."""

import contextlib
import dataclasses
import importlib
import inspect
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from handbook.hosting import headers
from lxml import html
from playwright.sync_api import Error

REMEDIES = yaml.safe_load((Path(__file__).parent / "faults/remedies.yml").read_text("utf-8"))
# What a page is waited for once it is known to be broken, in milliseconds.
PATIENCE = 4000


@pytest.fixture(scope="module")
def promises():
    """promises(test, parts): calls TEST (module::name) with those of PARTS that it asks for."""

    def call(test: str, parts: dict[str, object]) -> None:
        module, _, name = test.partition("::")
        function = getattr(importlib.import_module(module), name)
        function(**{wanted: parts[wanted] for wanted in inspect.signature(function).parameters})

    return call


def undone(remedy: dict, site, visit, book) -> dict[str, object]:
    """The parts that a test asks for, as they are on the site without REMEDY."""
    text = (site.root / remedy["file"]).read_text("utf-8")
    assert remedy["find"] in text
    changed = text.replace(remedy["find"], remedy.get("replace", ""))
    address = "/" + remedy["file"].removesuffix("index.html")
    pages = site.pages | ({address: html.document_fromstring(changed)} if remedy["file"].endswith(".html") else {})

    def visit_it(path: str, width: int = 1280, **options):
        page, log = visit(path, width, instead={address: changed}, **options)
        page.set_default_timeout(PATIENCE)
        return page, log

    def each(find, some=None):
        some = pages if some is None else {path: pages[path] for path in some}
        assert {path: wrong for path, page in some.items() if (wrong := list(find(path, page)))} == {}

    other = dataclasses.replace(site, pages=pages)
    content = {path: page for path, page in pages.items() if not path.endswith("404.html")}
    subtests = SimpleNamespace(test=lambda *_, **__: contextlib.nullcontext())
    parts = {"site": other, "visit": visit_it, "each": each, "content": content, "subtests": subtests, "book": book}
    return parts | remedy.get("with", {})


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda remedy: remedy["undo"])
def test_an_undone_remedy_breaks_the_test_of_its_promise(remedy, site, visit, book, promises):
    with pytest.raises((AssertionError, Error)):
        promises(remedy["test"], undone(remedy, site, visit, book))


@pytest.mark.parametrize("test", sorted({(one["test"], *one.get("with", {}).values()) for one in REMEDIES}), ids=str)
def test_the_same_call_passes_while_nothing_is_undone(test, site, visit, book, promises):
    remedy = next(one for one in REMEDIES if (one["test"], *one.get("with", {}).values()) == test)
    promises(remedy["test"], undone(remedy | {"replace": remedy["find"]}, site, visit, book))


@pytest.mark.parametrize("name", ["Content-Security-Policy", "Strict-Transport-Security", "Permissions-Policy", "Referrer-Policy"])
def test_a_header_left_out_breaks_the_test_of_the_headers(root, tmp_path, promises, name):
    (tmp_path / "deploy").mkdir()
    lines = (root / "deploy/headers.conf").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "deploy/headers.conf").write_text("".join(line for line in lines if name not in line), "utf-8")
    (tmp_path / "deploy/handbook.conf").write_text((root / "deploy/handbook.conf").read_text("utf-8"), "utf-8")
    assert name not in headers(tmp_path / "deploy")
    with pytest.raises(AssertionError):
        promises("test_hosting::test_the_headers_have_one_place", {"root": tmp_path})


def test_every_row_says_what_it_undoes_once():
    names = [remedy["undo"] for remedy in REMEDIES]
    assert len(names) >= 40
    assert sorted(set(names)) == sorted(names)
    assert all(re.fullmatch(r"test_\w+::test_\w+", remedy["test"]) for remedy in REMEDIES)
