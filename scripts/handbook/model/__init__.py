"""The typed content of the handbook: what an editor's YAML may say, and nothing else."""

from handbook.model.base import LANGUAGES, Bilingual, Record, When
from handbook.model.entries import Actor, Chart, Contradiction, Event, KeyFigure, Labels, ParliamentItem, Term
from handbook.model.instrument import Instrument
from handbook.model.learning import LearningPath, Question
from handbook.model.release import Change, Release
from handbook.model.source import Paragraph, Section, Source

__all__ = [
    "LANGUAGES", "Actor", "Bilingual", "Change", "Chart", "Contradiction", "Event", "Instrument", "KeyFigure", "Labels", "LearningPath",
    "Paragraph", "ParliamentItem", "Question", "Record", "Release",
    "Section", "Source", "Term", "When",
]  # fmt: skip
