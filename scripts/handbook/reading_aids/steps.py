"""Where a page stands in the paths for newcomers: as which step, and what comes before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.addresses import relative
from handbook.content import Handbook
from handbook.model.learning import LearningPath, Step
from handbook.pages import Page


@dataclass(frozen=True)
class Neighbour:
    """A step before or after: its key, its title and its address from the page at hand."""

    key: str
    title: str
    href: str


@dataclass(frozen=True)
class Place:
    """A step that reads the page at hand: its path, its number of how many, its neighbours; `again`: the page is an earlier step too."""

    key: str
    path: str
    href: str
    number: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None
    again: bool


def steps_of(book: Handbook, page: Page) -> Iterator[Place]:
    """Every step that reads PAGE, path by path. A step that reads the whole page of its own path is left out: that shows all steps."""
    for path in book.lists["paths"].values():
        own = f"start/{path.id}.md"
        steps = [step for phase in path.phases for step in phase.steps]
        here = [index for index, step in enumerate(steps) if step.page == page.path and (step.anchor or page.path != own)]
        for index in here:
            around = [_neighbour(path, steps[at], page) if 0 <= at < len(steps) else None for at in (index - 1, index + 1)]
            key = _key(path, steps[index])
            yield Place(key, path.title[page.lang], relative(page.path, own, key), index + 1, len(steps), *around, again=index != here[0])


def _neighbour(path: LearningPath, step: Step, page: Page) -> Neighbour:
    return Neighbour(_key(path, step), step.title[page.lang], relative(page.path, step.page, step.anchor or ""))


def _key(path: LearningPath, step: Step) -> str:
    return f"{path.id}-{step.id}"
