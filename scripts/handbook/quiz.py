"""How the questions are put together: by theme in the order of the policy, and in rounds of one question a theme."""

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
    """Mixed tests: round N holds the Nth question of every theme of the policy, and there are as many as every theme can fill."""
    columns = [choices(book, theme) for theme in themes(book) if theme not in BEYOND]
    return [list(row) for row in zip(*columns, strict=False)]


def theme_name(book: Handbook, theme: str, lang: str) -> str:
    """What THEME is called in LANG."""
    return book.labels("learn", f"theme-{theme}", lang) if theme in BEYOND else book.labels("theme", theme, lang)
