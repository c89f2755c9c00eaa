"""`handbook new source|instrument|term|event`: skeletons that list what only a person can fill in."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click
from pydantic import TypeAdapter, ValidationError

from handbook import removal, skeleton
from handbook.checks import check as run_checks
from handbook.cli.common import ROOT, report
from handbook.cli.sources import take_in
from handbook.loader import load_handbook
from handbook.loading import BadInput
from handbook.model import Source, When
from handbook.model.instrument import Kind
from handbook.model.source import Address
from handbook.navigation import CONFIG
from handbook.skeleton import BLANK

# So many places to fill in are listed at once.
_SHOWN = 6


class Asked(click.Option):
    """An option that is asked for at a terminal; elsewhere it takes its `blank`, or must be given."""

    def __init__(self, *arguments: Any, blank: str | None = None, **options: Any):
        super().__init__(*arguments, **options)
        self.blank = blank

    def prompt_for_value(self, context: click.Context) -> Any:
        if sys.stdin.isatty():
            return super().prompt_for_value(context)
        if self.blank is None:
            raise click.MissingParameter(ctx=context, param=self)
        return self.blank


class As(click.ParamType):
    """A value of the KIND that the data hold; what is none is refused before anything is written."""

    def __init__(self, kind: Any, name: str):
        self._adapter, self.name = TypeAdapter(kind), name

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        try:
            return self._adapter.validate_python(value)
        except ValidationError as error:
            self.fail(error.errors()[0]["msg"].removeprefix("Value error, "), parameter, context)


DATE, ADDRESS = As(When, "date"), As(Address, "address")


def asked(name: str, question: str, blank: str | None = None, **options: Any) -> Callable:
    """An option NAME with the QUESTION that asks for it, which also explains it in the help."""
    return click.option(name, cls=Asked, prompt=question, help=f"{question}.", blank=blank, **options)


@click.group()
def new() -> None:
    """Make the skeleton of something new. At a terminal, what you do not give is asked for."""


@new.command("source")
@ROOT
@click.argument("source_id")
@click.argument("text", type=click.Path(path_type=Path), required=False)
@asked("--kind", "Its kind", type=click.Choice(get_args(Source.model_fields["kind"].annotation)))
@asked("--date", "Its date, as exact as it is known (2027, 2027-03, 2027-03-01)", type=DATE)
@asked("--title-nl", "Its title in Dutch")
@asked("--title-en", "Its title in English")
@asked("--short-nl", "The name by which it is cited, in Dutch (Visie 2020)")
@asked("--short-en", "The name by which it is cited, in English (Vision 2020)")
@asked("--by-nl", "Who it is from, in Dutch")
@asked("--by-en", "Who it is from, in English")
@asked("--address", "Its address on the web", type=ADDRESS)
@click.option("--identifier", default="", help="Its official number, where it has one.")
def new_source(root: Path, source_id: str, text: Path | None, **values: str) -> None:
    """Make the register and the two pages of a new source, and take in its TEXT where you give it."""
    root = root.resolve()

    def make() -> list[str]:
        made = skeleton.source(load_handbook(root), source_id, **values)
        try:
            return [*made, *(take_in(root, text, source_id) if text else [])]
        except BaseException:
            # Whatever stops it, a hand on Ctrl+C too, leaves no half source.
            removal.files(root, source_id)
            raise

    _made(root, make)


@new.command("instrument")
@ROOT
@click.argument("instrument_id")
@click.option("--tier", type=click.Choice(["A", "B", "C"]), default="B", show_default=True, help="A, B: with pages; C: only in the index.")
@asked("--nl", "Its name in Dutch", BLANK)
@asked("--en", "Its name in English", BLANK)
@asked("--kind", "Its kind", "other", type=click.Choice(get_args(Kind)))
@asked("--themes", "Its themes, with commas between (money, regions)", "")
@asked("--cite", "The paragraphs that name it, with commas between (vision-2020:5.2.8)", "")
def new_instrument(root: Path, instrument_id: str, **values: str) -> None:
    """Make the data file and the two pages of a new instrument."""
    _made(root.resolve(), lambda: skeleton.instrument(load_handbook(root.resolve()), instrument_id, **values))


@new.command("term")
@ROOT
@click.argument("term_id")
@asked("--nl", "The term in Dutch")
@asked("--en", "The term in English")
@asked("--definition-nl", "What it means, in Dutch", BLANK)
@asked("--definition-en", "What it means, in English", BLANK)
@asked("--cite", "The paragraphs that define or use it, with commas between (vision-2020:5.2.8)", "")
def new_term(root: Path, term_id: str, **values: str) -> None:
    """Add a term to the glossary."""
    _made(root.resolve(), lambda: skeleton.entry(load_handbook(root.resolve()), "glossary", "term", term_id, **values))


@new.command("event")
@ROOT
@click.argument("event_id")
@asked("--date", "The date, as exact as the source (2027, 2027-03, 2027-03-01, 2027-Q1)", type=DATE)
@asked("--nl", "What happened, in Dutch")
@asked("--en", "What happened, in English")
@asked("--cite", "The paragraph that says so (vision-2020:6.2)")
def new_event(root: Path, event_id: str, **values: str) -> None:
    """Add an event to the timeline."""
    _made(root.resolve(), lambda: skeleton.entry(load_handbook(root.resolve()), "timeline", "event", event_id, **values))


def _made(root: Path, make: Callable[[], list[str]]) -> None:
    """Makes something new, and lists what only a person can fill in."""
    try:
        paths = make()
    except BadInput as error:
        report(error.findings, False)
    for path in paths:
        click.echo(f"added to {path}" if path == CONFIG else f"made {path}")
    findings = [finding for finding in run_checks(load_handbook(root)) if finding.path in paths]
    blanks = [finding for finding in findings if finding.rule == "placeholder"]
    for finding in [*(one for one in findings if one not in blanks), *blanks[:_SHOWN]]:
        click.echo(f"to do: {finding}")
    if len(blanks) > _SHOWN:
        click.echo(f"to do: {len(blanks) - _SHOWN} more places to fill in; `handbook check` lists them. [placeholder]")
