"""Words as the search sees them: folded, without accents, in groups of forms that mean the same."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import Stemmer

STEMMERS = {"nl": "dutch_porter", "en": "english"}
# Endings of plurals and inflected forms; two words are forms of one only if both occur in the handbook.
ENDINGS = {
    "nl": (("", "s"), ("", "en"), ("", "n"), ("", "e"), ("f", "ven"), ("s", "zen")),
    "en": (("", "s"), ("", "es"), ("y", "ies"), ("ence", "ense"), ("our", "or"), ("ise", "ize"), ("isation", "ization")),
}
_MARKS = re.compile(r"[\u0300-\u036f'’‘]")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}\b)")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_WORD = re.compile(r"[a-z0-9]+(?:[.&-]+[a-z0-9]+)*")
_JOINT = re.compile(r"-+|\.(?!\d)|(?<!\d)\.")
_SHORTEST_WITH_ENDING = 4


def words(text: str) -> list[str]:
    """The words of TEXT in order; a word with a hyphen gives its parts and the whole in one. `search.js` must do the same."""
    folded = _MARKS.sub("", unicodedata.normalize("NFD", text.lower()))
    folded = _DECIMAL.sub(".", _THOUSANDS.sub("", folded))
    found = []
    for word in _WORD.findall(folded):
        if "-" not in word and "." not in word:
            found.append(word)
            continue
        parts = [part for part in _JOINT.split(word) if part]
        found += parts
        if len(parts) > 1:
            found.append("".join(parts))
    return found


def groups(vocabulary: Iterable[str], lang: str) -> list[list[str]]:
    """VOCABULARY in groups of forms of one word, by stem and by endings of which both sides occur."""
    known = set(vocabulary)
    root = {word: word for word in known}

    def find(word: str) -> str:
        while root[word] != word:
            word = root[word]
        return word

    def join(one: str, other: str) -> None:
        one, other = sorted((find(one), find(other)), key=lambda w: (len(w), w))
        root[other] = one

    stemmer = Stemmer.Stemmer(STEMMERS[lang])
    by_stem: dict[str, str] = {}
    for word in sorted(known):
        if word.isalpha() and len(word) >= _SHORTEST_WITH_ENDING:
            join(by_stem.setdefault(stemmer.stemWord(word), word), word)
            for end, longer in ENDINGS[lang]:
                if word.endswith(end) and (other := word[: len(word) - len(end)] + longer) in known:
                    join(word, other)
    found = defaultdict(list)
    for word in sorted(known):
        found[find(word)].append(word)
    return sorted(found.values())


def stems(text: str, lang: str) -> tuple[str, ...]:
    """The stems of the words of TEXT."""
    return tuple(Stemmer.Stemmer(STEMMERS[lang]).stemWords(words(text)))


def parts(word: str, known: set[str], shortest: int = 4) -> list[str]:
    """The words of KNOWN that make up the compound WORD, or WORD itself: groeifonds → groei, fonds.

    KNOWN are the handbook's own words. OpenTaal's list, 147,363 words, brings no more of the golden list into the first three (112 of
    113 places with and without it) and gives 101 names other initials, since it cuts where no reader would: euro-pees.
    """
    for at in range(len(word) - shortest, shortest - 1, -1):
        head, tail = word[:at], word[at:]
        if head in known or (head.endswith("s") and head[:-1] in known):
            rest = parts(tail, known, shortest)
            if len(rest) > 1 or tail in known:
                return [head, *rest]
    return [word]


def initials(name: str, known: set[str], stop: set[str]) -> str:
    """The abbreviation that a reader would make of NAME, compounds counted by their parts: Nationaal Groeifonds → ngf."""
    named = [word for word in words(name) if word not in stop and word.isalpha()]
    return "".join(part[0] for word in named for part in parts(word, known))
