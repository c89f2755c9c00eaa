"""`handbook serve`, `deploy` and `schemas`: the site while writing, and on its way to a host."""

import os
import threading
import webbrowser
from pathlib import Path

import click

from handbook.cli.common import ROOT, report
from handbook.content import load_handbook
from handbook.exports.tables import write_schemas
from handbook.hosting import compress, example_addresses, write_headers
from handbook.loading import BadInput
from handbook.model import LANGUAGES
from handbook.snippets import write_snippets


@click.command()
@ROOT
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def deploy(root: Path, site: Path) -> None:
    """Make the built SITE ready for a host: compressed twins of its texts, and the headers for static hosts.

    Refuses a site whose own address, or that for telling of a leak, is still the example.
    """
    try:
        found = example_addresses(root)
    except BadInput as error:
        found = error.findings
    if found:
        report(found, as_json=False)
    write_headers(root / "deploy", site)
    click.echo(f"{compress(site)} files compressed")


@click.command()
@ROOT
def schemas(root: Path) -> None:
    """Write what VS Code completes from: the JSON Schemas of the data files, and every citation as a snippet for pages."""
    root = root.resolve()
    click.echo(f"{write_schemas(root / '.cache/schemas')} schemas written")
    book = load_handbook(root)
    if book.findings:
        report(book.findings, False)
    click.echo(f"{write_snippets(book, root / '.vscode/citations.code-snippets')} citations written")


@click.command()
@ROOT
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port here; 0 takes any that is free.")
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="The language to begin with.")
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
def serve(root: Path, port: int, lang: str, opened: bool) -> None:
    """Show the handbook in the browser as it is saved: pages reload by themselves, findings of what you save appear here.

    Only this machine can see it. End with Ctrl-C.
    """
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    from handbook.preview.running import running
    from handbook.preview.server import PortInUse

    try:
        with running(root.resolve(), port, click.echo) as address:
            address += "" if lang == LANGUAGES[0] else f"{lang}/"
            click.echo(f"The handbook as it is saved: {address} (Ctrl-C ends it)")
            if opened:
                webbrowser.open(address)
            while True:
                # A wait without end would not hear Ctrl-C on Windows.
                threading.Event().wait(1)
    except KeyboardInterrupt:
        click.echo("Ended.")
    except BadInput as error:
        report(error.findings, False)
    except PortInUse as error:
        raise click.ClickException(f"Port {port} must be free ({error}). End what uses it, or choose another: --port 0.") from None
