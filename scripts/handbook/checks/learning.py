"""Paths and questions lead to pages that are there and still hold the answer, and take the time they promise."""

from collections import Counter
from collections.abc import Iterator

from handbook.checks.data import bilinguals_of
from handbook.content import Handbook
from handbook.figures import figures
from handbook.loading import Finding
from handbook.model import LANGUAGES, Question
from handbook.pace import step_minutes
from handbook.places import anchors

# A part may take a fifth more or less than its title says: readers differ by more.
_LEEWAY = 0.2


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


def step_questions(book: Handbook) -> Iterator[Finding]:
    """A step of a path must end with two or three questions, each asked once on its path."""
    for path in book.lists["paths"].values():
        asked: Counter[str] = Counter()
        for number, phase in enumerate(path.phases):
            for index, step in enumerate(phase.steps):
                asked.update(step.questions)
                again = [one for one in step.questions if asked[one] > 1]
                place = ("phases", number, "steps", index)
                if len(step.questions) not in (2, 3):
                    message = f"The step {step.id} must end with two or three questions, not {len(step.questions)}. Add or drop some."
                    yield Finding(*book.where(path, *place), "step-questions", message)
                for one in again:
                    message = f"The question {one} must be asked once on the path {path.id}. Choose another for the step {step.id}."
                    yield Finding(*book.where(path, *place), "step-questions", message)


def promises(book: Handbook) -> Iterator[Finding]:
    """A part of a path must take about as many minutes of reading as it promises, in both languages."""
    for path in book.lists["paths"].values():
        for number, phase in enumerate(path.phases):
            if phase.minutes is None or any((lang, step.page) not in book.pages for step in phase.steps for lang in LANGUAGES):
                continue
            for lang in LANGUAGES:
                reading = sum(step_minutes(book, step, lang) for step in phase.steps)
                if abs(reading - phase.minutes) > phase.minutes * _LEEWAY:
                    message = f"{phase.id} must take about {phase.minutes} minutes of reading, not {reading} ({lang}). Move a step."
                    yield Finding(*book.where(path, "phases", number, "minutes"), "path-minutes", message)


def answers(book: Handbook) -> Iterator[Finding]:
    """The page of a question must be there and hold the figures of the right answer."""
    shown: dict[str, set[str]] = {}
    for question in book.lists["questions"].values():
        if not book.wants(book.path_of(question)):
            continue
        page = book.pages.get(("nl", question.page))
        if page is None:
            message = f"The question must point to a page, not {question.page}. Correct `page`."
            yield Finding(*book.where(question, "page"), "question-page", message)
            continue
        if question.page not in shown:
            shown[question.page] = _shown(book, question.page)
        for figure in figures(_answer(question), "nl"):
            if figure.value not in shown[question.page]:
                message = f"The page {question.page} must hold the figure {figure} of the right answer. Correct the question or the page."
                where = book.where(question, "answer" if question.options else "explanation")
                yield Finding(*where, "question-page", message)


def _answer(question: Question) -> str:
    """The right option, or the model answer."""
    return question.options[question.answer - 1].nl if question.options else question.explanation.nl


def _shown(book: Handbook, path: str) -> set[str]:
    """The values of the figures that the page at PATH shows, in prose and from data."""
    page = book.pages["nl", path]
    found = {figure.value for _, pairs in page.figures for _, figure in pairs}
    found |= {figure.value for text in (page.front.title, page.front.description) for figure in figures(text, "nl")}
    for record, _ in book.shown.get(path, ()):
        found |= {figure.value for _, text in bilinguals_of(record) for figure in figures(text.nl, "nl")}
        found |= {value for value in (getattr(record, "value", None), getattr(record, "date", None)) if value}
        found |= {amount.value for amount in getattr(record, "amounts", [])}
    return found | {value[:4] for value in found if "-" in value}
