"""How long reading takes: the words of a page or a section, in its own text and in the data it shows, at an even pace."""

from collections.abc import Iterator

from pydantic import BaseModel

from handbook.content import Handbook
from handbook.model import Bilingual, LearningPath, Question, Record
from handbook.model.learning import Phase, Step
from handbook.pages import Page
from handbook.places import paragraph_anchor, quiz_anchor, section_anchor

WORDS_A_MINUTE = 200
# Looking something up in a list, or choosing from it, takes this long, whatever the length of the list.
LOOK_UP = 3


def minutes(words: int) -> int:
    """The whole minutes, at least one, that reading WORDS words takes."""
    return max(1, round(words / WORDS_A_MINUTE))


def page_minutes(book: Handbook, page: Page, anchor: str | None = None) -> int:
    """The minutes that PAGE takes, or its section or entry ANCHOR."""
    return minutes(sum(_prose(page, anchor)) + sum(_shown(book, page, anchor)))


def step_minutes(book: Handbook, step: Step, lang: str) -> int:
    """The minutes of reading in STEP, without its questions."""
    return LOOK_UP if step.look else page_minutes(book, book.pages[lang, step.page], step.anchor)


def phase_minutes(book: Handbook, phase: Phase, lang: str) -> tuple[int, int]:
    """The minutes of PHASE as its steps show them: of reading, and of answering the questions."""
    reading = sum(step_minutes(book, step, lang) for step in phase.steps)
    return reading, sum(question_minutes(book, step.questions, lang) for step in phase.steps)


def question_minutes(book: Handbook, ids: list[str], lang: str) -> int:
    """The minutes that answering the questions IDS takes, explanations included."""
    return minutes(sum(_length(book.lists["questions"][one], lang) for one in ids))


def _prose(page: Page, anchor: str | None) -> Iterator[int]:
    """The words of each block of PAGE below the heading ANCHOR."""
    level, inside = 0, anchor is None
    for block in page.blocks:
        if block.kind == "heading" and anchor is not None:
            heading = next(h for h in page.headings if h.line == block.line)
            if heading.id == anchor:
                inside, level = True, heading.level
            elif heading.level <= level:
                inside = False
        if inside:
            yield len(block.prose.split())


def _shown(book: Handbook, page: Page, anchor: str | None) -> Iterator[int]:
    """The words of the data that PAGE shows at ANCHOR, or everywhere."""
    paths = [(path, "") for path in book.lists["paths"].values()]
    for record, path in [*book.shown.get(page.path, ()), *paths]:
        if _page_of(record, path) == page.path and anchor in (None, record.id, _section_of(record)):
            yield _length(record, page.lang)
    if page.front.source:
        for paragraph in book.sources[page.front.source].paragraphs:
            text = paragraph.gist or paragraph.omitted
            if text and anchor in (None, section_anchor(paragraph.section), paragraph_anchor(paragraph.at)):
                yield len(text[page.lang].split())


def _page_of(record: Record, path: str) -> str:
    """The page that tells RECORD; a path has one of its own."""
    return f"start/{record.id}.md" if isinstance(record, LearningPath) else path


def _section_of(record: Record) -> str | None:
    return quiz_anchor(record) if isinstance(record, Question) else None


def _length(value: object, lang: str) -> int:
    """The words of every text in VALUE and its parts."""
    if isinstance(value, Bilingual):
        return len(value[lang].split())
    names = type(value).model_fields if isinstance(value, BaseModel) else ()
    parts = value if isinstance(value, list) else [getattr(value, name) for name in names]
    return sum(_length(part, lang) for part in parts)
