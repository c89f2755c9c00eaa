"""`handbook new instrument|term|event`: skeletons that list what only a person can fill in."""

from collections.abc import Callable
from pathlib import Path

import click

from handbook import skeleton
from handbook.checks import check as run_checks
from handbook.cli.common import ROOT, report
from handbook.content import load_handbook
from handbook.loading import BadInput


@click.group()
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


def _made(root: Path, make: Callable[[Path], list[str]]) -> None:
    """Makes something new, and lists what only a person can fill in."""
    try:
        paths = make(root)
    except BadInput as error:
        report(error.findings, False)
    for path in paths:
        click.echo(f"made {path}")
    for finding in run_checks(load_handbook(root)):
        if finding.path in paths:
            click.echo(f"to do: {finding}")
