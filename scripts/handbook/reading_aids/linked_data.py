"""What a page is, told to machines in the vocabulary of schema.org: an article, a dataset, a list of terms, and where it stands."""

import datetime
import json
from typing import Any

from handbook.content import Handbook
from handbook.exports.tables import TABLES
from handbook.model import LANGUAGES
from handbook.pages import Page
from handbook.reading_aids.references import References

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMATS = {"csv": "text/csv", "json": "application/json"}
# The page on which each table is shown, and the other way round.
SHOWS = {"instruments/index.md": "instruments", "sources/index.md": "sources"} | {f"{name}.md": name for name in TABLES}
TERMS = "glossary.schema-org.jsonld"


class LinkedData:
    """Describes the pages of BOOK, which is hosted at ADDRESS."""

    def __init__(self, book: Handbook, references: References, address: str):
        self._book, self._references, self._address = book, references, address

    def of(self, page: Page, day: datetime.date, crumbs: list[tuple[str, str]], sources: list[str]) -> str:
        """PAGE as of DAY, below CRUMBS (title, address), resting on SOURCES; safe inside a script element."""
        graph = [self._page(page, day, sources)]
        if crumbs:
            steps = [*crumbs, (page.front.title, self._references.url(page))]
            items = [{"@type": "ListItem", "position": at, "name": name, "item": url} for at, (name, url) in enumerate(steps, 1)]
            graph.append({"@type": "BreadcrumbList", "itemListElement": items})
        return written({"@context": "https://schema.org", "@graph": graph}).replace("<", "\\u003c")

    def _page(self, page: Page, day: datetime.date, sources: list[str]) -> dict[str, Any]:
        url, lang = self._references.url(page), page.lang
        told: dict[str, Any] = {"@type": "Article", "@id": url, "url": url, "headline": page.front.title}
        told |= {"description": page.front.description, "inLanguage": lang, "dateModified": day.isoformat(), "license": LICENCE}
        told["publisher"] = told["author"] = {"@type": "Organization", "name": self._book.labels("book", "author", lang)}
        for other in LANGUAGES:
            if other != lang and (other, page.path) in self._book.pages:
                relation = "workTranslation" if lang == LANGUAGES[0] else "translationOfWork"
                told[relation] = {"@id": self._references.url(self._book.pages[other, page.path])}
        if sources:
            told["isBasedOn"] = [self._references.url(self._book.pages[lang, f"sources/{source}.md"]) for source in sources]
        return told | self._subject(page)

    def _subject(self, page: Page) -> dict[str, Any]:
        """What makes PAGE more than an article."""
        named = {"name": page.front.title}
        if page.path == "index.md":
            return {"@type": "WebSite", "name": self._book.labels("site", "name", page.lang)}
        if page.path in SHOWS:
            kind = ["Dataset", "DefinedTermSet"] if page.path == "glossary.md" else "Dataset"
            return named | {"@type": kind, "distribution": [self._file(SHOWS[page.path], ending) for ending in FORMATS]}
        if page.path == "about/downloads.md":
            datasets = [self._book.pages[page.lang, path] for path in SHOWS if (page.lang, path) in self._book.pages]
            return named | {"@type": "DataCatalog", "dataset": [{"@id": self._references.url(one)} for one in datasets]}
        if page.front.instrument in self._book.instruments:
            it = self._book.instruments[page.front.instrument]
            names = [it.name.nl, it.name.en, *([it.abbreviation] if it.abbreviation else []), *it.aliases[page.lang]]
            return {"about": {"@type": "Thing", "name": it.name[page.lang], "alternateName": [*dict.fromkeys(names)]}}
        if page.front.source in self._book.sources:
            source = self._book.sources[page.front.source]
            about = {"@type": "CreativeWork", "name": source.title.nl, "datePublished": source.date, "url": source.address}
            return {"about": about | {"inLanguage": "nl"} | ({"identifier": source.identifier} if source.identifier else {})}
        return {}

    def _file(self, table: str, ending: str) -> dict[str, str]:
        return {"@type": "DataDownload", "contentUrl": f"{self._address}data/{table}.{ending}", "encodingFormat": FORMATS[ending]}

    def terms(self) -> str:
        """Every term of the glossary as a DefinedTerm, in every language."""
        terms = []
        for lang in LANGUAGES:
            scheme = self._references.url(self._book.pages[lang, "glossary.md"])
            for term in self._book.lists["glossary"].values():
                told = {"@type": "DefinedTerm", "@id": f"{scheme}#{term.id}", "name": term.term[lang], "inDefinedTermSet": {"@id": scheme}}
                others = [*term.aliases[lang], *([term.abbreviation] if term.abbreviation else [])]
                told |= {"description": term.definition[lang], "inLanguage": lang}
                terms.append(told | ({"alternateName": others} if others else {}))
        return written({"@context": "https://schema.org", "@graph": terms})


def written(data: dict[str, Any]) -> str:
    """DATA as JSON in as few bytes as it takes."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
