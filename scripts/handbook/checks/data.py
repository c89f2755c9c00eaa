"""Ids in data must lead somewhere, and nothing may be left to fill in."""

import difflib
from collections.abc import Iterator

from pydantic import BaseModel

from handbook.content import Handbook
from handbook.loading import Finding
from handbook.model.learning import BEYOND
from handbook.model.texts import texts_of

PLACEHOLDERS = ("…", "TODO", "XXX")


def references(book: Handbook) -> Iterator[Finding]:
    """An id in data must be that of an existing instrument, actor, theme, market, term or source."""
    themes, markets = set(book.labels.groups.get("theme", {})), set(book.labels.groups.get("market", {}))
    for instrument in book.instruments.values():
        yield from _known(book, instrument, "themes", instrument.themes, themes, "theme")
        yield from _known(book, instrument, "markets", instrument.markets, markets, "market")
        yield from _known(book, instrument, "parts", [p.actor for p in instrument.parts], set(book.lists["actors"]), "actor")
        yield from _known(book, instrument, "relations", [r.to for r in instrument.relations], set(book.instruments), "instrument")
    for name in ("timeline", "parliament"):
        for record in book.lists[name].values():
            yield from _known(book, record, "themes", record.themes, themes, "theme")
            yield from _known(book, record, "instruments", record.instruments, set(book.instruments), "instrument")
    for path in book.lists["paths"].values():
        for phase in path.phases:
            for step in phase.steps:
                yield from _known(book, path, "phases", step.questions, set(book.lists["questions"]), "question")
    for name in ("figures", "contradictions", "questions"):
        allowed = themes | set(BEYOND) if name == "questions" else themes
        for record in book.lists[name].values():
            yield from _known(book, record, "theme", [record.theme], allowed, "theme")
    for chart in book.lists["charts"].values():
        yield from _known(book, chart, "items", [item.figure for item in chart.items], set(book.lists["figures"]), "key figure")
    for term in book.lists["glossary"].values():
        yield from _known(book, term, "see", term.see, set(book.lists["glossary"]), "term")


def fronts(book: Handbook) -> Iterator[Finding]:
    """What a page's front matter names must exist."""
    known = {
        "instrument": book.instruments,
        "source": book.sources,
        "market": book.labels.groups.get("market", {}),
        "theme": book.labels.groups.get("theme", {}),
        "path": book.lists["paths"],
    }
    for page in book.wanted_pages():
        for kind, ids in known.items():
            if (one := getattr(page.front, kind)) is not None and one not in ids:
                near = ", ".join(difflib.get_close_matches(one, ids, n=3)) or "none"
                yield Finding(page.shown, 2, "reference-unknown", f"{kind} must be one that the data hold, not {one!r}. Nearest: {near}.")


def placeholders(book: Handbook) -> Iterator[Finding]:
    """No text may be a placeholder."""
    for record in [*book.wanted_sources(), *book.wanted_records()]:
        for loc, text in texts_of(record):
            if text.strip() in PLACEHOLDERS:
                yield Finding(*book.where(record, *loc), "placeholder", f"{'.'.join(map(str, loc))} must be filled in. Replace {text!r}.")


def pages_filled(book: Handbook) -> Iterator[Finding]:
    """No block of a page may be a placeholder."""
    for page in book.wanted_pages():
        for block in page.blocks:
            if block.text.strip() in (*PLACEHOLDERS, "..."):
                yield Finding(page.shown, block.line, "placeholder", f"The text must be filled in. Replace {block.text.strip()!r}.")
        if page.front.title.strip() in PLACEHOLDERS:
            yield Finding(page.shown, 1, "placeholder", "The title must be filled in, here and in the heading. Say what the page is about.")
        if page.front.description.strip() in PLACEHOLDERS:
            yield Finding(page.shown, 1, "placeholder", "The description must be filled in. Say in one sentence what the page gives.")


def _known(book: Handbook, record: BaseModel, key: str, ids: list[str], known: set[str], kind: str) -> Iterator[Finding]:
    for index, one in enumerate(ids):
        if one not in known:
            near = difflib.get_close_matches(one, known, n=3)
            listed = isinstance(getattr(record, key), list) and len(getattr(record, key)) == len(ids)
            loc = (key, index) if listed else (key,)
            message = f"{one!r} must be the id of a {kind}. Nearest: {', '.join(near) or 'none'}."
            yield Finding(*book.where(record, *loc), "reference-unknown", message)
