"""What serves an editor: a check of what changed, citations found by words, completion in VS Code, a page as the book sets it."""

import json
import os
import re
from dataclasses import replace

import jsonschema
import pytest
from click.testing import CliRunner
from handbook import keeping
from handbook.checks import check
from handbook.cli import COMMANDS, main
from handbook.exports.tables import write_schemas
from handbook.loader import load_handbook
from handbook.loading import Finding, parse_yaml
from handbook.preview.proof import proof
from handbook.snippets import write_snippets
from pypdf import PdfReader
from test_faults import FAULTS, spoil


def run(*arguments: object):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_a_check_of_one_file_finds_what_the_whole_check_finds_in_it(fault, small, tmp_path, monkeypatch):
    monkeypatch.setenv("HANDBOOK_SOURCES", str(small if fault.get("texts") else tmp_path / "none"))
    for edit in fault["edits"]:
        spoil(small, edit)
    whole = load_handbook(small)
    found = check(whole)
    for shown in {finding.path for finding in found}:
        alone = replace(whole, only=frozenset([shown]))
        assert check(alone) == (found if whole.findings else [finding for finding in found if finding.path == shown])


def test_a_check_of_some_files_says_what_it_did_not_check(small):
    (small / "docs/nl/index.md").write_text((small / "docs/nl/index.md").read_text("utf-8").replace("telt 40", "telt 41"), "utf-8")
    result = run("check", "--root", small, "docs/nl/index.md")
    assert result.exit_code == 1 and "docs/nl/index.md:9: The figure 41 must" in result.stdout and "\ndocs/en" not in result.stdout
    assert re.search(r"1 of \d+ files checked\. What they change elsewhere", result.stderr)
    assert run("check", "--root", small, "docs/en/glossary.md").exit_code == 0
    assert run("check", "--root", small, "docs/nl").exit_code == 1
    assert run("check", "--root", small, "docs/nl/nowhere.md").exit_code == 2


def test_what_is_kept_is_what_would_be_read(small):
    fresh = load_handbook(small)
    kept = keeping.kept(small)
    load_handbook(small, kept)
    kept.save(small)
    again = keeping.kept(small)
    book = load_handbook(small, again)
    assert not again.changed
    assert (book.sources, book.instruments, book.lists, book.labels, book.pages) == (
        fresh.sources,
        fresh.instruments,
        fresh.lists,
        fresh.labels,
        fresh.pages,
    )


def test_a_changed_file_is_read_again(small):
    kept = keeping.Kept()
    load_handbook(small, kept)
    kept.changed.clear()
    page = small / "docs/nl/index.md"
    before = page.stat()
    page.write_text(page.read_text("utf-8").replace("Voorblad", "Noorblad"), "utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert load_handbook(small, kept).pages["nl", "index.md"].front.title == "Noorblad"
    assert kept.changed == {"docs/nl/index.md"}


def test_nothing_is_kept_over_a_change_of_code_or_in_a_damaged_cache(small, monkeypatch):
    kept = keeping.kept(small)
    load_handbook(small, kept)
    kept.save(small)
    place = small / keeping.PLACE
    good = place.read_bytes()
    for damaged in (good[:-10], good[:32] + b"\x80", good[:10], b""):
        place.write_bytes(damaged)
        assert load_handbook(small, keeping.kept(small)).pages
    place.write_bytes(good)
    monkeypatch.setattr(keeping, "_fingerprint_of_code", lambda: b"x" * 32)
    other = keeping.kept(small)
    load_handbook(small, other)
    assert "docs/nl/index.md" in other.changed


def test_a_citation_is_found_by_words(small):
    result = run("cite", "--root", small, "--lang", "en", "40", "PAGES")
    assert result.exit_code == 0 and result.stdout.startswith("[^notice-2026:1.1] ")
    assert json.loads(run("cite", "--root", small, "--json", "2.1").stdout)[0]["key"] == "notice-2026:2.1"
    assert run("cite", "--root", small, "nowhere-to-be-found").exit_code == 1


def test_every_data_file_has_a_schema_in_vs_code_and_fits_it(root, tmp_path, subtests):
    write_schemas(tmp_path)
    wired = json.loads((root / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {name.rpartition("/")[2] for name in wired} == {path.name for path in tmp_path.iterdir()}
    files = {path: name for name, pattern in wired.items() for path in root.glob(pattern)}
    assert set(root.glob("docs/data/**/*.yml")) == files.keys()
    for path, name in files.items():
        with subtests.test(path.name):
            schema = json.loads((tmp_path / name.rpartition("/")[2]).read_text("utf-8"))
            jsonschema.validate(parse_yaml(path.read_text("utf-8"), path.name), schema)


def test_vs_code_reads_findings_and_knows_every_citation(root, book, tmp_path):
    tasks = json.loads((root / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    patterns = [task["problemMatcher"]["pattern"] for task in tasks if task["problemMatcher"]]
    assert len(patterns) == 2
    for pattern in patterns:
        match = re.match(pattern["regexp"], str(Finding("docs/nl/a.md", 12, "link-broken", "The link x: must lead. Correct it.")))
        assert match[pattern["file"]] == "docs/nl/a.md" and match[pattern["line"]] == "12"
        assert match[pattern["message"]] == "The link x: must lead. Correct it." and match[pattern["code"]] == "link-broken"
    assert {task["args"][0] for task in tasks} <= set(COMMANDS)
    assert write_snippets(book, tmp_path / "citations.code-snippets") == len(book.paragraphs)
    snippets = json.loads((tmp_path / "citations.code-snippets").read_text("utf-8"))
    for scope, written in (("markdown", "[^{}]"), ("yaml", '"{}"')):
        assert [one["body"] for one in snippets.values() if one["scope"] == scope] == [written.format(key) for key in book.paragraphs]


def test_every_hook_before_a_commit_is_a_command_that_is_there(root):
    hooks = [hook for repo in parse_yaml((root / ".pre-commit-config.yaml").read_text("utf-8"), "hooks")["repos"] for hook in repo["hooks"]]
    programs = {"handbook": set(COMMANDS), "ruff": {"check", "format"}}
    locked = (root / "requirements.txt").read_text("utf-8") + (root / "pyproject.toml").read_text("utf-8")
    for hook in hooks:
        program, command = hook["entry"].removeprefix(".venv/bin/").split()[:2]
        assert command in programs[program]
        assert re.search(rf"^{program} ?=", locked, re.M)


def test_a_page_is_set_as_in_the_book_without_building_the_site(root, tmp_path):
    target = tmp_path / "proof.pdf"
    assert proof(root, tmp_path / "work", "en", "instruments/wbso", target) == len(PdfReader(target).pages)
    assert "WBSO" in PdfReader(target).pages[0].extract_text() + PdfReader(target).pages[-1].extract_text()
