"""What a paragraph mentions: names that the handbook knows, with the pages that tell of them, names that are new, papers and dates."""

import re
from collections import Counter, defaultdict
from functools import cached_property

from handbook.content import Handbook
from handbook.figures import find
from handbook.model.texts import bilinguals_of
from handbook.search.index import stop_words
from handbook.terms import Finder, forms

_PAPER = re.compile(r"\b\d{2} ?\d{3}(?:[ -][XVI]+)?(?:,? nr\.? ?\d+|-\d+\b)|\bkst-\d{5}(?:-[A-Z0-9]+)+\b")
_NAME = re.compile(r"\b[A-Z][\w&’'-]+(?:(?: (?:van|de|der|voor|op))* [A-Z][\w&’'-]+)*")
# Capitals that name nobody: a quarter, a numeral, the papers of parliament.
_NO_NAME = re.compile(r"[A-Z]\d+|[IVXLC]+|Kamerstuk(?:ken)?(?: [IVX]+)?")
_SEASONS = {"voorjaar": "spring", "lente": "spring", "zomer": "summer", "najaar": "autumn", "herfst": "autumn", "winter": "winter"}
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_PERIOD = re.compile(
    rf"\b(?:(?P<season>{'|'.join(_SEASONS)})|(?P<nth>{'|'.join(_ORDINALS)}) (?P<part>kwartaal|halfjaar)|Q(?P<quarter>[1-4]))"
    r"(?: van)?(?: het jaar)? (?P<year>20\d\d)\b",
    re.I,
)
# A page is shown for a name that so few pages mention; so many pages are shown for a paragraph.
_FEW, _SHOWN = 6, 5
_TELLING = ("policy/", "markets/")


class Mentions:
    """Finds what texts mention of what BOOK knows; LETTER is the whole from which they are taken."""

    def __init__(self, book: Handbook, letter: str = ""):
        self._book, self._letter = book, letter
        self._finders = {kind: Finder(names) for kind, names in _names(book).items()}

    def known(self, text: str) -> list[str]:
        """What TEXT mentions that the handbook knows, as `instrument wbso`, each once: by kind, then in order."""
        found = [f"{kind} {mark.id}" for kind, finder in self._finders.items() for mark in finder.find(text)]
        return list(dict.fromkeys(found))

    def unknown(self, text: str) -> list[str]:
        """The names in TEXT that the handbook mentions nowhere. An ordinary word that opens a sentence is no name."""
        found = []
        for match in _NAME.finditer(text):
            name = match[0]
            if _opens(text, match.start()):
                words = name.split()
                while words and words[0].casefold() in self._ordinary:
                    words.pop(0)
                name = " ".join(words)
            if name and not _NO_NAME.fullmatch(name) and f" {_words(name.casefold())} " not in self._said:
                found.append(name)
        return list(dict.fromkeys(found))

    def pages(self, known: list[str]) -> list[str]:
        """The pages that tell of what is KNOWN: its own, then those of policy and markets that mention most of the rarest of it."""
        paths = [f"{folder}/{one.partition(' ')[2]}.md" for one in known for folder in _folder(one)]
        weights: Counter[str] = Counter()
        for one in known:
            on = self._pages.get(one, ())
            # Every instrument is told where it is mentioned; a term that half the pages use tells nothing.
            if one.startswith("instrument ") or len(on) <= _FEW:
                weights.update({path: 1 / len(on) for path in on})
        others = sorted(weights, key=lambda path: (-weights[path], path))[:_SHOWN]
        return list(dict.fromkeys([*(path for path in paths if ("nl", path) in self._book.pages), *others]))

    @cached_property
    def _pages(self) -> dict[str, list[str]]:
        """What the handbook knows → the Dutch pages of policy and markets that mention it or link to it."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for (lang, path), page in self._book.pages.items():
            if lang == "nl" and path.startswith(_TELLING):
                linked = [f"instrument {i}" for i in self._book.instruments if any(f"/{i}.md" in target for _, target, _ in page.links)]
                for one in (*linked, *(known for block in page.blocks for known in self.known(block.prose))):
                    found[one][path] = None
        return {one: list(paths) for one, paths in found.items()}

    @cached_property
    def _texts(self) -> str:
        """All Dutch text of the handbook."""
        pages = [page.body for page in self._book.pages.values() if page.lang == "nl"]
        records = [*self._book.sources.values(), *(record for record, _ in self._book.records())]
        return " ".join([*pages, *(text.nl for record in records for _, text in bilinguals_of(record))])

    @cached_property
    def _said(self) -> str:
        return f" {_words(self._texts.casefold())} "

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        """Every word that the handbook or the letter writes with a small letter, and the small words of Dutch."""
        found = re.findall(r"\w[\w’'-]*", f"{self._texts} {self._letter}")
        return frozenset([*(word for word in found if word[0].islower()), *stop_words("nl")])


def papers(text: str) -> list[str]:
    """The papers of parliament that TEXT cites."""
    return _PAPER.findall(text)


def dates(text: str) -> list[str]:
    """The dates in TEXT as data write them, vague ones too: 2026-03-04, 2026-03, 2026-Q4, 2026-spring."""
    found = [(at, figure.value) for at, figure in find(text, "nl") if figure.is_date]
    found += [(match.start(), f"{match['year']}-{_period(match)}") for match in _PERIOD.finditer(text)]
    return [date for _, date in sorted(found)]


def _period(match: re.Match) -> str:
    if match["season"]:
        return _SEASONS[match["season"].lower()]
    nth = match["quarter"] or _ORDINALS[match["nth"].lower()]
    return f"H{nth}" if (match["part"] or "").lower() == "halfjaar" else f"Q{nth}"


def _names(book: Handbook) -> dict[str, dict[str, str]]:
    """Kind → every Dutch name of that kind → its id."""
    names: dict[str, dict[str, str]] = {kind: {} for kind in ("instrument", "actor", "market", "term")}
    for kind, records in (("actor", book.lists["actors"]), ("instrument", book.instruments)):
        for record in records.values():
            names[kind] |= {form: record.id for form in (record.name.nl, record.abbreviation, *record.aliases.nl) if form}
    names["market"] = {name.nl: its_id for its_id, name in book.labels.groups.get("market", {}).items()}
    names["term"] = {form: term.id for term in book.lists["glossary"].values() for form in forms(term, "nl")}
    return names


def _folder(known: str) -> list[str]:
    """Where what is KNOWN has a page of its own."""
    return {"instrument": ["instruments"], "market": ["markets"]}.get(known.partition(" ")[0], [])


def _opens(text: str, at: int) -> bool:
    """Whether a sentence of TEXT begins AT a place."""
    before = text[:at].rstrip("‘“\"'(• ")
    return not before or before[-1] in ".!?:;•"


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))
