"""The compact index of one language: vocabulary, where each word occurs, and names and places of all entries."""

import math
from collections import Counter, defaultdict
from importlib import resources

import yaml

from handbook.search.entries import Entry
from handbook.search.words import groups, initials, words
from handbook.terms import Finder

# How an occurrence counts: once in the text, repeatedly, in a name.
ONCE, OFTEN, NAMED = 0, 1, 2
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_HALF = len(DIGITS) // 2
_ABBREVIATED = {"instrument", "term"}
_HIGHEST_RANK = 9


def stop_words(lang: str) -> list[str]:
    """The words of LANG that are not searched for."""
    return yaml.safe_load(resources.files(__package__).joinpath("stopwords.yml").read_text("utf-8"))[lang].split()


def index(entries: list[Entry], lang: str) -> dict[str, object]:
    """The index of ENTRIES as plain data; columns of entries are joined by line ends, names of one entry by tabs."""
    stop = set(stop_words(lang))
    _abbreviate(entries, stop)
    occurrences: dict[str, dict[int, int]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for word, weight in _weights(entry, stop).items():
            occurrences[word][number] = weight
    forms = groups(occurrences, lang)
    return {
        "words": " ".join(",".join(group) for group in forms),
        "posts": " ".join(_posting([occurrences[word] for word in group]) for group in forms),
        "stop": " ".join(sorted(stop)),
        "pages": "\n".join(entry.page for entry in entries if not entry.anchor),
        "anchors": "\n".join(entry.anchor for entry in entries),
        "kinds": "\n".join(entry.kind for entry in entries),
        "names": "\n".join("\t".join(entry.names) for entry in entries),
        "ranks": "".join(map(str, _ranks(entries))),
    }


def encode(values: list[int]) -> str:
    """VALUES as text, small ones in one character: five bits a character, the upper half of DIGITS ends a value."""
    out = []
    for value in values:
        while value >= _HALF:
            out.append(DIGITS[value % _HALF])
            value //= _HALF
        out.append(DIGITS[_HALF + value])
    return "".join(out)


def _weights(entry: Entry, stop: set[str]) -> dict[str, int]:
    counts = Counter(word for text in entry.text for word in words(text) if word not in stop)
    found = {word: OFTEN if count > 1 else ONCE for word, count in counts.items()}
    return found | {word: NAMED for name in entry.names for word in words(name) if word not in stop}


def _posting(rows: list[dict[int, int]]) -> str:
    merged: dict[int, int] = {}
    for row in rows:
        for number, weight in row.items():
            merged[number] = max(weight, merged.get(number, 0))
    values, last = [], 0
    for number in sorted(merged):
        values.append((number - last) * 3 + merged[number])
        last = number
    return encode(values)


def _abbreviate(entries: list[Entry], stop: set[str]) -> None:
    """Gives names of two words and more the abbreviation that readers make of them, where no entry has it already."""
    known = {word for entry in entries for text in (*entry.text, *entry.names) for word in words(text)} - stop
    taken = {word for entry in entries for name in entry.names for word in words(name)}
    for entry in entries:
        if entry.kind in _ABBREVIATED:
            made = initials(entry.names[0], known, stop)
            if 3 <= len(made) <= 5 and made not in taken:
                entry.names.append(made.upper())


def _ranks(entries: list[Entry]) -> list[int]:
    """How often the text of all entries names each named entry, on a scale of doublings: what is spoken of most ranks first."""
    forms: dict[str, str] = {}
    for number, entry in enumerate(entries):
        if entry.kind in _ABBREVIATED | {"market", "policy", "actor"}:
            for name in entry.names:
                forms[name] = f"{forms[name]} {number}" if name in forms else str(number)
    finder = Finder(forms)
    mentions = Counter(
        number for entry in entries for found in {f.id for text in entry.text for f in finder.find(text)} for number in found.split()
    )
    return [min(_HIGHEST_RANK, round(math.log2(1 + mentions[str(number)]))) for number in range(len(entries))]
