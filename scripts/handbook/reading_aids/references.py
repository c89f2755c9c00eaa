"""How the handbook and its sources are cited: one sentence in Dutch or English style, and entries for a reference manager.

The Dutch style follows the *Leidraad voor juridische auteurs*, the English the habits of British official papers: who, what, where in it,
as of when, at which address. `{part}`, `{id}` and `{anchor}` in a template are the places where a part of a page names itself."""

import datetime
import re
from dataclasses import dataclass

from handbook import wording
from handbook.addresses import address as page_address
from handbook.content import Handbook
from handbook.model import LANGUAGES, Source
from handbook.pages import Page

PART, ID, ANCHOR = "{part}", "{id}", "{anchor}"


@dataclass(frozen=True)
class Part:
    """A part of a page that can be cited: its id, its title, how it stands on the page, and the paragraphs that it rests on."""

    id: str
    kind: str
    title: str
    keys: tuple[str, ...] = ()


class References:
    """Citations of the pages of BOOK, which is hosted at ADDRESS."""

    def __init__(self, book: Handbook, address: str):
        self._book, self._address = book, address

    def url(self, page: Page) -> str:
        """The permanent address of PAGE."""
        return self._address + place(page)

    def sentence(self, page: Page, day: datetime.date, style: str) -> str:
        """PAGE as of DAY cited in the language STYLE, with the places for a part."""
        return self._word("sentence", style).format(
            handbook=self._book.labels("export", "handbook", style),
            title=self._title(page, style),
            part=PART,
            date=wording.date(self._book, day.isoformat(), style),
            version="" if page.lang == style else " " + self._word("version", style),
            address=self.url(page) + ANCHOR,
        )

    def part(self, part: Part, style: str) -> str:
        """What a citation in the language STYLE says of PART."""
        return self.places([part.title], style) if part.kind == "paragraph" else self._word(part.kind, style).format(part.title)

    def places(self, locators: list[str], style: str) -> str:
        """What a citation in the language STYLE says of a source's LOCATORS: its numbered paragraphs together, then each other place."""
        names = [wording.place(self._book, at, style) for at in locators]
        plain = ", ".join(at for at, name in zip(locators, names, strict=True) if at == name)
        others = [f", {name}" for at, name in zip(locators, names, strict=True) if at != name]
        return (self._word("paragraph", style).format(plain) if plain else "") + "".join(others)

    def source(self, source: Source, style: str) -> str:
        """SOURCE itself cited in the language STYLE, with the place for its paragraphs."""
        translated = f" [{source.title[style]}]" if source.title[style] != source.title.nl else ""
        said = [source.by[style], source.title.nl + translated, source.identifier, wording.date(self._book, source.date, style) + PART]
        return ", ".join(filter(None, [*said, source.address]))

    def of_part(self, page: Page, day: datetime.date, style: str, part: Part | None) -> str:
        """PART of PAGE, or the whole of it, as of DAY cited in the language STYLE."""
        told, anchor = (self.part(part, style), f"#{part.id}") if part else ("", "")
        return self.sentence(page, day, style).replace(PART, told).replace(ANCHOR, anchor)

    def _title(self, page: Page, style: str) -> str:
        """The title of PAGE in quotation marks, with the other language's beside it for readers of that."""
        own, other = page.front.title, self._book.pages.get((style, page.path), page).front.title
        return f"‘{own}’" + (f" [{other}]" if other != own else "")

    def _word(self, key: str, lang: str) -> str:
        return self._book.labels("cite", key, lang)


def place(page: Page) -> str:
    """The address of PAGE below the site's root."""
    return ("" if page.lang == LANGUAGES[0] else f"{page.lang}/") + page_address(page.path)


def tex(text: str) -> str:
    """TEXT with what TeX would take as a command written out."""
    return re.sub(r"([&%$#_])", r"\\\1", text)


def bibtex(kind: str, key: str, fields: dict[str, str | None]) -> str:
    """One BibTeX entry; addresses stay as they are, fields without a value are left out."""
    lines = [f"  {name} = {{{value if name == 'url' else tex(value)}}}," for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + "\n".join(lines) + "\n}\n"


def ris(rows: list[tuple[str, str | None]]) -> str:
    """One RIS record; rows without a value are left out."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows if value is not None)
