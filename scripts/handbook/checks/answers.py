"""A right answer stands in the paragraphs that its question cites for it, and on the page that its question points to."""

import re
from collections.abc import Iterator

from handbook.checks.figures import date_parts, is_traced, stated
from handbook.content import Handbook
from handbook.figures import SOURCE_WORDS, Figure, figures
from handbook.loading import Finding
from handbook.model import Bilingual, Question
from handbook.model.texts import bilinguals_of

# On a page these words are mostly no figures ("de helft van de tijd"); in an answer they are.
_FRACTIONS = re.compile(r"(?<!\w)(helft|kwart)(?!\w)", re.I)
_PERSON = re.compile(r"\b(?:minister|staatssecretaris|mevrouw|meneer|heer|Kamerlid) ((?:Van )?[A-Z][\w-]+)", re.I)


def cited(book: Handbook) -> Iterator[Finding]:
    """The figures and persons of a right answer must stand in a paragraph of `cite`; what `seen` names does not count."""
    for question in book.lists["questions"].values():
        if not book.wants(book.path_of(question)) or not question.cite:
            continue
        may = _carried(book, question)
        missing = [str(figure) for figure in _claimed(question) if not is_traced(figure, may)]
        missing += [name for name in _PERSON.findall(_answer(question).nl) if name not in _gists(book, question)]
        for one in missing:
            message = f"{question.id} must cite the paragraph that gives {one}, the right answer. Correct `answer`, or move it to `cite`."
            yield Finding(*book.where(question, *_place(question)), "answer-not-cited", message)


def on_page(book: Handbook) -> Iterator[Finding]:
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
        for figure in _answer(question).figures["nl"]:
            if figure.value not in shown[question.page]:
                message = f"The page {question.page} must hold the figure {figure} of the right answer. Correct the question or the page."
                yield Finding(*book.where(question, *_place(question)), "question-page", message)


def _answer(question: Question) -> Bilingual:
    """The right option, or the model answer."""
    return question.options[question.answer - 1] if question.options else question.explanation


def _place(question: Question) -> tuple[str]:
    return ("answer",) if question.options else ("explanation",)


def _claimed(question: Question) -> list[Figure]:
    """The figures of the right answer, words for parts of a whole included."""
    answer = _answer(question)
    parts = [Figure(str(SOURCE_WORDS["nl"][word.lower()])) for word in _FRACTIONS.findall(answer.nl)] if question.options else []
    return answer.figures["nl"] + parts


def _carried(book: Handbook, question: Question) -> set[str]:
    """The figures of the paragraphs that QUESTION cites for its answer, and the dates of their sources alone.

    An open question may name every source: its model answer often says which of them are silent.
    """
    sources = {key.partition(":")[0] for key in question.cite} if question.options else set(book.sources)
    return stated(book, question.cite).union(*(date_parts(book.sources[one].date) for one in sources & set(book.sources)))


def _gists(book: Handbook, question: Question) -> str:
    paragraphs = [book.paragraphs[key] for key in question.cite if key in book.paragraphs]
    return " ".join(text.nl for paragraph in paragraphs if (text := paragraph.gist or paragraph.omitted))


def _shown(book: Handbook, path: str) -> set[str]:
    """The values of the figures that the page at PATH shows, in prose and from data."""
    page = book.pages["nl", path]
    found = {figure.value for _, pairs in page.figures for _, figure in pairs}
    found |= {figure.value for text in (page.front.title, page.front.description) for figure in figures(text, "nl")}
    for record, _ in book.shown.get(path, ()):
        found |= {figure.value for _, text in bilinguals_of(record) for figure in text.figures["nl"]}
        found |= {value for value in (getattr(record, "value", None), getattr(record, "date", None)) if value}
        found |= {amount.value for amount in getattr(record, "amounts", [])}
    return found | {value[:4] for value in found if "-" in value}
