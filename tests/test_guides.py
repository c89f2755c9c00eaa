"""The guides tell the truth: every path, command and rule they name exists."""

import re
import shlex
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from handbook.checks.rules import RULES
from handbook.cli import COMMANDS, main
from ruamel.yaml import YAML
from terminal import at_terminal

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
    for text in set(re.findall(rf"`handbook ((?:{'|'.join(COMMANDS)})\b[^`\n]*)", guide)):
        words = shlex.split(text.partition(" (")[0].rstrip(".:,"))
        with subtests.test(text):
            help_text = CliRunner().invoke(main, [*words[: 2 if words[0] in ("new", "remove") else 1], "--help"])
            assert help_text.exit_code == 0
            assert all(option in help_text.output for option in words if option.startswith("--"))


def test_the_readme_lists_every_command(root):
    listed = re.findall(r"^\| `handbook (\w+)` \|", (root / "README.md").read_text("utf-8"), re.M)
    assert sorted(listed) == sorted(COMMANDS)


def test_the_contributors_guide_lists_every_rule(root):
    rows = re.findall(r"^\| ([a-z-]+) \| ([^|]+) \| [^|]+ \| [^|]+ \|$", (root / "CONTRIBUTING.md").read_text("utf-8"), re.M)
    assert {rule: text.strip() for rule, text in rows if rule != "rule"} == RULES


def test_the_worked_example_of_the_readme_holds(root, tmp_path):
    import shutil

    from handbook.accept import accept
    from handbook.checks import check
    from handbook.loader import load_handbook

    shutil.copytree(root / "docs", tmp_path / "docs")
    page = tmp_path / "docs/nl/instruments/stap-budget.md"
    page.write_text(page.read_text("utf-8").replace("€ 218 miljoen", "€ 219 miljoen", 1), "utf-8")
    found = [f"{f.path}:{f.line}: {f.message} [{f.rule}]" for f in check(load_handbook(tmp_path)) if "stap-budget" in f.path]
    readme = (root / "README.md").read_text("utf-8")
    told = re.findall(r"^   (docs/\S+:\d+: .*\])$", readme, re.M)
    assert len(told) == 2
    assert set(told) <= set(found)
    accept(tmp_path, "instruments/stap-budget.md")


STEPS = re.compile(r"^\d\. (.+)$", re.M)
COMMAND = re.compile(r"`handbook ([^`]+)`")
NOTE = "docs/data/sources/release-note-2026.yml"


@pytest.fixture
def clone(root, tmp_path, monkeypatch):
    """The handbook in a repository of its own, in a folder whose name is no plain word, with the example's text at hand."""
    folder = tmp_path / "Handboek Ünïe"
    for name in ("docs", "tests/example"):
        shutil.copytree(root / name, folder / name)
    for name in ("mkdocs.yml", ".gitignore"):
        shutil.copy(root / name, folder / name)
    monkeypatch.setenv("HANDBOOK_SOURCES", str(folder / "tests/example"))
    monkeypatch.chdir(folder)
    git("init", "-q")
    commit()
    return folder


def git(*arguments):
    settings = ["-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "core.autocrlf=false"]
    return subprocess.run(["git", *settings, *arguments], check=True, capture_output=True, text=True).stdout


def commit():
    git("add", ".")
    git("commit", "-qm", "as it is")


def fill_in_the_register(folder):
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = 140, True
    told = yaml.load((folder / "tests/example/gists.yml").read_text("utf-8"))
    data = yaml.load((folder / NOTE).read_text("utf-8"))
    for section in data["sections"]:
        section["title"]["en"] = told["titles"][section["id"]]
    for paragraph in data["paragraphs"]:
        paragraph["gist"] = told["gists"][paragraph["at"]]
    with (folder / NOTE).open("w", encoding="utf-8") as file:
        yaml.dump(data, file)


def tell_it_on_a_page(folder):
    for lang in ("nl", "en"):
        with (folder / f"docs/{lang}/about/index.md").open("a", encoding="utf-8") as page:
            page.write((folder / f"tests/example/about.{lang}.md").read_text("utf-8"))


def take_it_off_the_page(folder):
    for lang in ("nl", "en"):
        page, told = folder / f"docs/{lang}/about/index.md", (folder / f"tests/example/about.{lang}.md").read_text("utf-8")
        page.write_text(page.read_text("utf-8").replace(told, ""), "utf-8")


def close_the_coverage(folder):
    (folder / NOTE).write_text((folder / NOTE).read_text("utf-8").replace("coverage: open", "coverage: closed"), "utf-8")


def test_the_next_letter_comes_in_and_goes_out_by_the_steps_of_the_guide(root, clone):
    text = (root / "CONTRIBUTING.md").read_text("utf-8").partition("## Add the next letter")[2].partition("\n## ")[0]
    steps = STEPS.findall(text)
    assert (len(steps), sum("**You**" in step for step in steps)) == (9, 4)
    assert text.strip().startswith("Nine steps; in four of them")
    by_hand = iter([lambda folder: None, fill_in_the_register, tell_it_on_a_page, close_the_coverage])
    for step in steps:
        if "**You**" in step:
            next(by_hand)(clone)
        for command in COMMAND.findall(step):
            code, output = run(clone, command)
            assert code == (1 if command == "stale" else 0), output
            if command == "check":
                assert output == ""
            if command == "coverage release-note-2026":
                assert "release-note-2026: 6 paragraphs, 6 cited, 0 omitted, 0 open" in output
    assert "added sources release-note-2026" in output
    assert "changed pages about/index.md +2026-11-22 +320 +5" in output
    commit()

    back, *rest = COMMAND.findall(text.partition("To take it back:")[2].partition("\n")[0])
    assert run(clone, back)[0] == 0
    code, output = run(clone, rest[-1])
    assert code == 1
    assert re.search(r"^docs/nl/about/index\.md:\d+: Nothing may rest on release-note-2026:0\.1 ", output, re.M)
    take_it_off_the_page(clone)
    for command in rest:
        code, output = run(clone, command)
        assert code == 0, output
    git("add", "--all")
    assert git("diff", "--cached", "--stat", "HEAD~1") == ""
    assert not (clone / "dist").exists()


def run(folder, command):
    """Runs a command as the guide prints it; what asks is answered at a terminal."""
    words = shlex.split(command)
    if words[:2] == ["new", "source"]:
        return at_terminal(folder, words, (folder / "tests/example/answers.txt").read_text("utf-8").splitlines())
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.output
