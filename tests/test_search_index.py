"""The search's index: small, the same in every build, and made of the words that the browser sees."""

import gzip
import json
from dataclasses import replace

import pytest
from handbook.search import Search
from handbook.search.entries import entries
from handbook.search.index import encode
from handbook.search.words import groups, initials, parts, words
from searching import LANGUAGES, READY

FIXED = ("search.js", "search-words.js", "search-engine.js", "search.css")
FOLDED = {
    "Regio’s en IPCEI’s": ["regios", "en", "ipceis"],
    "industrieën": ["industrieen"],
    "Kamerstuk 35 420, nr. 105": ["kamerstuk", "35420", "nr", "105"],
    "start-up": ["start", "up", "startup"],
    "12,3% en € 1.500": ["12.3", "en", "1.500"],
    "R&D": ["r&d"],
}
GROUPED = {
    "nl": (["fonds", "fondsen", "industrie", "industrieen", "toets", "toetsen"], ["fonds", "fondsen"]),
    "en": (["policies", "policy", "defence", "defense", "market"], ["defence", "defense"]),
}


@pytest.fixture(scope="module")
def search(book) -> Search:
    return Search(book)


def test_first_results_cost_at_most_75_kilobytes(search, root, subtests):
    fixed = [(root / "docs/assets" / name).read_bytes() for name in FIXED]
    for lang in LANGUAGES:
        with subtests.test(lang):
            needed = [*fixed, search.scripts[lang]["index"].content.encode()]
            assert sum(len(gzip.compress(one, 9)) for one in needed) <= 75_000


def test_the_same_handbook_gives_the_same_scripts_kept_or_made_anew(search, book, tmp_path):
    anew = replace(book, root=tmp_path)
    assert Search(anew).scripts == search.scripts
    assert {path.name.rpartition("-")[0] for path in (tmp_path / ".cache/made").iterdir()} == {f"search-{lang}" for lang in LANGUAGES}
    assert Search(anew).scripts == search.scripts


def test_a_changed_index_has_another_address(search):
    addresses = [script.address for scripts in search.scripts.values() for script in scripts.values()]
    assert len(set(addresses)) == 4


def test_the_old_index_is_not_shipped(site):
    assert not (site.root / "search").exists()


def test_browser_and_build_see_the_same_words(visit, book, subtests):
    page, _ = visit("/?q=industrie")
    page.wait_for_selector(READY)
    for lang in LANGUAGES:
        texts = [name for entry in entries(book, lang) for name in (*entry.names, *entry.text)]
        here = page.evaluate("(texts) => texts.map((text) => searchWords(text))", texts)
        with subtests.test(lang):
            assert [text for text, found in zip(texts, here, strict=True) if found != words(text)] == []


def test_words_are_folded_and_joined(subtests):
    for text, expected in FOLDED.items():
        with subtests.test(text):
            assert words(text) == expected


def test_forms_of_one_word_are_one_group(subtests):
    for lang, (vocabulary, expected) in GROUPED.items():
        with subtests.test(lang):
            assert expected in groups(vocabulary, lang)


def test_a_compound_is_taken_apart_by_known_words():
    assert parts("groeifonds", {"groei", "fonds"}) == ["groei", "fonds"]
    assert parts("technologiestrategie", {"technologie", "strategie"}) == ["technologie", "strategie"]
    assert parts("fotonica", {"groei"}) == ["fotonica"]


def test_readers_abbreviate_names_by_their_parts():
    assert initials("Nationaal Groeifonds", {"groei", "fonds"}, set()) == "ngf"


def test_numbers_are_written_short():
    assert encode([0, 31, 32]) == "g" + "_" + "Ah"
    assert json.dumps(encode(list(range(64)))).isascii()
