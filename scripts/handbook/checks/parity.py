"""The Dutch and the English page say the same: structure by equality, figures by value, freshness by hash."""

from collections import Counter
from collections.abc import Iterator

from handbook.content import Handbook
from handbook.figures import Figure, find
from handbook.loading import Finding
from handbook.pages import Page


def both(book: Handbook) -> Iterator[tuple[Page, Page]]:
    """Every (Dutch, English) pair of pages in which findings are asked for."""
    for (lang, path), page in book.pages.items():
        other = book.pages.get(("en", path))
        if lang == "nl" and other and (book.wants(page.shown) or book.wants(other.shown)):
            yield page, other


def pairs(book: Handbook) -> Iterator[Finding]:
    """Every page must exist in both languages."""
    for (lang, path), page in book.pages.items():
        other = "en" if lang == "nl" else "nl"
        if (other, path) not in book.pages:
            yield Finding(page.shown, 1, "parity-page", f"The page must exist in both languages. Add docs/{other}/{path}.")


def same_structure(book: Handbook) -> Iterator[Finding]:
    """A pair of pages must have the same headings, citations, links, tables, admonitions and marked places, in the same order."""
    for nl, en in both(book):
        yield from _equal(
            nl, en, "headings", [(h.line, (h.level, h.id)) for h in nl.headings], [(h.line, (h.level, h.id)) for h in en.headings]
        )
        yield from _equal(nl, en, "citations", nl.citations, en.citations)
        yield from _equal(
            nl, en, "links", [(n, t) for n, t, image in nl.links if not image], [(n, t) for n, t, image in en.links if not image]
        )
        yield from _equal(nl, en, "images", [(n, t) for n, t, image in nl.links if image], [(n, t) for n, t, image in en.links if image])
        rows = [
            [(b.line, columns) for b, columns in zip((b for b in p.blocks if b.kind == "row"), p.tables, strict=True)] for p in (nl, en)
        ]
        yield from _equal(nl, en, "tables", *rows)
        notes = [
            [(b.line, name) for b, name in zip((b for b in p.blocks if b.kind == "admonition"), p.admonitions, strict=True)]
            for p in (nl, en)
        ]
        yield from _equal(nl, en, "admonitions", *notes)
        yield from _equal(
            nl, en, "markers", [(n, (name, *args)) for n, name, args in nl.markers], [(n, (name, *args)) for n, name, args in en.markers]
        )
        for key in ("instrument", "source", "theme", "market"):
            if getattr(nl.front, key) != getattr(en.front, key):
                yield Finding(
                    en.shown, 1, "parity-front", f"{key} must be the same as in {nl.shown}: {getattr(nl.front, key)}. Correct it."
                )


def same_figures(book: Handbook) -> Iterator[Finding]:
    """A figure written in digits in one language must stand in the other, in digits or in words."""
    for nl, en in both(book):
        in_nl, in_en = _figures(nl), _figures(en)
        for page, mine, other in ((nl, in_nl, in_en), (en, in_en, in_nl)):
            counts = Counter(str(figure) for _, figure in other)
            spelled = Counter(figure.value for _, figure in other if figure.spelled)
            for line, figure in mine:
                if figure.spelled:
                    continue
                if counts[str(figure)]:
                    counts[str(figure)] -= 1
                elif spelled[figure.value]:
                    spelled[figure.value] -= 1
                else:
                    twin = en if page is nl else nl
                    yield Finding(
                        page.shown, line, "parity-figures", f"The figure {figure} must also stand in {twin.shown}. Correct one of the two."
                    )


def fresh(book: Handbook) -> Iterator[Finding]:
    """An English page must be accepted as the translation of the Dutch page as it now is."""
    for nl, en in both(book):
        if en.front.source_hash != nl.hash:
            remedy = f"Bring it up to date, then run `handbook accept {nl.path}`."
            yield Finding(en.shown, 1, "translation-stale", f"The page must translate the present text of {nl.shown}. {remedy}")


def _figures(page: Page) -> list[tuple[int, Figure]]:
    found = [(1, figure) for _, figure in find(f"{page.front.title}. {page.front.description}", page.lang)]
    return found + [pair for _, pairs in page.figures for pair in pairs]


def _equal(nl: Page, en: Page, what: str, in_nl: list[tuple[int, object]], in_en: list[tuple[int, object]]) -> Iterator[Finding]:
    """Reports the first difference only: what follows it is usually its echo."""
    for (_, mine), (line, yours) in zip(in_nl, in_en, strict=False):
        if mine != yours:
            yield Finding(
                en.shown, line, f"parity-{what}", f"The {what} must equal those of {nl.shown}: {_say(mine)}, not {_say(yours)}. Correct it."
            )
            return
    if len(in_nl) > len(in_en):
        yield Finding(
            en.shown,
            en.first_line,
            f"parity-{what}",
            f"The {what} must equal those of {nl.shown}: {_say(in_nl[len(in_en)][1])} is missing here. Add it.",
        )
    elif len(in_en) > len(in_nl):
        line, extra = in_en[len(in_nl)]
        yield Finding(
            en.shown, line, f"parity-{what}", f"The {what} must equal those of {nl.shown}: {_say(extra)} is not there. Remove or add it."
        )


def _say(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
