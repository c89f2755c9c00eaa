"""Paths and questions lead to pages that are there and still hold the answer."""

from collections.abc import Iterator

from handbook.checks.data import bilinguals_of
from handbook.content import Handbook
from handbook.figures import figures
from handbook.loading import Finding
from handbook.places import anchors


def steps(book: Handbook) -> Iterator[Finding]:
    """A step of a path must lead to a page and section that are there."""
    for path in book.lists["paths"].values():
        for number, phase in enumerate(path.phases):
            for index, step in enumerate(phase.steps):
                page = book.pages.get(("nl", step.page))
                where = ("phases", number, "steps", index)
                if page is None:
                    message = f"The step {step.id} must lead to a page, not {step.page}. Correct `page`."
                    yield Finding(*book.where(path, *where, "page"), "step-page", message)
                elif step.anchor and step.anchor not in anchors(book, page):
                    message = f"The step {step.id} must lead to a section of {step.page}, not #{step.anchor}. Correct `anchor`."
                    yield Finding(*book.where(path, *where, "anchor"), "step-page", message)


def answers(book: Handbook) -> Iterator[Finding]:
    """The page of a question must be there and hold the figures of the right answer."""
    shown: dict[str, set[str]] = {}
    for question in book.lists["questions"].values():
        page = book.pages.get(("nl", question.page))
        if page is None:
            message = f"The question must point to a page, not {question.page}. Correct `page`."
            yield Finding(*book.where(question, "page"), "question-page", message)
            continue
        if question.page not in shown:
            shown[question.page] = _shown(book, question.page)
        for figure in figures(question.options[question.answer - 1].nl, "nl") if question.options else []:
            if figure.value not in shown[question.page]:
                message = f"The page {question.page} must hold the figure {figure} of the right answer. Correct the question or the page."
                yield Finding(*book.where(question, "answer"), "question-page", message)


def _shown(book: Handbook, path: str) -> set[str]:
    """The values of the figures that the page at PATH shows, in prose and from data."""
    page = book.pages["nl", path]
    found = {figure.value for block in page.blocks for figure in figures(block.prose, "nl")}
    found |= {figure.value for text in (page.front.title, page.front.description) for figure in figures(text, "nl")}
    for record, its_path in book.records():
        if its_path == path:
            found |= {figure.value for _, text in bilinguals_of(record) for figure in figures(text.nl, "nl")}
            found |= {value for value in (getattr(record, "value", None), getattr(record, "date", None)) if value}
            found |= {amount.value for amount in getattr(record, "amounts", [])}
    return found | {value[:4] for value in found if "-" in value}
