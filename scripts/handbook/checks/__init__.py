"""The proofs: each check is a generator of findings whose docstring is the rule."""

from collections.abc import Callable, Iterator

from handbook.checks import answers, asked, citations, coverage, data, figures, general, learning, own_words, parity, structure, terms
from handbook.content import Handbook
from handbook.loading import Finding

Check = Callable[[Handbook], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    data.references,
    data.fronts,
    data.placeholders,
    data.pages_filled,
    citations.known,
    coverage.closed,
    structure.headings,
    structure.markers,
    structure.instrument_pages,
    structure.links,
    structure.images,
    learning.steps,
    asked.same_figures,
    asked.terms,
    learning.step_questions,
    learning.promises,
    answers.cited,
    answers.on_page,
    general.boxes,
    figures.traced_in_pages,
    figures.traced_in_data,
    parity.pairs,
    parity.same_structure,
    parity.same_figures,
    parity.fresh,
    terms.translated,
    terms.prescribed,
    terms.abbreviations,
    own_words.own,
)


def check(book: Handbook) -> list[Finding]:
    """The findings in the files that BOOK wants, sorted. What cannot be read is reported alone: the other proofs would only echo it."""
    if book.findings:
        return sorted(set(book.findings))
    return sorted({finding for one in CHECKS for finding in one(book) if book.wants(finding.path)})


def obstacles(book: Handbook) -> list[Finding]:
    """What keeps the handbook from being built at all: unreadable input, unknown ids and citations, unknown places."""
    return book.findings or [finding for one in (data.references, data.fronts, citations.known, structure.markers) for finding in one(book)]
