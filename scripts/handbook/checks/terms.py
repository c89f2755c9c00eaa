"""The same term for the same thing: prescribed forms, their translations, and every abbreviation explained."""

import re
from collections.abc import Iterator

from handbook.checks.parity import both
from handbook.content import Handbook
from handbook.loading import Finding
from handbook.pages import Page
from handbook.terms import Terms, forms

_ABBREVIATION = re.compile(r"(?<![\w&-])(?=(?:[\d&-]*[A-Z]){2})[A-Z][A-Z0-9&]*(?:-[A-Z0-9]+)*(?![\w&])")
_CAPITALS = re.compile(r"[A-Z][\dA-Z&-]")
_ROMAN = re.compile(r"[IVXL]+")


def translated(book: Handbook) -> Iterator[Finding]:
    """A term on the Dutch page must appear in its English form on the English page."""
    terms = Terms(book.lists["glossary"])
    for nl, en in both(book):
        in_en = {found.id for _, text in _texts(en) for found in terms.in_text["en"].find(text)}
        reported = set()
        for line, text in _texts(nl):
            for found in terms.in_text["nl"].find(text):
                if found.id not in in_en and found.id not in reported:
                    reported.add(found.id)
                    term = book.lists["glossary"][found.id]
                    must = f"The page must use {term.term.en!r} for {term.term.nl!r} ({nl.shown}:{line})."
                    message = f"{must} Use the term, or add an alias to the glossary."
                    yield Finding(en.shown, 1, "term-translation", message)


def prescribed(book: Handbook) -> Iterator[Finding]:
    """A form that the glossary avoids must not be used."""
    terms = Terms(book.lists["glossary"])
    for page in book.wanted_pages():
        for line, text in _texts(page):
            for found in terms.avoided[page.lang].find(text):
                term = book.lists["glossary"][found.id]
                message = f"{text[found.start : found.end]!r} must be {term.term[page.lang]!r}, the glossary's form. Replace it."
                yield Finding(page.shown, line, "term-variant", message)


def abbreviations(book: Handbook) -> Iterator[Finding]:
    """Every abbreviation must be in the glossary or be part of the name of an instrument or actor."""
    known = explained(book)
    for page in book.wanted_pages():
        for line, text in _texts(page):
            for short in unexplained(text, known):
                message = f"The abbreviation {short} must be in the glossary. Add it, or write it out."
                yield Finding(page.shown, line, "abbreviation-unknown", message)


def unexplained(text: str, known: set[str]) -> Iterator[str]:
    """The abbreviations of TEXT that are not KNOWN."""
    # Two capitals or figures beside each other, or with a hyphen between them, are what every abbreviation has.
    if not _CAPITALS.search(text):
        return
    for match in _ABBREVIATION.finditer(text):
        if match[0] not in known and match[0].rstrip("s") not in known and not _ROMAN.fullmatch(match[0]):
            yield match[0]


def accepted_words(book: Handbook) -> set[str]:
    """The spellings of docs/data/words.txt."""
    path = book.root / "docs/data/words.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {word for line in lines if (word := line.partition("#")[0].strip())}


def names(book: Handbook) -> Iterator[str]:
    """Every name the data hold: terms, instruments, actors, labels of themes and markets, titles of sources, in all their forms."""
    for lang in ("nl", "en"):
        for term in book.lists["glossary"].values():
            yield from forms(term, lang)
        for record in [*book.instruments.values(), *book.lists["actors"].values()]:
            yield from [record.name[lang], record.abbreviation or "", *record.aliases[lang]]
        for source in book.sources.values():
            yield from [source.title[lang], source.short[lang], source.by[lang], source.identifier or ""]


def explained(book: Handbook) -> set[str]:
    """Every word that the names of the data hold, and those of words.txt."""
    words = {word for name in names(book) for word in re.findall(r"[\w&!-]+", name)}
    return words | {part for word in words for part in word.split("-")} | accepted_words(book)


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    yield 1, page.front.title
    yield 1, page.front.description
    for block in page.blocks:
        yield block.line, block.prose
