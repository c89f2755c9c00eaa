"""Figures in Dutch and English text, brought to one notation: 12,3% = 12.3 per cent, € 1,5 miljard = EUR 1.5 billion."""

import re
from dataclasses import dataclass
from decimal import Decimal

SCALES = {
    "duizend": 3, "thousand": 3,
    "miljoen": 6, "mln": 6, "million": 6,
    "miljard": 9, "mrd": 9, "mld": 9, "billion": 9, "bn": 9,
    "biljoen": 12, "trillion": 12,
}  # fmt: skip
SEPARATORS = {"nl": (".", ","), "en": (",", ".")}  # thousands, decimal
MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
# A lone 'een', 'one', 'eerste', 'first' and 'second' are articles and adverbs far more often than figures.
WORDS = {
    "nl": {
        **{word: n for n, word in enumerate(["twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"], 2)},
        **{word: n for n, word in enumerate(["derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"], 3)},
        **{"dertien": 13, "veertien": 14, "vijftien": 15, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50},
    },
    "en": {
        **{
            word: n
            for n, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2)
        },
        **{word: n for n, word in enumerate(["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 3)},
        **{"thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    },
}
SOURCE_WORDS = {
    "nl": {"een derde": 3, "één": 1, "honderdduizend": 100_000, "achthonderdduizend": 800_000, "helft": 2, "kwart": 4},
    "en": {},
}
_DIGIT = re.compile(r"\d")
_NUMBER = r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_SPACE = r"[\s\u00a0\u202f]"
_DATE = re.compile(
    rf"(?<![\w.,])(\d{{1,2}}){_SPACE}({'|'.join(MONTHS)})(?:{_SPACE}(\d{{4}}))?(?!\w)|(?<!\w)({'|'.join(MONTHS)}){_SPACE}(\d{{4}})(?!\w)",
    re.I,
)
_FIGURE = re.compile(
    rf"(?P<euro>(?:€|\bEUR){_SPACE}?)?(?<![\w])(?<!\d[.,])(?P<minus>[-−–](?=\d))?(?P<number>{_NUMBER})(?P<ordinal>(?:e|de|ste|st|nd|rd|th)(?!\w))?"
    rf"(?:{_SPACE}?-?(?P<scale>{'|'.join(SCALES)})(?!\w))?(?:{_SPACE}?(?P<unit>%|procent(?!\w)|per{_SPACE}?cent(?!\w)|euros?(?!\w)))?",
    re.I,
)
_WORD = {
    lang: re.compile(rf"(?<![\w-])({'|'.join(sorted(words, key=len, reverse=True))})(?:{_SPACE}({'|'.join(SCALES)}))?(?![\w-])", re.I)
    for lang, words in WORDS.items()
}
# Identifiers hold digits but state no quantity: parliamentary papers, document numbers, regulations, addresses.
_IDENTIFIER = re.compile(
    r"https?://\S+|www\.\S+|\b\d{2}[ .]?\d{3}(?:[ -][XVI]+)?"
    r"(?:,? ?(?:nrs?|no)\.? ?\d+(?: (?:en|and) (?:nr )?\d+(?! ?\d))?|- ?\d+(?!\d)|, \d+(?=\.))"
    r"|\b\d{5}(?:-\d{2})?-\d{2,4}\b|\(EU\) \d{4}/\d+|\b\d{4}D\d{5}\b|\bkst-[\w-]+|\bBZDOC[-\d]+"
    r"|\b[Ii]ndustr(?:ie|y) 4\.0|\b(?:EUPL-|CC BY )\d\.\d|\b\d{1,2}(?:\.\d{1,2}){2,}\b(?!\.\d)"
    r"|\b[Dd]erde landen\b|\b[Tt]hird[ -]countr(?:y|ies)\b"
    r"|(?<=amerstuk )\d\d \d{3}(?!,? ?nr|-|, ?\d| [XVI])|\b[A-Z]+-\d+\b|\b[A-Z]{2,}\d+\b|\b\d+[DG]\b(?=[- ]?\w*)|\b\d{3}[A-Z]\w+",
)


@dataclass(frozen=True, order=True)
class Figure:
    """One figure: its value as plain text (`12.3`, `20000000`, or a date such as `2020-10-30`, `--09-08`) and its unit (``, `%`, `€`)."""

    value: str
    unit: str = ""
    spelled: bool = False

    def __str__(self) -> str:
        return f"{self.unit}{self.value}" if self.unit == "€" else f"{self.value}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> "Figure":
        """The figure that `str()` wrote as TEXT."""
        if text.startswith("€"):
            return cls(text[1:], "€")
        return cls(text[:-1], "%") if text.endswith("%") else cls(text)

    @property
    def is_date(self) -> bool:
        return bool(re.fullmatch(r"(\d{4}|-)-\d\d(-\d\d)?", self.value))


def find(text: str, lang: str) -> list[tuple[int, Figure]]:
    """(offset, figure) of every figure in TEXT of language LANG, in reading order; digits in identifiers do not count."""
    found = [(match.start(), _spelled(match, lang)) for match in _WORD[lang].finditer(text)]
    if _DIGIT.search(text):
        text = _IDENTIFIER.sub(_blank, text)
        found += [(match.start(), _date(match)) for match in _DATE.finditer(text)]
        text = _DATE.sub(_blank, text)
        found += [(match.start("number"), _figure(match, lang)) for match in _FIGURE.finditer(text)]
    return sorted(found, key=lambda pair: pair[0])


def figures(text: str, lang: str) -> list[Figure]:
    """The figures of TEXT in reading order, words for numbers included."""
    return [figure for _, figure in find(text, lang)]


def source_figures(text: str) -> list[str]:
    """The figures of a Dutch source paragraph as the register stores them, each once, also where a word only implies one."""
    found = {str(figure) for figure in figures(text, "nl")}
    for phrase, value in SOURCE_WORDS["nl"].items():
        if re.search(rf"(?<!\w){phrase}(?!\w)", text, re.I):
            found.add(str(value))
    return sorted(found)


def _blank(match: re.Match) -> str:
    return " " * len(match[0])


def _date(match: re.Match) -> Figure:
    day, month, year, month_only, its_year = match.groups()
    if day:
        return Figure(f"{year or '-'}-{MONTHS[month.lower()]:02}-{int(day):02}")
    return Figure(f"{its_year}-{MONTHS[month_only.lower()]:02}")


def _spelled(match: re.Match, lang: str) -> Figure:
    value = Decimal(WORDS[lang][match[1].lower()]).scaleb(SCALES[match[2].lower()] if match[2] else 0)
    return Figure(f"{value:f}", spelled=True)


def _figure(match: re.Match, lang: str) -> Figure:
    thousands, decimal = SEPARATORS[lang]
    raw = re.sub(r"[\u00a0\u202f]", "", match["number"])
    # A thousands mark that does not group by three is the other language's decimal mark: kept as written, so that it differs.
    grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", raw)
    if grouped:
        raw = raw.replace(thousands, "")
    if thousands in raw:
        return Figure(raw, "?")
    value = Decimal(raw.replace(decimal, ".")).scaleb(SCALES[match["scale"].lower()] if match["scale"] else 0)
    if match["minus"] and value:
        value = -value
    unit = (match["unit"] or "").lower()
    unit = "€" if match["euro"] or unit.startswith("euro") else "%" if unit else ""
    return Figure(f"{value.normalize():f}", unit)
