"""What a newcomer learns with: paths through existing pages, and questions with explained, cited answers."""

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from handbook.model.base import LANGUAGES, Bilingual, Citation, Id, Record, Text

# What questions are about beside the themes of the policy: how government works, and this handbook itself.
BEYOND = ("machine", "handbook")
# The pages on which nothing is general knowledge or about the handbook itself.
POLICY = ("policy/", "markets/", "instruments/")
PagePath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9/-]+\.md$")]


class Question(Record):
    """A question. With options it is a choice, `answer` counting from 1; without, it is open and `explanation` is a model answer.

    `cite` names the paragraphs that carry the answer, `seen` those that a wrong option or the explanation also draws on.
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
    seen: list[Citation] = []
    general: bool = False

    @model_validator(mode="after")
    def _answerable(self) -> "Question":
        if (self.kind == "open") == bool(self.options):
            raise ValueError("an open question has no options, every other kind has")
        if self.options and not (self.answer and 1 <= self.answer <= len(self.options)):
            raise ValueError(f"answer must be the number of an option, from 1 to {len(self.options)}")
        return self

    @model_validator(mode="after")
    def _told_apart(self) -> "Question":
        if len(self.options) == 1:
            raise ValueError("a choice has at least two options")
        for lang in LANGUAGES if self.options else ():
            if len({option[lang].casefold() for option in self.options}) < len(self.options):
                raise ValueError(f"no two options say the same ({lang})")
        return self

    @model_validator(mode="after")
    def _grounded(self) -> "Question":
        if self.general and self.theme != "machine":
            raise ValueError("only a question on how government works may be marked general")
        if self.theme == "handbook" and self.page.startswith(POLICY):
            raise ValueError("a question on the handbook points to a page about the handbook, not to one on policy")
        if not (self.cite or self.general or self.theme == "handbook"):
            raise ValueError("a question cites the paragraph that answers it, or is marked general")
        if set(self.cite) & set(self.seen):
            raise ValueError("a paragraph stands in cite or in seen, not in both")
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
    """A stretch of a path, such as the first hour, what one can do after it, and the minutes that its title promises with its questions."""

    id: Id
    title: Bilingual
    minutes: Annotated[int, Field(gt=0)] | None = None
    can: Bilingual
    steps: Annotated[list[Step], Field(min_length=1)]


class LearningPath(Record):
    """A path for one kind of reader; `leads` is the language that its door opens in, whatever the reader's own."""

    id: Id
    title: Bilingual
    reader: Bilingual
    leads: Literal["nl", "en"] | None = None
    phases: Annotated[list[Phase], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> "LearningPath":
        for kind, ids in (
            ("phase", [phase.id for phase in self.phases]),
            ("step", [step.id for phase in self.phases for step in phase.steps]),
        ):
            if twice := [one for one, count in Counter(ids).items() if count > 1]:
                raise ValueError(f"the {kind} {twice[0]} stands once on its path")
        return self
