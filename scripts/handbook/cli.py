"""The command line: `handbook check`, `coverage`, `ingest`, `accept`, `new`, `serve`; each explains itself with --help."""

import datetime
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from handbook import accept as accepting
from handbook import skeleton, upkeep, worksheet
from handbook.checks import check as run_checks
from handbook.checks import coverage as proofs
from handbook.checks import told
from handbook.checks.own_words import texts_folder
from handbook.content import Handbook, load_handbook
from handbook.difference import at_commit, difference
from handbook.exports.tables import write_schemas
from handbook.hosting import compress, write_headers
from handbook.ingest import ingest as run_ingest
from handbook.ingest import verify as run_verify
from handbook.loading import BadInput, Finding

ROOT = click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="The handbook's folder.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as data (JSON).")


@click.group()
@click.version_option(package_name="handbook")
def main() -> None:
    """Work on the Dutch Industrial Policy Handbook.

    Exit code 0 when all holds, 1 when something must be mended, 2 when the command was used wrongly.
    """


@main.command()
@ROOT
@JSON
@click.argument("paths", nargs=-1)
def check(root: Path, as_json: bool, paths: tuple[str, ...]) -> None:
    """Check the whole handbook without building it: citations, figures, translation, terms, links.

    With PATHS, only findings in those files are shown.
    """
    findings = run_checks(load_handbook(root.resolve()))
    if paths:
        wanted = {Path(path).as_posix().removeprefix("./") for path in paths}
        findings = [finding for finding in findings if finding.path in wanted]
    _report(findings, as_json)


@main.command()
@ROOT
@JSON
@click.option("--figures", is_flag=True, help="List the figures of the sources that stand nowhere in the handbook, with the reason.")
def coverage(root: Path, as_json: bool, figures: bool) -> None:
    """Show how much of each source the handbook covers, and what is still open."""
    book = load_handbook(root.resolve())
    if book.findings:
        _report(book.findings, as_json)
    if figures:
        _untold(book, as_json)
        return
    rows = proofs.summary(book)
    if as_json:
        click.echo(json.dumps({"sources": rows}, indent=2))
        return
    for row in rows:
        click.echo(f"{row['id']}: {row['paragraphs']} paragraphs, {row['cited']} cited, {row['omitted']} omitted, {len(row['open'])} open")
        if row["open"]:
            click.echo(f"  open: {' '.join(row['open'])}")


@main.command()
@ROOT
@click.argument("text", type=click.Path(path_type=Path), required=False)
@click.option("--id", "source_id", help="The source's id, for instance vision-2020.")
@click.option("--verify", is_flag=True, help="Only prove that the register agrees with the texts at hand.")
def ingest(root: Path, text: Path | None, source_id: str | None, verify: bool) -> None:
    """Register a source (text, official XML or HTML, .docx, .pdf), or bring its register up to date.

    Writes docs/data/sources/ID.yml with locators, fingerprints and figures; never a sentence of the text. Gists are kept.
    """
    root = root.resolve()
    if verify:
        _verify(root, source_id)
        return
    if not text or not source_id:
        raise click.UsageError("Give a TEXT and its --id, or use --verify.")
    shown = f"docs/data/sources/{source_id}.yml"
    try:
        done = run_ingest(text, root / shown, shown)
    except BadInput as error:
        _report(error.findings, False)
    report = done.report
    if done.warning:
        click.echo(f"{text}:1: {done.warning}", err=True)
    for label, items in (("added", report.added), ("changed", report.changed), ("removed", report.removed)):
        click.echo(f"{label}: {' '.join(items) or 'nothing'}")
    click.echo(f"moved: {' '.join(f'{old}→{new}' for old, new in report.moved) or 'nothing'}")
    click.echo(f"worksheet: {worksheet.write(load_handbook(root), source_id, done.segments, root / 'dist').relative_to(root)}")


@main.command()
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
        _report(error.findings, False)


@main.command()
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
        click.echo(json.dumps(found, indent=2))
        return
    for name, ids in found.items():
        click.echo(f"{name} ({len(ids)}): {' '.join(ids)}")


@main.command()
@ROOT
@JSON
def stale(root: Path, as_json: bool) -> None:
    """List what time has overtaken: translations, plans whose date has passed, instruments told from an older source."""
    _report(list(upkeep.stale(load_handbook(root.resolve()), datetime.date.today())), as_json)


@main.command()
@ROOT
@JSON
@click.argument("old")
@click.argument("new", default="HEAD")
def diff(root: Path, as_json: bool, old: str, new: str) -> None:
    """Show what changed in the facts between the commits OLD and NEW: records and figures, wording aside."""
    try:
        found = difference(at_commit(root.resolve(), old), at_commit(root.resolve(), new))
    except BadInput as error:
        _report(error.findings, as_json)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    for word, rows in (("added", found.added), ("removed", found.removed), ("changed", found.changed)):
        for name, ids in rows.items():
            click.echo(f"{word} {name}: {' '.join(ids)}")
    for path, (came, went) in found.figures.items():
        click.echo(f"figures of {path}: {' '.join(f'+{f}' for f in came)} {' '.join(f'-{f}' for f in went)}".rstrip())


@main.group()
def new() -> None:
    """Make the skeleton of something new."""


@new.command("instrument")
@ROOT
@click.argument("instrument_id")
@click.option(
    "--tier", type=click.Choice(["A", "B", "C"]), default="B", help="A and B get a page in each language, C an entry in the index."
)
def new_instrument(root: Path, instrument_id: str, tier: str) -> None:
    """Make the data file and the two pages of a new instrument."""
    _made(root.resolve(), lambda there: skeleton.instrument(there, instrument_id, tier))


@new.command("term")
@ROOT
@click.argument("term_id")
@click.option("--nl", prompt="The term in Dutch", help="The prescribed Dutch form.")
@click.option("--en", prompt="The term in English", help="The prescribed English form.")
def new_term(root: Path, term_id: str, nl: str, en: str) -> None:
    """Add a term to the glossary."""
    _made(root.resolve(), lambda there: skeleton.entry(there, "glossary", "term", term_id, nl=nl, en=en))


@new.command("event")
@ROOT
@click.argument("event_id")
@click.option("--date", prompt="The date, as exact as the source (2027, 2027-03, 2027-03-01, 2027-Q1)", help="As exact as the source.")
@click.option("--nl", prompt="What happened, in Dutch", help="One sentence in Dutch.")
@click.option("--en", prompt="What happened, in English", help="The same in English.")
@click.option("--cite", prompt="The paragraph that says so (vision-2020:6.2)", help="A citation key.")
def new_event(root: Path, event_id: str, date: str, nl: str, en: str, cite: str) -> None:
    """Add an event to the timeline."""
    _made(root.resolve(), lambda there: skeleton.entry(there, "timeline", "event", event_id, date=date, nl=nl, en=en, cite=cite))


@main.command()
@ROOT
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def deploy(root: Path, site: Path) -> None:
    """Make the built SITE ready for a host: compressed twins of its texts, and the headers for static hosts."""
    write_headers(root / "deploy/headers.conf", site)
    click.echo(f"{compress(site)} files compressed")


@main.command()
@ROOT
def schemas(root: Path) -> None:
    """Write the JSON Schemas of the data files into .cache/schemas, where VS Code finds them and completes YAML."""
    click.echo(f"{write_schemas(root.resolve() / '.cache/schemas')} schemas written")


@main.command()
@ROOT
@click.option("--address", default="127.0.0.1:8000", help="Where to serve.")
def serve(root: Path, address: str) -> None:
    """Show the handbook in the browser and rebuild it when a file is saved."""
    import subprocess

    raise SystemExit(subprocess.call([sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address], cwd=root))


def _untold(book: Handbook, as_json: bool) -> None:
    rows = [{"citation": key, "figure": figure, "reason": reason} for key, figure, reason in told.untold(book)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            click.echo(f"{row['citation']}: {row['figure']} ({row['reason'] or 'no reason given'})")
    raise SystemExit(1 if any(not row["reason"] for row in rows) else 0)


def _made(root: Path, make: Callable[[Path], list[str]]) -> None:
    """Makes something new, and lists what only a person can fill in."""
    try:
        paths = make(root)
    except BadInput as error:
        _report(error.findings, False)
    for path in paths:
        click.echo(f"made {path}")
    for finding in run_checks(load_handbook(root)):
        if finding.path in paths:
            click.echo(f"to do: {finding}")


def _verify(root: Path, source_id: str | None) -> None:
    folder = texts_folder(root)
    if folder is None:
        click.echo("The sources' texts are not on this machine, so nothing was verified. Set HANDBOOK_SOURCES to their folder.")
        return
    book = load_handbook(root)
    findings = list(book.findings)
    for source in book.sources.values():
        path = folder / f"{source.id}.txt"
        if source_id in (None, source.id) and path.exists():
            findings += run_verify(source, path.read_text("utf-8"), f"docs/data/sources/{source.id}.yml")
            click.echo(f"{source.id}: {len(source.paragraphs)} paragraphs compared")
    _report(findings, False)


def _report(findings: list[Finding], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(str(finding))
    raise SystemExit(1 if findings else 0)
