"""Pages and data are spelled right in both languages."""

import os

import pytest
from click.testing import CliRunner
from handbook.checks.spelling import available, spelled
from handbook.cli import main
from handbook.loader import load_handbook

HELP = "hunspell with nl_NL and en_GB is not on this machine: apt-get install hunspell hunspell-nl hunspell-en-gb."


@pytest.fixture(autouse=True)
def _hunspell():
    if not available():
        pytest.fail(HELP) if os.environ.get("CI") else pytest.skip(HELP)


def test_every_word_is_spelled_right(book):
    assert list(spelled(book)) == []


@pytest.mark.parametrize(("lang", "word", "wrong"), [("nl", "kosten", "kotsen en kossten"), ("en", "costs", "coossts")])
def test_a_typing_error_is_caught(small, lang, word, wrong):
    path = small / f"docs/{lang}/instruments/alpha-fund.md"
    path.write_text(path.read_text("utf-8").replace(word, wrong), "utf-8")
    assert [f"{f.path}:{f.rule}" for f in spelled(load_handbook(small)) if f.path.endswith("fund.md")] == [
        f"docs/{lang}/instruments/alpha-fund.md:spelling"
    ]


def test_a_check_of_the_handbook_spells_it_when_asked(small):
    path = small / "docs/en/instruments/alpha-fund.md"
    path.write_text(path.read_text("utf-8").replace("costs", "coossts"), "utf-8")
    result = CliRunner().invoke(main, ["check", "--root", str(small), "--spelling"])
    assert "'coossts' must be spelled" in result.output
    assert result.exit_code == 1


def test_the_list_of_accepted_words_holds_nothing_needless(root, book):
    """A word that the dictionaries or the data already know does not belong in words.txt."""
    words = (root / "docs/data/words.txt").read_text("utf-8").splitlines()
    plain = [word.partition("#")[0].strip() for word in words if word.partition("#")[0].strip()]
    assert plain == sorted(set(plain), key=plain.index)
