"""The reading aids of every page, gathered for the templates, and what they write beside the pages."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from lxml import html

from handbook import wording
from handbook.content import Handbook
from handbook.edition import Edition
from handbook.exports import FOLDER
from handbook.exports.citations import PAGE_FORMATS, file_name
from handbook.finish.settings import Settings
from handbook.model import LANGUAGES
from handbook.pace import page_minutes
from handbook.pages import Page
from handbook.reading_aids.backlinks import Backlinks
from handbook.reading_aids.dates import Changes, own_files
from handbook.reading_aids.linked_data import SHOWS, TERMS, LinkedData, written
from handbook.reading_aids.parts import parts_of
from handbook.reading_aids.references import PART, Part, References, place
from handbook.reading_aids.steps import Place, steps_of

CHANGES = "about/changes.md"


@dataclass(frozen=True)
class Way:
    """A way to mend a page, or to tell what is wrong with it: its name and its address."""

    name: str
    href: str


@dataclass(frozen=True)
class PageAids:
    """What the templates show of one page beside its text. Addresses in `files`, `used_on` and `changes` are below the site's root."""

    url: str
    minutes: int
    date: str
    date_shown: str
    sentences: dict[str, str]
    places: dict[str, str]
    sources: dict[str, str]
    entries: dict[str, str]
    files: dict[str, str]
    table: str | None
    steps: list[Place]
    used_on: list[tuple[str, str]]
    changes: str | None
    edit: list[Way]
    reports: list[Way]
    linked_data: str


class ReadingAids:
    """The reading aids of every page of BOOK, which is hosted at ADDRESS, in its EDITION."""

    def __init__(self, book: Handbook, edition: Edition, settings: Settings, address: str):
        self._book, self._settings = book, settings
        self._references = References(book, address)
        self._changes = Changes(book, edition)
        self._linked = LinkedData(book, self._references, address)
        self._backlinks = {lang: Backlinks(book, lang) for lang in LANGUAGES}
        self._parts: dict[tuple[str, str], list[Part]] = {}

    def read(self, article: html.HtmlElement, page: Page) -> None:
        """Takes note of the parts of PAGE in its finished ARTICLE."""
        self._parts[page.lang, page.path] = list(parts_of(article))

    def of(self, page: Page, crumbs: list[tuple[str, str]]) -> PageAids:
        """The aids of PAGE, which stands below CRUMBS (title, address)."""
        book, day, sources = self._book, self._changes.of(page), self._sources(page)
        endings = [*PAGE_FORMATS, "txt"]
        return PageAids(
            url=self._references.url(page),
            minutes=page_minutes(book, page),
            date=day.isoformat(),
            date_shown=wording.date(book, day.isoformat(), page.lang),
            sentences={style: self._references.sentence(page, day, style) for style in LANGUAGES},
            places={style: written({key: text[style] for key, text in book.labels.groups["place"].items()}) for style in LANGUAGES},
            sources={one: self._references.source(book.sources[one], page.lang) for one in sources},
            entries={ending: template(book, self._references, page, day) for ending, (_, template) in PAGE_FORMATS.items()},
            files={ending: f"{FOLDER}/{file_name(page, ending)}" for ending in endings},
            table=SHOWS.get(page.path),
            steps=list(steps_of(book, page)),
            used_on=[(one.front.title, place(one)) for one in self._linking_to(page)],
            changes=place(book.pages[page.lang, CHANGES]) if (page.lang, CHANGES) in book.pages else None,
            edit=self._edits(page),
            reports=self._reports(page),
            linked_data=self._linked.of(page, day, crumbs, sources),
        )

    def write(self, site: Path) -> None:
        """Writes into SITE every citation of every page as plain text, and the glossary's terms as linked data."""
        for (lang, path), parts in self._parts.items():
            page = self._book.pages[lang, path]
            target = site / FOLDER / file_name(page, "txt")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self._listing(page, parts), "utf-8", newline="\n")
        (site / FOLDER / TERMS).write_text(self._linked.terms(), "utf-8", newline="\n")

    def _listing(self, page: Page, parts: list[Part]) -> str:
        """Every citation of PAGE and its PARTS, in both styles, each followed by the sources that it rests on."""
        day = self._changes.of(page)
        blocks = []
        for part in [None, *parts]:
            lines = [part.title if part else page.front.title]
            if part and part.kind == "paragraph":
                lines = [wording.place(self._book, part.title, page.lang)]
            for style in LANGUAGES:
                lines.append(self._references.of_part(page, day, style, part))
            lines += [f"  {line}" for line in self._grounds(page, part)]
            blocks.append("\n".join(lines))
        return "\n\n".join(blocks) + "\n"

    def _grounds(self, page: Page, part: Part | None) -> list[str]:
        """The sources of PART with its paragraphs, or of the whole of PAGE."""
        keys = part.keys if part else [f"{source}:" for source in self._sources(page)]
        if part and part.kind == "paragraph":
            keys = [f"{page.front.source}:{part.title}"]
        places: dict[str, list[str]] = {}
        for key in keys:
            source, _, place = key.partition(":")
            places.setdefault(source, []).extend([place] if place else [])
        cited = self._references
        return [
            cited.source(source, page.lang).replace(PART, cited.places(places[one], page.lang))
            for one, source in self._book.sources.items()
            if one in places
        ]

    def _linking_to(self, page: Page) -> list[Page]:
        return [self._book.pages[page.lang, path] for path in self._backlinks[page.lang].of_page(page.path)]

    def _sources(self, page: Page) -> list[str]:
        """The sources on which PAGE rests, in the register's order."""
        keys = [key for part in self._parts.get((page.lang, page.path), ()) for key in part.keys]
        named = {key.partition(":")[0] for key in [*keys, *(key for _, key in page.citations)]} | {page.front.source}
        return [source for source in self._book.sources if source in named]

    @cached_property
    def _forms(self) -> list[str]:
        return [path.name for path in sorted((self._book.root / ".github/ISSUE_TEMPLATE").glob("*.yml")) if path.stem != "config"]

    def _edits(self, page: Page) -> list[Way]:
        """Where PAGE, and the data that it shows, can be mended."""
        if not (repository := self._settings.repository):
            return []
        files = own_files(self._book, page)
        # Data in one file can be mended there; a list drawn from many cannot.
        keys = ("edit", "edit-data") if len(files) == 2 else ("edit",)
        return [
            Way(self._book.labels("tools", key, page.lang), repository.edit.format(address=repository.address, path=path))
            for key, path in zip(keys, files, strict=False)
        ]

    def _reports(self, page: Page) -> list[Way]:
        """The forms for telling what is wrong with PAGE."""
        if not (repository := self._settings.repository):
            return []
        where = quote(self._references.url(page), safe="")
        return [
            Way(
                self._book.labels("tools", form.removesuffix(".yml"), page.lang),
                repository.report.format(address=repository.address, form=form, page=where),
            )
            for form in self._forms
        ]
