"""Releases: what the handbook held on a day and which facts changed since the release before, kept as data in docs/data/releases.yml."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import yaml
from babel.dates import format_date

from handbook.content import LISTS, SHOWN_ON, Handbook
from handbook.difference import ENTRY, RELEASES, Difference, at_commit, commit_of, difference, git, records
from handbook.figures import Figure
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES, Bilingual, Change, Record, Release
from handbook.wording import LOCALES, date, euro, number

# What a record is called by, in the order in which its kinds have it.
_NAMES = ("title", "name", "term", "measures", "what", "question")


def release(book: Handbook, name: str, day: datetime.date) -> Release:
    """The release NAME of BOOK, compared with the one before as git has it; nothing is written.

    Raises BadInput for a bad or used name, a release before that is not committed, or facts that did not change.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise _refusal("id", f"The name must be kebab-case, as 2027-03: small letters, digits and hyphens. Correct {name!r}.")
    if name in book.releases:
        raise _refusal("id", f"The release {name!r} must be new. Choose another name, or `handbook remove release {name}`.")
    changes: list[Change] = []
    if book.releases:
        last = list(book.releases)[-1]
        if git(book.root, "rev-parse", "--is-shallow-repository") == b"true\n":
            raise _refusal("commit", "The whole history must be here. Run `git fetch --unshallow`.")
        if commit_of(book.root, last) == last:
            raise _refusal("commit", f"The release {last!r} must be committed first. Commit it, and run this again.")
        old = at_commit(book.root, last)
        changes = changes_between(difference(old, book), old, book)
        if not changes:
            raise _refusal("unchanged", f"A fact must have changed since the release {last!r}. There is nothing to release yet.")
    return Release(id=name, date=day.isoformat(), holds=holds(book), changes=changes)


def add(root: Path, made: Release) -> None:
    """Adds MADE at the end of the releases."""
    old = (root / RELEASES).read_text("utf-8")
    data = [made.model_dump(mode="json", exclude_defaults=True)]
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=140)
    (root / RELEASES).write_text(("" if old.strip() == "[]" else old) + text, "utf-8", newline="\n")


def take_back(book: Handbook, name: str) -> None:
    """Removes the release NAME. Raises BadInput when it is not the last: what was published after it rests on it."""
    last = list(book.releases)[-1:]
    if [name] != last:
        raise _refusal("id", f"The release must be the last one, {', '.join(last) or 'and there is none'}. Correct the name {name!r}.")
    text = (book.root / RELEASES).read_text("utf-8")
    kept = text[: list(re.finditer(ENTRY, text, re.M))[-1].start()]
    (book.root / RELEASES).write_text(kept or "[]\n", "utf-8", newline="\n")


def holds(book: Handbook) -> dict[str, int]:
    """How much BOOK holds, per kind."""
    kinds = ("instruments", *(name for name in LISTS if name not in ("charts", "paths")))
    pages = sum(lang == LANGUAGES[0] for lang, _ in book.pages)
    return {"sources": len(book.sources), "paragraphs": len(book.paragraphs), "pages": pages} | {k: len(records(book, k)) for k in kinds}


def changes_between(found: Difference, old: Handbook, new: Handbook) -> list[Change]:
    """What FOUND tells of OLD and NEW, each with the name it has or had."""
    figures = dict(found.figures)
    made = []
    for how, kinds in (("added", found.added), ("removed", found.removed), ("changed", found.changed)):
        for kind, ids in kinds.items():
            for its_id in ids:
                record = records(old if how == "removed" else new, kind)[its_id]
                came, went = figures.pop(f"{kind}/{its_id}", ([], []))
                made.append(Change(of=kind, id=its_id, how=how, name=name_of(record), came=came, went=went))
    paths = {path for book in (old, new) for lang, path in book.pages if lang == LANGUAGES[0]}
    for path in sorted(paths):
        before, after = ((LANGUAGES[0], path) in book.pages for book in (old, new))
        if before == after and path not in figures:
            continue
        how = "changed" if before == after else "added" if after else "removed"
        came, went = figures[path] if how == "changed" else ([], [])
        titles = {lang: (new if after else old).pages[lang, path].front.title for lang in LANGUAGES}
        made.append(Change(of="pages", id=path, how=how, name=Bilingual(**titles), came=came, went=went))
    return made


def grouped(one: Release) -> list[tuple[str, list[tuple[str, list[Change]]]]]:
    """The changes of a release: what was added, changed, removed; in each, kind by kind."""
    kinds = dict.fromkeys(change.of for change in one.changes)
    rows = []
    for how in ("added", "changed", "removed"):
        of_kind = [(kind, [c for c in one.changes if (c.how, c.of) == (how, kind)]) for kind in kinds]
        if found := [(kind, changes) for kind, changes in of_kind if changes]:
            rows.append((how, found))
    return rows


def name_of(record: Record) -> Bilingual:
    """What a reader calls RECORD."""
    return next(getattr(record, name) for name in _NAMES if hasattr(record, name))


def place(book: Handbook, change: Change, lang: str) -> tuple[str, str] | None:
    """The (page, anchor) where what CHANGE tells of stands now, None when it is gone."""
    if change.of == "pages":
        return (change.id, "") if (lang, change.id) in book.pages else None
    if change.id not in records(book, change.of):
        return None
    if change.of in ("sources", "instruments"):
        path = f"{change.of}/{change.id}.md"
        return (path, "") if (lang, path) in book.pages else ("instruments/index.md", change.id)
    return SHOWN_ON[change.of], {"charts": "chart-", "questions": "q-"}.get(change.of, "") + change.id if change.of != "paths" else ""


def written(book: Handbook, text: str, lang: str) -> str:
    """The figure stored as TEXT as a reader of LANG writes it."""
    figure = Figure.parse(text)
    if figure.value.startswith("--"):
        return format_date(datetime.date.fromisoformat(f"2000{figure.value[1:]}"), "d MMMM", locale=LOCALES[lang])
    if figure.is_date or re.fullmatch(r"(19|20)\d\d", str(figure)):
        return date(book, figure.value, lang)
    if figure.unit == "€":
        return euro(figure.value, lang)
    try:
        return number(f"{Decimal(figure.value):f}", lang) + figure.unit
    except ArithmeticError:
        return text


def _refusal(rule: str, message: str) -> BadInput:
    return BadInput([Finding(RELEASES, 1, rule, message)])
