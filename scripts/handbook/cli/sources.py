"""`handbook ingest`, `impact`, `stale` and `diff`: the next letter in, and what it touches."""

import datetime
import json
from dataclasses import asdict
from pathlib import Path

import click

from handbook import upkeep, worksheet
from handbook.checks.own_words import FORMS, texts_folder
from handbook.cli.common import JSON, ROOT, report
from handbook.difference import at_commit, difference
from handbook.ingest import ingest as run_ingest
from handbook.ingest import verify as run_verify
from handbook.loader import load_handbook
from handbook.loading import BadInput
from handbook.reading import read

STALE = {
    "translation-stale": "Translations behind",
    "plan-passed": "Plans whose date has passed",
    "stage-older": "Life lines that end with an older source",
    "summary-older": "Summaries that rest on an older source",
    "statement-older": "Statements of a year before the newest source",
}


@click.command()
@ROOT
@click.argument("text", type=click.Path(path_type=Path), required=False)
@click.option("--id", "source_id", help="The source's id, for instance vision-2020.")
@click.option("--verify", is_flag=True, help="Only prove that the register agrees with the texts at hand.")
def ingest(root: Path, text: Path | None, source_id: str | None, verify: bool) -> None:
    """Take the text of a source (text, official XML or HTML, .docx, .pdf) into its register, for the first time or again.

    Writes locators, fingerprints and figures into docs/data/sources/ID.yml; never a sentence of the text. Gists are kept.
    `handbook new source` makes the register.
    """
    root = root.resolve()
    if verify:
        _verify(root, source_id)
        return
    if not text or not source_id:
        raise click.UsageError("Give a TEXT and its --id, or use --verify.")
    try:
        paths = take_in(root, text, source_id)
    except BadInput as error:
        report(error.findings, False)
    click.echo(f"worksheet: {paths[0]}")


def take_in(root: Path, text: Path, source_id: str) -> list[str]:
    """Takes TEXT into the register, tells what changed, and returns the path of the worksheet. Raises BadInput, having written nothing."""
    shown = f"docs/data/sources/{source_id}.yml"
    done = run_ingest(text, root / shown, shown)
    if done.warning:
        click.echo(f"{text}:1: {done.warning}", err=True)
    changes = done.report
    for label, items in (("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)):
        click.echo(f"{label}: {' '.join(items) or 'nothing'}")
    click.echo(f"moved: {' '.join(f'{old}→{new}' for old, new in changes.moved) or 'nothing'}")
    return [worksheet.write(load_handbook(root), source_id, done.segments)]


@click.command()
@ROOT
@JSON
@click.argument("source")
def impact(root: Path, as_json: bool, source: str) -> None:
    """Show what rests on SOURCE: the pages, figures, instruments and other records that cite it."""
    book = load_handbook(root.resolve())
    if source not in book.sources:
        raise click.UsageError(f"{source} must be one of {', '.join(book.sources)}.")
    found = upkeep.impact(book, source)
    if as_json:
        click.echo(json.dumps({name: [asdict(rest) for rest in rests] for name, rests in found.items()}, indent=2))
        return
    for name, rests in found.items():
        click.echo(f"{name} ({len(rests)})")
        for rest in rests:
            who = "" if name in ("pages", "instruments") else f"{rest.id}: "
            click.echo(f"  {rest.path}:{rest.line}: {who}{' '.join(rest.paragraphs)}")


@click.command()
@ROOT
@JSON
def stale(root: Path, as_json: bool) -> None:
    """List what time has overtaken: translations, plans whose date has passed, what rests on an older source than it could."""
    findings = list(upkeep.stale(load_handbook(root.resolve()), datetime.date.today()))
    if as_json:
        report(sorted(findings), as_json)
    for rule, title in STALE.items():
        # What an editor can do something about comes first.
        if rows := sorted((f for f in findings if f.rule == rule), key=lambda f: ("No later source" in f.message, f)):
            click.echo(f"{title} ({len(rows)})")
            for row in rows:
                click.echo(f"  {row.path}:{row.line}: {row.message}")
    raise SystemExit(1 if findings else 0)


@click.command()
@ROOT
@JSON
@click.argument("old")
@click.argument("new", default="HEAD")
def diff(root: Path, as_json: bool, old: str, new: str) -> None:
    """Show what changed in the facts between the commits OLD and NEW: records and figures, wording aside."""
    try:
        found = difference(at_commit(root.resolve(), old), at_commit(root.resolve(), new))
    except BadInput as error:
        report(error.findings, as_json)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    for word, rows in (("added", found.added), ("removed", found.removed), ("changed", found.changed)):
        for name, ids in rows.items():
            click.echo(f"{word} {name}: {' '.join(ids)}")
    for path, (came, went) in found.figures.items():
        click.echo(f"figures of {path}: {' '.join([*(f'+{figure}' for figure in came), *(f'-{figure}' for figure in went)])}")


def _verify(root: Path, source_id: str | None) -> None:
    """Proves the registers, or that of SOURCE_ID, against the texts at hand. Raises UsageError where there is none to prove by."""
    folder = texts_folder(root)
    book = load_handbook(root)
    if source_id not in (None, *book.sources):
        raise click.UsageError(f"{source_id} must be one of {', '.join(book.sources)}.")
    wanted = [source for source in book.sources.values() if source_id in (None, source.id)]
    texts = {source.id: path for source in wanted if folder and (path := _text_of(folder, source.id))}
    if not texts:
        raise click.UsageError("The sources' texts must be on this machine: nothing was verified. Set HANDBOOK_SOURCES to their folder.")
    findings = list(book.findings)
    for its_id, path in texts.items():
        try:
            findings += run_verify(book.sources[its_id], read(path).text, f"docs/data/sources/{its_id}.yml")
        except BadInput as error:
            findings += error.findings
        click.echo(f"{its_id}: {len(book.sources[its_id].paragraphs)} paragraphs compared")
    report(findings, False)


def _text_of(folder: Path, source_id: str) -> Path | None:
    return next((path for form in (".txt", *FORMS) if (path := folder / f"{source_id}{form}").exists()), None)
