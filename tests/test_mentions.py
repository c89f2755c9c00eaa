"""The worksheet tells what a paragraph mentions: what the handbook knows and on which pages, what is new, papers, and dates."""

import pytest
from handbook.mentions import Mentions, dates, papers


@pytest.fixture(scope="session")
def mentions(book):
    return Mentions(book)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zonnestroom Zuid bouwt een fabriek.", ["Zonnestroom Zuid"]),
        ("Zij komt. Zonnestroom levert.", ["Zonnestroom"]),
        ("Het nieuwe Deltaplan Zonnestroom begint.", ["Deltaplan Zonnestroom"]),
        ("Het Zonnestroomfonds begint.", ["Zonnestroomfonds"]),
        ("Daarnaast is er geld. Ook de industrie groeit.", []),
        ("Bedrijven krijgen steun. Onderzoek helpt.", []),
        ("In Q4 en volgens Kamerstukken II is dat zo.", []),
        ("De WBSO en TNO blijven.", []),
    ],
)
def test_a_new_name_is_told_from_an_ordinary_word_that_opens_a_sentence(mentions, text, expected):
    assert mentions.unknown(text) == expected


def test_a_word_that_the_letter_itself_writes_small_is_no_name(book):
    assert Mentions(book).unknown("Zonnestroom groeit.") == ["Zonnestroom"]
    assert Mentions(book, "Er is meer zonnestroom.").unknown("Zonnestroom groeit.") == []


@pytest.mark.parametrize(
    ("text", "known", "page"),
    [
        ("Er is geld voor fotonica.", "market photonics", "markets/photonics.md"),
        ("De WBSO blijft.", "instrument wbso", "instruments/wbso.md"),
    ],
)
def test_a_paragraph_leads_to_the_pages_that_speak_of_it(mentions, text, known, page):
    found = mentions.known(text)
    assert known in found
    assert page in mentions.pages(found)


def test_an_actor_and_a_term_lead_to_pages_too(mentions):
    for kind in ("actor", "term"):
        assert any(mentions.pages([one]) for one in mentions._pages if one.startswith(f"{kind} "))


def test_a_paragraph_leads_to_few_pages(mentions):
    assert len(mentions.pages([one for one in mentions._pages if one.startswith("term ")])) <= 5


def test_papers_are_known_by_each_of_their_spellings():
    text = "Zie 29 826, nr. 302, 29 826-302, 33009-12, 33 009-XIII, nr. 3 en kst-33009-12."
    assert papers(text) == ["29 826, nr. 302", "29 826-302", "33009-12", "33 009-XIII, nr. 3", "kst-33009-12"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Op 4 maart 2026.", ["2026-03-04"]),
        ("In maart 2026.", ["2026-03"]),
        ("In het voorjaar van 2026.", ["2026-spring"]),
        ("Najaar 2025.", ["2025-autumn"]),
        ("In het vierde kwartaal van 2026, of Q1 2027.", ["2026-Q4", "2027-Q1"]),
        ("In het tweede halfjaar van 2026.", ["2026-H2"]),
        ("In de winter is het koud.", []),
    ],
)
def test_dates_are_found_as_vague_as_they_are(text, expected):
    assert dates(text) == expected
