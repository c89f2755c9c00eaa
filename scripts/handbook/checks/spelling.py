"""Spelling of pages and data in both languages, by hunspell; names from the data and docs/data/words.txt are right as they are."""

import re
import shutil
import subprocess
from collections.abc import Iterator

from handbook.checks.terms import accepted_words, names
from handbook.content import Handbook
from handbook.loading import Finding
from handbook.model.texts import bilinguals_of

DICTIONARIES = {"nl": "nl_NL", "en": "en_GB"}
# Addresses, and the first half of a Dutch word whose second half follows later (onderzoeks- en innovatiebeleid).
_NO_WORDS = re.compile(r"\S+\.(?:nl|eu|com|org)\b\S*|[^\W\d_]+-(?=\s)|BZDOC\S+")
_WORD = re.compile(r"[^\W\d_]{4,}(?:[’'](?!s\b)[^\W\d_]+)?")


def available() -> bool:
    """Whether hunspell and both dictionaries are on this machine."""
    if shutil.which("hunspell") is None:
        return False
    listed = subprocess.run(["hunspell", "-D"], capture_output=True, text=True, input="").stderr
    return all(name in listed for name in DICTIONARIES.values())


def spelled(book: Handbook) -> Iterator[Finding]:
    """Every word of four letters or more must be in the dictionary, a name of the data, or accepted in words.txt. Needs `available()`."""
    accepted = {part.casefold() for word in [*accepted_words(book), *names(book)] for part in _WORD.findall(word)}
    for lang in DICTIONARIES:
        places: dict[str, tuple[str, int]] = {}
        for path, line, text in _texts(book, lang):
            for word in _WORD.findall(_NO_WORDS.sub(" ", text)):
                places.setdefault(word.replace("’", "'"), (path, line))
        unknown = _unknown(
            [word for word in places if word.replace("'", "’").casefold() not in accepted and word.casefold() not in accepted], lang
        )
        for word in unknown:
            message = f"{word!r} must be spelled as the {lang} dictionary has it. Correct it, or accept a name in docs/data/words.txt."
            yield Finding(*places[word], "spelling", message)


def _unknown(words: list[str], lang: str) -> list[str]:
    """The WORDS that the dictionary lacks, also in small letters: a word that opens a sentence is no other word."""
    unknown = _listed(words, lang)
    small = set(_listed([word.lower() for word in unknown], lang))
    return [word for word in unknown if word.lower() in small]


def _listed(words: list[str], lang: str) -> list[str]:
    command = ["hunspell", "-d", DICTIONARIES[lang], "-i", "utf-8", "-l"]
    return subprocess.run(command, input="\n".join(words), capture_output=True, text=True, check=True).stdout.split()


def _texts(book: Handbook, lang: str) -> Iterator[tuple[str, int, str]]:
    for page in book.pages.values():
        if page.lang == lang:
            yield page.shown, 1, f"{page.front.title} {page.front.description}"
            for block in page.blocks:
                yield page.shown, block.line, block.prose
    for record, _ in book.records():
        for _, text in bilinguals_of(record):
            yield book.path_of(record), 1, text[lang]
    for source in book.sources.values():
        for _, text in bilinguals_of(source):
            yield f"docs/data/sources/{source.id}.yml", 1, text[lang]
