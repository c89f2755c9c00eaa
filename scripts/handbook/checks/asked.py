"""Questions and paths pass the proofs that pages pass: the same figures and the prescribed terms in both languages."""

from collections.abc import Iterator

from handbook.checks.terms import explained, unexplained
from handbook.content import Handbook
from handbook.loading import Finding
from handbook.model import LANGUAGES, Record
from handbook.model.texts import bilinguals_of
from handbook.terms import Terms


def same_figures(book: Handbook) -> Iterator[Finding]:
    """A figure of a question or path in one language must stand in the other."""
    for record in _asked(book):
        for loc, text in bilinguals_of(record):
            nl, en = ({figure.value for figure in text.figures[lang]} for lang in LANGUAGES)
            for figure in sorted(nl ^ en):
                message = f"The figure {figure} must stand in both languages. Correct one of the two."
                yield Finding(*book.where(record, *loc), "parity-figures", message)


def terms(book: Handbook) -> Iterator[Finding]:
    """A question or path must use the glossary's terms, in both languages, and explain no abbreviation by itself."""
    glossary = book.lists["glossary"]
    known, short = Terms(glossary), explained(book)
    for record in _asked(book):
        texts = {lang: [(loc, text[lang]) for loc, text in bilinguals_of(record)] for lang in LANGUAGES}
        in_en = {found.id for _, text in texts["en"] for found in known.in_text["en"].find(text)}
        for loc, text in texts["nl"]:
            for found in known.in_text["nl"].find(text):
                if found.id not in in_en:
                    term = glossary[found.id].term
                    message = f"{record.id} must use {term.en!r} for {term.nl!r}. Use the term, or add an alias to the glossary."
                    yield Finding(*book.where(record, *loc), "term-translation", message)
        for lang in LANGUAGES:
            for loc, text in texts[lang]:
                for found in known.avoided[lang].find(text):
                    form = glossary[found.id].term[lang]
                    message = f"{text[found.start : found.end]!r} must be {form!r}, the glossary's form. Replace it."
                    yield Finding(*book.where(record, *loc), "term-variant", message)
                for one in unexplained(text, short):
                    message = f"The abbreviation {one} must be in the glossary. Add it, or write it out."
                    yield Finding(*book.where(record, *loc), "abbreviation-unknown", message)


def _asked(book: Handbook) -> Iterator[Record]:
    """The questions and paths in whose files findings are asked for."""
    for name in ("questions", "paths"):
        if book.wants(f"docs/data/{name}.yml"):
            yield from book.lists[name].values()
