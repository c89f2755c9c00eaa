"""The compact index of one language: vocabulary, where each word occurs, and names and places of all entries."""

import math
from collections import Counter, defaultdict
from importlib import resources

import yaml

from handbook.search.entries import Entry
from handbook.search.words import groups, initials, stems, words
from handbook.terms import Finder

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_HALF = len(DIGITS) // 2
_ABBREVIATED = {"instrument", "term"}
_SPOKEN_OF = {"instrument", "term", "market", "policy", "actor", "page"}
_HIGHEST_RANK = 9


def stop_words(lang: str) -> list[str]:
    """The words of LANG that are not searched for."""
    return yaml.safe_load(resources.files(__package__).joinpath("stopwords.yml").read_text("utf-8"))[lang].split()


def index(entries: list[Entry], lang: str) -> dict[str, object]:
    """The names and places of ENTRIES as plain data; columns of entries are joined by line ends, names of one entry by tabs."""
    stop = set(stop_words(lang))
    _abbreviate(entries, stop)
    names = [{word: 0 for name in entry.names for word in words(name) if word not in stop} for entry in entries]
    return {
        "pages": "\n".join(entry.page for entry in entries if not entry.anchor),
        "anchors": "\n".join(entry.anchor for entry in entries),
        "kinds": "\n".join(entry.kind for entry in entries),
        "names": "\n".join("\t".join(_distinct(entry.names, lang)) for entry in entries),
        "ranks": "".join(map(str, _ranks(entries))),
        "stop": " ".join(sorted(stop)),
        **_vocabulary(names, lang, 1),
    }


def text_index(entries: list[Entry], lang: str) -> dict[str, object]:
    """Which words stand in the text of which of ENTRIES, and whether more than once."""
    stop = set(stop_words(lang))
    counts = [Counter(word for word in entry.words if word not in stop) for entry in entries]
    return _vocabulary([{word: int(count > 1) for word, count in row.items()} for row in counts], lang, 2)


def encode(values: list[int]) -> str:
    """VALUES as text, small ones in one character: five bits a character, the upper half of DIGITS ends a value."""
    out = []
    for value in values:
        while value >= _HALF:
            out.append(DIGITS[value % _HALF])
            value //= _HALF
        out.append(DIGITS[_HALF + value])
    return "".join(out)


def _distinct(names: list[str], lang: str) -> list[str]:
    """NAMES without those that say an earlier one again in another form: fieldlab, Fieldlabs."""
    first: dict[tuple[str, ...], str] = {}
    for name in names:
        first.setdefault(stems(name, lang), name)
    return list(first.values())


def _vocabulary(rows: list[dict[str, int]], lang: str, step: int) -> dict[str, str]:
    """The words of ROWS (a row an entry: word → how it occurs, below STEP) in groups of forms, and per group its entries."""
    occurrences: dict[str, dict[int, int]] = defaultdict(dict)
    for number, row in enumerate(rows):
        for word, how in row.items():
            occurrences[word][number] = how
    forms = groups(occurrences, lang)
    return {
        "words": " ".join(",".join(group) for group in forms),
        "posts": " ".join(_posting([occurrences[word] for word in group], step) for group in forms),
    }


def _posting(rows: list[dict[int, int]], step: int) -> str:
    merged: dict[int, int] = {}
    for row in rows:
        for number, how in row.items():
            merged[number] = max(how, merged.get(number, 0))
    values, last = [], 0
    for number in sorted(merged):
        values.append((number - last) * step + merged[number])
        last = number
    return encode(values)


def _abbreviate(entries: list[Entry], stop: set[str]) -> None:
    """Gives names of two words and more the abbreviation that readers make of them, where no entry has it already."""
    taken = {word for entry in entries for name in entry.names for word in words(name)}
    known = {word for entry in entries for word in entry.words}.union(taken) - stop
    for entry in entries:
        if entry.kind in _ABBREVIATED:
            made = initials(entry.names[0], known, stop)
            if 3 <= len(made) <= 5 and made not in taken:
                entry.names.append(made.upper())


def _ranks(entries: list[Entry]) -> list[int]:
    """How often the text of all entries names each named entry, on a scale of doublings: what is spoken of most ranks first."""
    named: dict[str, tuple[str, list[str]]] = {}
    for number, entry in enumerate(entries):
        if entry.kind in _SPOKEN_OF:
            for name in entry.names:
                named.setdefault(name.casefold(), (name, []))[1].append(str(number))
    finder = Finder({name: " ".join(dict.fromkeys(numbers)) for name, numbers in named.values()})
    mentions = Counter(
        number for entry in entries for found in {f.id for text in entry.text for f in finder.find(text)} for number in found.split()
    )
    return [min(_HIGHEST_RANK, round(math.log2(1 + mentions[str(number)]))) for number in range(len(entries))]
