"""The whole handbook in memory: sources, data and pages, with what could not be read as findings."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from handbook.loading import Finding, line_in_yaml
from handbook.model import (
    Actor,
    Chart,
    Contradiction,
    Event,
    Instrument,
    KeyFigure,
    Labels,
    LearningPath,
    Paragraph,
    ParliamentItem,
    Question,
    Release,
    Source,
    Term,
)
from handbook.model.base import Record
from handbook.model.bench import Bench
from handbook.pages import Page

LISTS: dict[str, type[Record]] = {
    "timeline": Event,
    "figures": KeyFigure,
    "parliament": ParliamentItem,
    "actors": Actor,
    "glossary": Term,
    "contradictions": Contradiction,
    "charts": Chart,
    "questions": Question,
    "paths": LearningPath,
}
# The page on which the records of each list are shown.
SHOWN_ON = {name: f"{name}.md" for name in LISTS} | {"charts": "figures.md", "questions": "start/self-test.md", "paths": "start/index.md"}


@dataclass
class Handbook:
    """Everything the handbook says. `lists` maps a data file's stem to its records by id, in file order.

    `only` names the files to which checks may keep themselves; None for all.
    """

    root: Path
    sources: dict[str, Source] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    lists: dict[str, dict[str, Record]] = field(default_factory=dict)
    releases: dict[str, Release] = field(default_factory=dict)
    bench: Bench | None = None
    labels: Labels = field(default_factory=lambda: Labels(groups={}))
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    only: frozenset[str] | None = None

    @cached_property
    def paragraphs(self) -> dict[str, Paragraph]:
        """Every citable paragraph by its key, `source:locator`."""
        return {f"{source.id}:{paragraph.at}": paragraph for source in self.sources.values() for paragraph in source.paragraphs}

    @cached_property
    def used_on(self) -> dict[str, list[str]]:
        """Citation key → the pages (paths below the language folder) that cite it, in prose or through the data they show."""
        used: dict[str, dict[str, None]] = defaultdict(dict)
        for page in self.pages.values():
            for _, key in page.citations:
                used[key][page.path] = None
        for record, path in self.records():
            for key in citations_of(record):
                used[key][path] = None
        return {key: list(paths) for key, paths in used.items()}

    def records(self) -> list[tuple[Record, str]]:
        """Every data record with the page that shows it."""
        shown = [(record, SHOWN_ON[name]) for name, records in self.lists.items() for record in records.values()]
        for instrument in self.instruments.values():
            path = f"instruments/{instrument.id}.md"
            shown.append((instrument, path if ("nl", path) in self.pages else "instruments/index.md"))
        return shown

    def wants(self, shown: str) -> bool:
        """Whether a finding in the file SHOWN is asked for."""
        return self.only is None or shown in self.only

    def wanted_pages(self) -> list[Page]:
        """The pages in which findings are asked for."""
        return [page for page in self.pages.values() if self.wants(page.shown)]

    def wanted_records(self) -> list[Record]:
        """The data records, sources aside, in whose files findings are asked for."""
        return [record for record, _ in self.records() if self.wants(self.path_of(record))]

    def wanted_sources(self) -> list[Source]:
        """The sources in whose files findings are asked for."""
        return [source for source in self.sources.values() if self.wants(self.path_of(source))]

    @cached_property
    def shown(self) -> dict[str, list[tuple[Record, str]]]:
        """Page → the records that it shows, each with the page, as `records` gives them."""
        found = defaultdict(list)
        for record, path in self.records():
            found[path].append((record, path))
        return dict(found)

    def path_of(self, record: Record) -> str:
        """The data file in which RECORD stands."""
        if isinstance(record, Instrument | Source):
            return f"docs/data/{'instruments' if isinstance(record, Instrument) else 'sources'}/{record.id}.yml"
        return f"docs/data/{self._list_of(record)}.yml"

    def where(self, record: Record, *loc: str | int) -> tuple[str, int]:
        """The (path, line) in the data files at which RECORD, or its part at LOC, stands; line 1 of a file that nobody asks for."""
        shown = self.path_of(record)
        if not self.wants(shown):
            return shown, 1
        prefix = () if isinstance(record, Instrument | Source) else (list(self.lists[self._list_of(record)]).index(record.id),)
        return shown, line_in_yaml((self.root / shown).read_text("utf-8"), (*prefix, *loc))

    def _list_of(self, record: Record) -> str:
        return next(name for name, model in LISTS.items() if isinstance(record, model))


def citations_of(record: BaseModel) -> list[str]:
    """Every citation key in RECORD and its parts, those of what was only looked at included."""
    found: list[str] = []
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                found.extend(citations_of(item))
            elif name in ("cite", "seen") and item:
                found.append(item)
    return found
