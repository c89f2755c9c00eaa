"""The guides tell the truth: every path, command and rule they name exists."""

import re
import shlex

import pytest
from click.testing import CliRunner

from handbook.checks.rules import RULES
from handbook.cli import main

GUIDES = ("README.md", "CONTRIBUTING.md", "LICENCE.md")


@pytest.fixture(params=GUIDES)
def guide(request, root):
    return (root / request.param).read_text("utf-8")


def test_every_path_a_guide_names_exists(guide, root, subtests):
    for path in set(re.findall(r"`((?:docs|overrides|scripts|tests)/[\w./-]+|[\w.]+\.(?:md|toml|txt|yml))`", guide)):
        if "my-scheme" in path or "letter" in path or path == "wbso.yml":
            continue
        with subtests.test(path):
            assert (root / path).exists()


def test_every_make_target_a_guide_names_exists(guide, root):
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?! `)", guide)) - {"that"} <= targets


def test_every_command_a_guide_names_exists(guide, subtests):
    for text in set(re.findall(r"handbook ((?:check|coverage|ingest|new instrument|accept|serve)\b[^`\n]*)", guide)):
        words = shlex.split(text.partition(" (")[0].rstrip(".:,"))
        with subtests.test(text):
            help_text = CliRunner().invoke(main, [*words[: 2 if words[0] == "new" else 1], "--help"])
            assert help_text.exit_code == 0
            assert all(option in help_text.output for option in words if option.startswith("--"))


def test_the_contributors_guide_lists_every_rule(root):
    rows = re.findall(r"^\| ([a-z-]+) \| ([^|]+) \| [^|]+ \| [^|]+ \|$", (root / "CONTRIBUTING.md").read_text("utf-8"), re.M)
    assert dict((rule, text.strip()) for rule, text in rows if rule != "rule") == RULES


def test_the_worked_example_of_the_readme_holds(root, tmp_path):
    import shutil

    from handbook.accept import accept
    from handbook.checks import check
    from handbook.content import load_handbook

    shutil.copytree(root / "docs", tmp_path / "docs")
    page = tmp_path / "docs/nl/instruments/stap-budget.md"
    page.write_text(page.read_text("utf-8").replace("€ 218 miljoen", "€ 219 miljoen", 1), "utf-8")
    found = [f"{f.path}:{f.line}: {f.message} [{f.rule}]" for f in check(load_handbook(tmp_path)) if "stap-budget" in f.path]
    readme = (root / "README.md").read_text("utf-8")
    told = re.findall(r"^   (docs/\S+:\d+: .*\])$", readme, re.M)
    assert len(told) == 2
    assert set(told) <= set(found)
    accept(tmp_path, "instruments/stap-budget.md")
