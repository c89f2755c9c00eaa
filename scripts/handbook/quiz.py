"""How the questions are put together: by theme in the order of the policy, and in rounds of at most one question a theme."""

from handbook.content import Handbook
from handbook.model import Question
from handbook.model.learning import BEYOND


def themes(book: Handbook) -> list[str]:
    """The themes that have questions, those of the policy first and in its order."""
    asked = {question.theme for question in book.lists["questions"].values()}
    return [theme for theme in (*book.labels.groups["theme"], *BEYOND) if theme in asked]


def choices(book: Handbook, theme: str) -> list[Question]:
    """The questions of THEME that have options."""
    return [it for it in book.lists["questions"].values() if it.theme == theme and it.options]


def open_ones(book: Handbook) -> list[Question]:
    """The open questions."""
    return [it for it in book.lists["questions"].values() if not it.options]


def rounds(book: Handbook) -> list[list[Question]]:
    """Mixed tests, as many as the fullest theme has questions. Every question has its turn: those of a smaller theme are spread evenly,
    each theme beginning a round later than the one before, so that not all of them skip the same round.
    """
    columns = [choices(book, theme) for theme in themes(book)]
    rows: list[list[Question]] = [[] for _ in range(max(map(len, columns), default=0))]
    for start, column in enumerate(columns):
        for place, question in enumerate(column):
            rows[(start + place * len(rows) // len(column)) % len(rows)].append(question)
    return rows


def theme_name(book: Handbook, theme: str, lang: str) -> str:
    """What THEME is called in LANG."""
    return book.labels("learn", f"theme-{theme}", lang) if theme in BEYOND else book.labels("theme", theme, lang)
