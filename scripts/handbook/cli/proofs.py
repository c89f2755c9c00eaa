"""`handbook check`, `coverage` and `accept`: what the machine proves, and what an editor confirms."""

import json
from pathlib import Path

import click

from handbook import accept as accepting
from handbook.checks import check as run_checks
from handbook.checks import coverage as proofs
from handbook.checks import spelling as words
from handbook.checks import told
from handbook.cli.common import JSON, ROOT, report
from handbook.content import Handbook
from handbook.keeping import kept
from handbook.loader import load_handbook
from handbook.loading import BadInput


@click.command()
@ROOT
@JSON
@click.option("--spelling", is_flag=True, help="Spell every word too. Needs hunspell with both dictionaries; `make test` has them.")
@click.argument("paths", nargs=-1)
def check(root: Path, as_json: bool, spelling: bool, paths: tuple[str, ...]) -> None:
    """Check the whole handbook without building it: citations, figures, translation, terms, links.

    With PATHS, files or folders, only the findings in those files, in half a second: for a hook on what has changed. What a change
    breaks elsewhere (its translation, links to it, coverage of a source) shows without PATHS.
    """
    root = root.resolve()
    held = kept(root)
    book = load_handbook(root, held)
    held.save(root)
    if spelling and not words.available():
        raise click.UsageError("Spelling needs hunspell with the dictionaries nl_NL and en_GB. Install them, or leave out --spelling.")
    if paths:
        book.only = frozenset(shown for path in paths for shown in _files(root, path))
    findings = run_checks(book)
    if spelling and not book.findings:
        findings = sorted({*findings, *(one for one in words.spelled(book) if book.wants(one.path))})
    if paths and not as_json:
        click.echo(_reach(book), err=True)
    report(findings, as_json)


@click.command()
@ROOT
@JSON
@click.option("--figures", is_flag=True, help="List the figures of the sources that stand nowhere in the handbook, with the reason.")
@click.argument("source", required=False)
def coverage(root: Path, as_json: bool, figures: bool, source: str | None) -> None:
    """Show how much of each source, or of SOURCE, the handbook covers, and what is still open."""
    book = load_handbook(root.resolve())
    if book.findings:
        report(book.findings, as_json)
    if source and source not in book.sources:
        raise click.UsageError(f"{source} must be one of {', '.join(book.sources)}.")
    if figures:
        _untold(book, source, as_json)
        return
    rows = [row for row in proofs.summary(book) if source in (None, row["id"])]
    if as_json:
        click.echo(json.dumps({"sources": rows}, indent=2))
        return
    for row in rows:
        click.echo(f"{row['id']}: {row['paragraphs']} paragraphs, {row['cited']} cited, {row['omitted']} omitted, {len(row['open'])} open")
        if row["open"]:
            click.echo(f"  open: {' '.join(row['open'])}")


@click.command()
@ROOT
@click.argument("pages", nargs=-1, required=True)
def accept(root: Path, pages: tuple[str, ...]) -> None:
    """Confirm that the English PAGES translate the Dutch pages as they now are.

    PAGES are paths below the language folder, for instance policy/europe.md.
    """
    try:
        for page in pages:
            accepting.accept(root.resolve(), page)
    except BadInput as error:
        report(error.findings, False)


def _files(root: Path, path: str) -> list[str]:
    """The files of PATH, a file or folder as seen from here or from ROOT, named from ROOT."""
    for start in (Path.cwd(), root):
        place = (start / path).resolve()
        if place.exists() and place.is_relative_to(root):
            return [one.relative_to(root).as_posix() for one in (place.rglob("*") if place.is_dir() else [place]) if one.is_file()]
    raise click.UsageError(f"{path} must be a file or folder of the handbook. Check its name.")


def _reach(book: Handbook) -> str:
    """What a check of some files did and did not prove."""
    if book.findings:
        return "Only unreadable files are shown, of the whole handbook: they keep the rest from being checked."
    known = {page.shown for page in book.pages.values()} | {f"docs/data/{name}.yml" for name in book.lists}
    known |= {book.path_of(one) for one in [*book.instruments.values(), *book.sources.values()]}
    count = len(known & book.only)
    return f"{count} of {len(known)} files checked. What they change elsewhere shows in `handbook check` without paths."


def _untold(book: Handbook, source: str | None, as_json: bool) -> None:
    found = [row for row in told.untold(book) if source in (None, row[0].partition(":")[0])]
    rows = [{"citation": key, "figure": figure, "reason": reason} for key, figure, reason in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            click.echo(f"{row['citation']}: {row['figure']} ({row['reason'] or 'no reason given'})")
    raise SystemExit(1 if any(not row["reason"] for row in rows) else 0)
