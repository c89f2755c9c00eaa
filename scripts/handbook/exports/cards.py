"""Flash cards from data alone: terms, instruments, actors, key figures and papers, per language and between Dutch and English."""

import csv
import hashlib
import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import genanki

from handbook import wording
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.exports import Export
from handbook.model import LANGUAGES

DECKS = ("nl", "en", "nl-en")


@dataclass(frozen=True)
class Card:
    """Two sides, and the record they come from, by which a card keeps its identity when its words change."""

    key: str
    front: str
    back: str
    tag: str


def exports(book: Handbook, edition: Edition) -> Iterator[Export]:
    """cards.DECK.txt for every program that reads tab-separated cards, cards.DECK.apkg for Anki."""
    for deck in DECKS:
        cards = cards_of(book, deck)
        lang = deck if deck in LANGUAGES else ""
        yield Export(f"cards.{deck}.txt", "text/tab-separated-values", "cards", lang, as_tsv(cards, deck))
        name = book.labels("export", "cards", lang or "nl")
        yield Export(f"cards.{deck}.apkg", "application/apkg", "cards", lang, as_anki(cards, f"{name} ({deck})", deck, edition))


def cards_of(book: Handbook, deck: str) -> list[Card]:
    """The cards of DECK: a language's own, or `nl-en` from the Dutch name to the English. No two ask the same."""
    if deck not in LANGUAGES:
        return _paired(book)
    cards = list(_told(book, deck))
    # A name that is a term and an actor, say, is asked for each: the front says which is meant. A capital tells nobody.
    asked = Counter(card.front.casefold() for card in cards)
    return [c if asked[c.front.casefold()] == 1 else replace(c, front=f"{c.front}: {book.labels('card', c.tag, deck)}") for c in cards]


def _paired(book: Handbook) -> list[Card]:
    """A card for every name whose translation differs. A name is asked once from either side, the glossary's translation first."""
    cards: list[Card] = []
    fronts, backs = set(), set()
    for card in _translations(book):
        front, back = card.front.casefold(), card.back.casefold()
        if front != back and front not in fronts and back not in backs:
            cards.append(card)
            fronts.add(front)
            backs.add(back)
    return cards


def _translations(book: Handbook) -> Iterator[Card]:
    for term in book.lists["glossary"].values():
        yield Card(f"term-{term.id}", term.term.nl, term.term.en, "glossary")
    for instrument in book.instruments.values():
        yield Card(f"instrument-{instrument.id}", instrument.name.nl, instrument.name.en, "instruments")
    for actor in book.lists["actors"].values():
        yield Card(f"actor-{actor.id}", actor.name.nl, actor.name.en, "actors")


def _told(book: Handbook, lang: str) -> Iterator[Card]:
    for term in book.lists["glossary"].values():
        yield Card(f"term-{term.id}", term.term[lang], term.definition[lang], "glossary")
    for instrument in book.instruments.values():
        yield Card(f"instrument-{instrument.id}", instrument.name[lang], instrument.summary[lang], "instruments")
    for actor in book.lists["actors"].values():
        yield Card(f"actor-{actor.id}", actor.name[lang], actor.role[lang], "actors")
    for figure in book.lists["figures"].values():
        period = f" ({figure.period})" if figure.period else ""
        source = " · ".join(wording.citation(book, key, lang) for key in figure.cite)
        yield Card(f"figure-{figure.id}", f"{figure.measures[lang]}{period}", f"{wording.figure(book, figure, lang)} ({source})", "figures")
    for item in book.lists["parliament"].values():
        if item.number:
            yield Card(f"paper-{item.id}", wording.paper(book, item.number, lang), f"{item.title[lang]}. {item.what[lang]}", "parliament")


def both_ways(deck: str) -> bool:
    """Whether the cards of DECK are asked from either side."""
    return deck not in LANGUAGES


def as_tsv(cards: list[Card], deck: str) -> bytes:
    """CARDS as tab-separated text with the headers that Anki reads."""
    out = io.StringIO()
    kind = "Basic (and reversed card)" if both_ways(deck) else "Basic"
    out.write(f"#separator:tab\n#html:false\n#notetype:{kind}\n#guid column:1\n#tags column:4\n")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([_guid(c, deck), c.front, c.back, c.tag] for c in cards)
    return out.getvalue().encode()


def as_anki(cards: list[Card], name: str, deck: str, edition: Edition) -> bytes:
    """CARDS as an Anki package with ids that never change, repacked so that every build gives the same bytes."""
    templates = [{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}]
    if both_ways(deck):
        templates.append({"name": "Reversed", "qfmt": "{{Back}}", "afmt": "{{FrontSide}}<hr id=answer>{{Front}}"})
    model = genanki.Model(
        _number("model-both" if both_ways(deck) else "model"),
        "Handboek Industriebeleid" + (" ↔" if both_ways(deck) else ""),
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=templates,
    )
    package = genanki.Deck(_number(deck), name)
    for card in cards:
        package.add_note(genanki.Note(model=model, fields=[_plain(card.front), _plain(card.back)], guid=_guid(card, deck), tags=[card.tag]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        genanki.Package(package).write_to_file(path, timestamp=edition.moment.timestamp())
        return _repacked(path, edition)


def _repacked(path: Path, edition: Edition) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.namelist()):
            info = zipfile.ZipInfo(entry, edition.moment.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry))
    return out.getvalue()


def _guid(card: Card, deck: str) -> str:
    # Told apart by deck: a program that already holds one language would take the other for a correction of it.
    return hashlib.sha256(f"{deck}/{card.key}".encode()).hexdigest()[:10]


def _number(name: str) -> int:
    return int(hashlib.sha256(f"handboek-{name}".encode()).hexdigest()[:7], 16)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
