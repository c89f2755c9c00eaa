"""Finds the glossary's terms in running text, all in one pass per language."""

import re
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import ahocorasick

from handbook.model import Term


@dataclass(frozen=True)
class Found:
    """A term in a text: where it begins and ends, and its id."""

    start: int
    end: int
    id: str


class Finder:
    """Finds every form in FORMS (form → id) as whole words, the longest where they overlap; case counts only for short capitals."""

    def __init__(self, forms: dict[str, str]):
        self._automaton = ahocorasick.Automaton()
        for form, its_id in forms.items():
            self._automaton.add_word(form.casefold(), (form if _is_abbreviation(form) else "", len(form), its_id))
        self._automaton.make_automaton()
        self._empty = not forms

    def find(self, text: str) -> list[Found]:
        """The terms of TEXT in order, without overlaps."""
        folded = text.casefold()
        if self._empty or len(folded) != len(text):
            return []
        matches = []
        for last, (exact, length, its_id) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            whole = not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
            if whole and (not exact or text[start:end] == exact):
                matches.append((start, -end, its_id))
        found: list[Found] = []
        for start, end, its_id in sorted(matches, key=itemgetter(0, 1)):
            if not found or start >= found[-1].end:
                found.append(Found(start, -end, its_id))
        return found


class Terms:
    """The glossary's terms made findable: `in_text[lang]`, `avoided[lang]`."""

    def __init__(self, terms: dict[str, Term]):
        self._terms = terms

    @cached_property
    def in_text(self) -> dict[str, Finder]:
        return {lang: Finder({form: term.id for term in self._terms.values() for form in forms(term, lang)}) for lang in ("nl", "en")}

    @cached_property
    def avoided(self) -> dict[str, Finder]:
        return {lang: Finder({form: term.id for term in self._terms.values() for form in term.avoid[lang]}) for lang in ("nl", "en")}


def forms(term: Term, lang: str) -> list[str]:
    """Every accepted form of TERM in LANG: label, aliases, abbreviation."""
    return [term.term[lang], *term.aliases[lang], *([term.abbreviation] if term.abbreviation else [])]


def _is_abbreviation(form: str) -> bool:
    return bool(re.fullmatch(r"[A-Z0-9&.-]{2,6}s?", form))
