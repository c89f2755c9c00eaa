"""Every paragraph of a closed source is cited or omitted with a reason, and has a gist in both languages."""

from collections.abc import Iterator

from handbook.content import Handbook
from handbook.loading import Finding
from handbook.model import Source


def open_paragraphs(book: Handbook, source: Source) -> list[str]:
    """The locators of SOURCE that no page cites and that are not omitted."""
    return [p.at for p in source.paragraphs if not p.omitted and f"{source.id}:{p.at}" not in book.used_on]


def summary(book: Handbook) -> list[dict]:
    """Per source: id, number of paragraphs, how many are cited and omitted, and the open locators."""
    return [
        {
            "id": source.id,
            "paragraphs": len(source.paragraphs),
            "cited": sum(f"{source.id}:{p.at}" in book.used_on for p in source.paragraphs),
            "omitted": sum(bool(p.omitted) for p in source.paragraphs),
            "open": open_paragraphs(book, source),
        }
        for source in book.sources.values()
    ]


def closed(book: Handbook) -> Iterator[Finding]:
    """A source whose coverage is closed must have every paragraph cited or omitted, with a gist or a reason."""
    for source in book.wanted_sources():
        if source.coverage != "closed":
            continue
        places = {p.at: index for index, p in enumerate(source.paragraphs)}
        for at in open_paragraphs(book, source):
            message = f"Paragraph {at} must be cited by a page or omitted with a reason. Cite it, or give `omitted`."
            yield Finding(*book.where(source, "paragraphs", places[at]), "coverage-open", message)
        for paragraph in source.paragraphs:
            if not paragraph.gist and not paragraph.omitted:
                message = f"Paragraph {paragraph.at} must have a gist in both languages. Write it under `gist`."
                yield Finding(*book.where(source, "paragraphs", places[paragraph.at]), "gist-missing", message)
