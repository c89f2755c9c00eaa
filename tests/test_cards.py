"""The flash cards ask for everything once, name their sources, and write papers as the pages do."""

from collections import Counter

import pytest
from handbook import wording
from handbook.exports.cards import DECKS, cards_of
from handbook.model import LANGUAGES


@pytest.mark.parametrize("deck", DECKS)
def test_the_decks_hold_every_kind_of_card(book, deck):
    tags = Counter(card.tag for card in cards_of(book, deck))
    kinds = {"glossary", "instruments", "actors"} | (set() if deck == "nl-en" else {"figures", "parliament"})
    assert set(tags) == kinds
    assert deck == "nl-en" or tags["glossary"] == len(book.lists["glossary"])


@pytest.mark.parametrize("deck", DECKS)
def test_no_two_cards_ask_the_same_but_for_a_capital(book, deck):
    for side in ("front", "back") if deck == "nl-en" else ("front",):
        asked = Counter(getattr(card, side).casefold() for card in cards_of(book, deck))
        assert [text for text, count in asked.items() if count > 1] == []
    if deck == "nl-en":
        assert [card.front for card in cards_of(book, deck) if card.front.casefold() == card.back.casefold()] == []


def test_between_the_languages_every_party_with_another_name_is_asked(book):
    cards = cards_of(book, "nl-en")
    asked = {text.casefold() for card in cards for text in (card.front, card.back)}
    parties = [actor.name for actor in book.lists["actors"].values() if actor.name.nl.casefold() != actor.name.en.casefold()]
    assert len(parties) > 50
    assert [name.nl for name in parties if name.nl.casefold() not in asked and name.en.casefold() not in asked] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_with_a_figure_names_its_source(book, lang):
    for card in cards_of(book, lang):
        if card.tag == "figures":
            figure = book.lists["figures"][card.key.removeprefix("figure-")]
            assert all(wording.citation(book, key, lang) in card.back for key in figure.cite)


def test_a_paper_is_written_in_one_way_on_its_card_its_page_and_in_the_briefs(site, book):
    """As the part on numbers teaches it, with the chapter of the budget or the council of the EU where there is one."""
    fronts = {card.key: card.front for card in cards_of(book, "nl")}
    assert fronts["paper-motion-amhaouch-wiersma"] == "Kamerstuk 35 300 XIII, nr. 42"
    assert wording.paper(book, "21501-02-2197", "en") == "Parliamentary paper 21 501-02, no. 2197"
    assert wording.paper(book, "2025D44449", "nl") == "2025D44449"
    papers = {card.removeprefix("paper-"): front for card, front in fronts.items() if card.startswith("paper-")}
    for its_id, front in papers.items():
        assert front in site.pages["/parliament/"].get_element_by_id(its_id).text_content()
    for brief in ("investment-screening", "support-to-firms"):
        links = site.pages[f"/start/briefs/{brief}/"].xpath("//article//a[contains(@href,'parliament/#paper-')]")
        assert links and all(
            papers["paper-" + link.get("href").partition("#paper-")[2]] == link.text for link in links if "Kamerstuk" in link.text
        )
