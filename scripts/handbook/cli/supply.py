"""`handbook sbom` and `audit`: what the handbook is built with, and whether that has known leaks."""

from pathlib import Path

import click

from handbook import dependencies
from handbook.cli.common import JSON, ROOT, report
from handbook.loading import BadInput


@click.command()
@ROOT
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), default="dist/sbom.cdx.json")
def sbom(root: Path, target: Path) -> None:
    """Write the bill of materials to TARGET: every locked package with version, hashes and licence (CycloneDX)."""
    text = _available(dependencies.bill_of_materials, root)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{target} must be a place to write to ({error.strerror}). Name another.") from None
    click.echo(f"{target} written")


@click.command()
@ROOT
@JSON
def audit(root: Path, as_json: bool) -> None:
    """Tell which locked packages have a known leak. Asks an advisory database; exit code 2 when that cannot be reached."""
    report(_available(dependencies.leaks, root), as_json)


def _available(ask, root: Path):
    try:
        return ask(root.resolve())
    except BadInput as error:
        report(error.findings, as_json=False)
    except dependencies.Unavailable as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from None
