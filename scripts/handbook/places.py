"""The marked places of pages, `<!-- handbook:NAME -->`: what each is called and which anchors it brings to its page."""

from collections.abc import Callable, Iterable

from handbook.content import Handbook
from handbook.model import Question
from handbook.model.base import sort_key
from handbook.pages import Page


def _source(book: Handbook, page: Page) -> Iterable[str]:
    source = book.sources.get(page.front.source or "")
    return [paragraph_anchor(p.at) for p in source.paragraphs] + [section_anchor(s.id) for s in source.sections] if source else []


def paragraph_anchor(locator: str) -> str:
    """The anchor of a paragraph on its source's page."""
    return f"p-{locator}"


def section_anchor(section: str) -> str:
    """The anchor of a section on its source's page."""
    return f"section-{section}"


def quiz_anchor(question: Question) -> str:
    """The anchor of the section of the self-test in which QUESTION stands: its theme, or all open questions together."""
    return "minister" if question.kind == "open" else f"quiz-{question.theme}"


def _ids(name: str) -> Callable[[Handbook, Page], Iterable[str]]:
    return lambda book, page: book.lists[name]


def _years(book: Handbook, page: Page) -> Iterable[str]:
    return [f"y{sort_key(event.date)[0]}" for event in book.lists["timeline"].values()]


def _none(book: Handbook, page: Page) -> Iterable[str]:
    return ()


PLACES: dict[str, Callable[[Handbook, Page], Iterable[str]]] = {
    "instrument": _none,
    "related": _none,
    "theme": _none,
    "market": _none,
    "charts": lambda book, page: [f"chart-{chart}" for chart in book.lists["charts"]],
    "numbers": _none,
    "books": _none,
    "downloads": _none,
    "instruments": lambda book, page: book.instruments,
    "timeline": lambda book, page: [*_ids("timeline")(book, page), *_years(book, page)],
    "figures": _ids("figures"),
    "parliament": _ids("parliament"),
    "actors": _ids("actors"),
    "matrix": _none,
    "contradictions": _ids("contradictions"),
    "glossary": _ids("glossary"),
    "path": lambda book, page: (
        [phase.id for phase in book.lists["paths"][page.front.path].phases] if page.front.path in book.lists["paths"] else []
    ),
    "paths": _none,
    "quiz": lambda book, page: [a for it in book.lists["questions"].values() for a in (f"q-{it.id}", quiz_anchor(it))],
    "mixed": _none,
    "sources": _none,
    "source": _source,
    "coverage": _none,
    "speed": _none,
    "changes": lambda book, page: [f"release-{release}" for release in book.releases],
}


def anchors(book: Handbook, page: Page) -> set[str]:
    """Every anchor of PAGE: its headings' ids and what its marked places bring."""
    found = {heading.id for heading in page.headings if heading.id}
    for _, name, _ in page.markers:
        found.update(PLACES.get(name, _none)(book, page))
    return found
