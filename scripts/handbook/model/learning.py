"""What a newcomer learns with: paths through existing pages, and questions with explained, cited answers."""

from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from handbook.model.base import Bilingual, Citation, Id, Record, Text

# What questions are about beside the themes of the policy: how government works, and this handbook itself.
BEYOND = ("machine", "handbook")
PagePath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9/-]+\.md$")]


class Question(Record):
    """A question. With options it is a choice, `answer` counting from 1; without, it is open and `explanation` is a model answer.

    `general` marks an answer that is general knowledge of Dutch government: its page names the official explanations.
    """

    id: Id
    theme: Id
    kind: Literal["fact", "comparison", "judgement", "trap", "open"]
    difficulty: Literal[1, 2, 3]
    question: Bilingual
    options: list[Bilingual] = []
    answer: int | None = None
    explanation: Bilingual
    page: PagePath
    cite: list[Citation]
    general: bool = False

    @model_validator(mode="after")
    def _answerable(self) -> "Question":
        if (self.kind == "open") == bool(self.options):
            raise ValueError("an open question has no options, every other kind has")
        if self.options and not (self.answer and 1 <= self.answer <= len(self.options)):
            raise ValueError(f"answer must be the number of an option, from 1 to {len(self.options)}")
        if not (self.cite or self.general or self.theme == "handbook"):
            raise ValueError("a question must cite the paragraph that answers it, or be marked general")
        return self


class Step(Record):
    """A step of a path: which page (and section) to read, why, and the questions that end it; `look`: to look something up, not to read."""

    id: Id
    title: Bilingual
    why: Bilingual
    page: PagePath
    anchor: Text | None = None
    look: bool = False
    questions: list[Id] = []


class Phase(Record):
    """A stretch of a path, such as the first hour, what one can do after it, and the minutes of reading that its title promises."""

    id: Id
    title: Bilingual
    minutes: int | None = None
    can: Bilingual
    steps: list[Step]


class LearningPath(Record):
    """A path for one kind of reader."""

    id: Id
    title: Bilingual
    reader: Bilingual
    phases: list[Phase]
