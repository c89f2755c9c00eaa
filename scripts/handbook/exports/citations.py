"""The sources, and every page of the handbook, as references for a reference manager: BibTeX, RIS and CSL-JSON."""

import datetime
import json
from collections.abc import Iterator

from handbook.content import Handbook
from handbook.edition import Edition
from handbook.exports import Export
from handbook.model import Source
from handbook.pages import Page
from handbook.reading_aids.dates import Changes
from handbook.reading_aids.references import ANCHOR, ID, PART, References, bibtex, ris

BIBTEX = {"letter": "misc", "memo": "misc", "page": "online", "news": "article", "note": "misc"}
RIS = {"letter": "GOVDOC", "memo": "GOVDOC", "page": "ELEC", "news": "MGZN", "note": "GEN"}
CSL = {"letter": "report", "memo": "report", "page": "webpage", "news": "article-newspaper", "note": "document"}
BABEL = {"nl": "dutch", "en": "british"}


def exports(book: Handbook, edition: Edition, address: str) -> Iterator[Export]:
    """sources.bib, sources.ris and sources.csl.json; for every page cite/LANG/PAGE.bib and .ris."""
    sources = list(book.sources.values())
    yield Export("sources.bib", "application/x-bibtex", "sources", "", "\n".join(map(source_bibtex, sources)).encode())
    yield Export("sources.ris", "application/x-research-info-systems", "sources", "", "".join(map(source_ris, sources)).encode())
    text = json.dumps([csl(source) for source in sources], ensure_ascii=False, indent=1)
    yield Export("sources.csl.json", "application/vnd.citationstyles.csl+json", "sources", "", (text + "\n").encode())
    references, changes = References(book, address), Changes(book, edition)
    for page in book.pages.values():
        for ending, (media_type, template) in PAGE_FORMATS.items():
            entry = whole(template(book, references, page, changes.of(page)))
            yield Export(file_name(page, ending), media_type, "pages", page.lang, entry.encode())


def file_name(page: Page, ending: str) -> str:
    """The name below /data/ of the file in which PAGE is cited."""
    return f"cite/{page.lang}/{page.path.removesuffix('.md')}.{ending}"


def whole(template: str) -> str:
    """The entry that TEMPLATE gives for a whole page."""
    return template.replace(PART, "").replace(ID, "").replace(ANCHOR, "")


def page_bibtex(book: Handbook, references: References, page: Page, day: datetime.date) -> str:
    """PAGE as of DAY as a BibTeX entry, with the places for a part."""
    fields = {"title": f"{{{page.front.title}{PART}}}", "author": f"{{{book.labels('book', 'author', page.lang)}}}", "year": str(day.year)}
    fields |= {"date": day.isoformat(), "howpublished": book.labels("export", "handbook", page.lang)}
    fields |= {"url": references.url(page) + ANCHOR, "langid": BABEL[page.lang]}
    return bibtex("misc", _key(page) + ID, fields)


def page_ris(book: Handbook, references: References, page: Page, day: datetime.date) -> str:
    """PAGE as of DAY as a RIS record, with the places for a part."""
    rows = [("TY", "ELEC"), ("ID", _key(page) + ID), ("TI", page.front.title + PART), ("T2", book.labels("export", "handbook", page.lang))]
    rows += [("AU", book.labels("book", "author", page.lang)), ("PY", str(day.year)), ("DA", f"{day:%Y/%m/%d}/")]
    return ris([*rows, ("UR", references.url(page) + ANCHOR), ("LA", page.lang), ("ER", "")])


def _key(page: Page) -> str:
    return f"handboek-{page.lang}-" + page.path.removesuffix(".md").replace("/", "-")


def source_bibtex(source: Source) -> str:
    """SOURCE as one BibTeX entry."""
    fields = {"title": f"{{{source.title.nl}}}", "author": f"{{{source.by.nl}}}", "year": source.date[:4], "date": source.date}
    fields |= {"number": source.identifier, "url": source.address, "langid": "dutch"}
    return bibtex(BIBTEX[source.kind], source.id, fields)


def source_ris(source: Source) -> str:
    """SOURCE as one RIS record."""
    date = "/".join([*source.date.split("-"), "", ""][:3]) + "/"
    rows = [("TY", RIS[source.kind]), ("ID", source.id), ("TI", source.title.nl), ("AU", source.by.nl), ("PY", source.date[:4])]
    return ris([*rows, ("DA", date), ("M1", source.identifier), ("UR", source.address), ("LA", "nl"), ("ER", "")])


def csl(source: Source) -> dict[str, object]:
    """SOURCE as one CSL-JSON item."""
    item: dict[str, object] = {"id": source.id, "type": CSL[source.kind], "title": source.title.nl, "author": [{"literal": source.by.nl}]}
    item |= {"issued": {"date-parts": [[int(part) for part in source.date.split("-")]]}, "URL": source.address, "language": "nl"}
    return item | ({"number": source.identifier} if source.identifier else {})


PAGE_FORMATS = {"bib": ("application/x-bibtex", page_bibtex), "ris": ("application/x-research-info-systems", page_ris)}
