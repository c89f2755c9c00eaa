"""The order of the book: the navigation of mkdocs.yml as a flat list with levels and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from handbook.content import Handbook
from handbook.loading import BadInput, Finding, parse_yaml, read_text

CONFIG = "mkdocs.yml"
FRONT = "index.md"
# Pages that only make sense on the site.
SCREEN = ("about/downloads.md", "start/mixed-test.md")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Entry:
    """One heading of the book: a part (level 1), a chapter (2) or an entry (3); PATH is its page, None for a bare heading."""

    level: int
    path: str | None
    title: str
    number: str = ""

    @property
    def key(self) -> str:
        """The id of its section in the book."""
        return key(self.path) if self.path else "part-" + "".join(c if c.isalnum() else "-" for c in self.title.casefold())

    @property
    def name(self) -> str:
        """The name of a part in files: `policy-index` → `policy`."""
        return self.key.removesuffix("-index").removeprefix("part-")


@dataclass(frozen=True)
class Settings:
    """What the book takes from mkdocs.yml: its title, subtitle and published address in a language, and the navigation."""

    title: str
    about: str
    address: str
    nav: list
    translated: dict[str, str]


def key(path: str) -> str:
    """The id under which page PATH stands in the book: `policy/europe.md` → `policy-europe`."""
    return path.removesuffix(".md").replace("/", "-")


def settings(root: Path, lang: str) -> Settings:
    """The settings of LANG. Raises BadInput when mkdocs.yml cannot be read."""
    data = parse_yaml(read_text(root / CONFIG, CONFIG), CONFIG)
    plugins = {name: value for one in data["plugins"] if isinstance(one, dict) for name, value in one.items()}
    own = next(one for one in plugins["i18n"]["languages"] if one["locale"] == lang)
    return Settings(
        own.get("site_name", data["site_name"]),
        own.get("site_description", data["site_description"]),
        data["site_url"],
        data["nav"],
        own.get("nav_translations", {}),
    )


def order(book: Handbook, lang: str) -> list[Entry]:
    """The entries of the book in LANG. Raises BadInput when the navigation names a page that is not there."""
    chosen = settings(book.root, lang)
    return _numbered([entry for item in chosen.nav for entry in _walk(book, lang, item, 1, chosen.translated)])


def parts(entries: list[Entry]) -> list[list[Entry]]:
    """ENTRIES cut into the parts of the book: each begins with its entry of level 1."""
    found: list[list[Entry]] = []
    for entry in entries:
        if entry.level == 1:
            found.append([])
        found[-1].append(entry)
    return found


def _walk(book: Handbook, lang: str, item: str | dict, level: int, translated: dict[str, str]) -> Iterator[Entry]:
    label, value = next(iter(item.items())) if isinstance(item, dict) else ("", item)
    if isinstance(value, str):
        if "://" not in value and value not in SCREEN:
            yield Entry(level, value, _title(book, lang, value))
        return
    name = translated.get(label, label)
    index = value[0] if value and isinstance(value[0], str) and value[0].endswith("/index.md") else None
    yield Entry(level, index, _title(book, lang, index) if index else name)
    for child in value[1:] if index else value:
        yield from _walk(book, lang, child, level + 1, translated)


def _title(book: Handbook, lang: str, path: str) -> str:
    if (lang, path) not in book.pages:
        line = next((n for n, text in enumerate((book.root / CONFIG).read_text("utf-8").splitlines(), 1) if path in text), 1)
        message = f"The navigation must name pages that exist; docs/{lang}/{path} does not. Write the page or remove the line."
        raise BadInput([Finding(CONFIG, line, "nav", message)])
    return book.pages[lang, path].front.title


def _numbered(entries: list[Entry]) -> list[Entry]:
    """Parts in Roman numerals, chapters counted through the book; the front page and entries carry none."""
    parts = chapters = 0
    numbered = []
    for entry in entries:
        number = ""
        if entry.level == 1 and entry.path != FRONT:
            parts += 1
            number = _roman(parts)
        elif entry.level == 2:
            chapters += 1
            number = str(chapters)
        numbered.append(replace(entry, number=number))
    return numbered


def _roman(value: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        while value >= amount:
            text, value = text + letters, value - amount
    return text
