"""`handbook release` and `handbook remove`: a new release of the handbook, and taking back what was added."""

import datetime
from pathlib import Path

import click

from handbook import releases, removal
from handbook.checks import check
from handbook.cli.common import ROOT, report
from handbook.content import Handbook
from handbook.loader import load_handbook
from handbook.loading import BadInput
from handbook.navigation import CONFIG


@click.command()
@ROOT
@click.argument("name")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Its date. [default: today]")
def release(root: Path, name: str, date: datetime.datetime | None) -> None:
    """Make the release NAME: what the facts are now, compared with the release before. Refused while `handbook check` finds anything.

    Writes docs/data/releases.yml, from which the page and the feed of changes are drawn. Commit it together with your changes.
    """
    book = _sound(root)
    if findings := check(book):
        report(findings, False)
    try:
        made = releases.release(book, name, (date or datetime.datetime.now()).date())
    except BadInput as error:
        report(error.findings, False)
    releases.add(book.root, made)
    click.echo(f"release {name}: {len(made.changes)} changes" if made.changes else f"release {name}: the first")
    for change in made.changes:
        signs = [f"+{figure}" for figure in change.came] + [f"-{figure}" for figure in change.went]
        click.echo(f"  {change.how} {change.of} {change.id} {' '.join(signs)}".rstrip())


@click.group()
def remove() -> None:
    """Take back what was added, without a trace."""


@remove.command("source")
@ROOT
@click.argument("source_id")
def remove_source(root: Path, source_id: str) -> None:
    """Remove a source with its register, pages and worksheet; refused while anything still cites it."""
    book = _sound(root)
    try:
        for path in removal.source(book, source_id):
            click.echo(f"removed from {path}" if path == CONFIG else f"removed {path}")
    except BadInput as error:
        report(error.findings, False)


@remove.command("release")
@ROOT
@click.argument("name")
def remove_release(root: Path, name: str) -> None:
    """Take back the last release."""
    book = _sound(root)
    try:
        releases.take_back(book, name)
    except BadInput as error:
        report(error.findings, False)
    click.echo(f"removed from {releases.RELEASES}")


def _sound(root: Path) -> Handbook:
    """The handbook at ROOT; ends the command where it cannot be read."""
    book = load_handbook(root.resolve())
    if book.findings:
        report(book.findings, False)
    return book
