"""`handbook serve`, `deploy` and `schemas`: the site while writing, and on its way to a host."""

import subprocess
import sys
from pathlib import Path

import click

from handbook.cli.common import ROOT
from handbook.exports.tables import write_schemas
from handbook.hosting import compress, write_headers


@click.command()
@ROOT
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def deploy(root: Path, site: Path) -> None:
    """Make the built SITE ready for a host: compressed twins of its texts, and the headers for static hosts."""
    write_headers(root / "deploy/headers.conf", site)
    click.echo(f"{compress(site)} files compressed")


@click.command()
@ROOT
def schemas(root: Path) -> None:
    """Write the JSON Schemas of the data files into .cache/schemas, where VS Code finds them and completes YAML."""
    click.echo(f"{write_schemas(root.resolve() / '.cache/schemas')} schemas written")


@click.command()
@ROOT
@click.option("--address", default="127.0.0.1:8000", help="Where to serve.")
def serve(root: Path, address: str) -> None:
    """Show the handbook in the browser and rebuild it when a file is saved."""
    raise SystemExit(subprocess.call([sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address], cwd=root))
