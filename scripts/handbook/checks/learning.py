"""Paths lead to pages that are there, ask each question once, and take the time they promise."""

from collections import Counter
from collections.abc import Iterator

from handbook.content import Handbook
from handbook.loading import Finding
from handbook.model import LANGUAGES
from handbook.model.learning import Step
from handbook.pace import phase_minutes
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
    """A part of a path must take about as many minutes as it promises, questions included, in both languages."""
    for path in book.lists["paths"].values():
        for number, phase in enumerate(path.phases):
            if phase.minutes is None or not all(_is_there(book, step) for step in phase.steps):
                continue
            for lang in LANGUAGES:
                reading, answering = phase_minutes(book, phase, lang)
                if abs(reading + answering - phase.minutes) > phase.minutes * _LEEWAY:
                    message = f"{phase.id} must take about {phase.minutes} minutes, not {reading} + {answering} ({lang}). Move a step."
                    yield Finding(*book.where(path, "phases", number, "minutes"), "path-minutes", message)


def _is_there(book: Handbook, step: Step) -> bool:
    """Whether the page and the questions of STEP exist; other checks report that they do not."""
    return all((lang, step.page) in book.pages for lang in LANGUAGES) and all(one in book.lists["questions"] for one in step.questions)
