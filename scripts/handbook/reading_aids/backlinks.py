"""Where a page, a term or a key figure is used: the way back from what is told to where it is told."""

import posixpath
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cached_property

from handbook.content import Handbook
from handbook.model import KeyFigure
from handbook.pages import Page
from handbook.terms import Terms


class Backlinks:
    """The uses of everything in BOOK, in one language, each found when first asked for."""

    def __init__(self, book: Handbook, lang: str):
        self._book, self._lang = book, lang

    def of_page(self, path: str) -> list[str]:
        """The pages whose text links to the page at PATH, in the order of their titles."""
        return self._titled(self._links.get(path, set()))

    def of_term(self, term: str) -> list[str]:
        """The pages whose text uses TERM: those about a theme or market before the others, those that use it most first."""
        return sorted(self._terms[term], key=lambda path: (self._is_special(path), -self._terms[term][path], path))

    def of_figure(self, figure: KeyFigure) -> list[str]:
        """The pages whose text gives FIGURE with one of its paragraphs beside it."""
        value = f"{Decimal(figure.value).normalize():f}"
        return self._titled({path for key in figure.cite for path in self._figures.get((key, value), ())})

    def _is_special(self, path: str) -> bool:
        front = self._book.pages[self._lang, path].front
        return not (front.theme or front.market)

    def _titled(self, paths: set[str]) -> list[str]:
        return sorted(paths, key=lambda path: self._book.pages[self._lang, path].front.title.casefold())

    @property
    def _pages(self) -> list[Page]:
        return [page for (lang, _), page in self._book.pages.items() if lang == self._lang]

    @cached_property
    def _links(self) -> dict[str, set[str]]:
        found = defaultdict(set)
        for page in self._pages:
            for _, target, _ in page.links:
                path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target.partition("#")[0]))
                if (self._lang, path) in self._book.pages and path != page.path:
                    found[path].add(page.path)
        return found

    @cached_property
    def _terms(self) -> dict[str, Counter[str]]:
        finder = Terms(self._book.lists["glossary"]).in_text[self._lang]
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for page in self._pages:
            for block in page.blocks:
                for hit in finder.find(block.prose):
                    found[hit.id][page.path] += 1
        return found

    @cached_property
    def _figures(self) -> dict[tuple[str, str], set[str]]:
        found = defaultdict(set)
        for page in self._pages:
            for block, figures in page.figures:
                for key in block.citations:
                    for _, figure in figures:
                        found[key, figure.value].add(page.path)
        return found
