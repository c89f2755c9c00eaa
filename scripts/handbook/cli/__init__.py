"""The command line: every command explains itself with --help."""

import click

from handbook.cli import book, new, proofs, site, sources


@click.group()
@click.version_option(package_name="handbook")
def main() -> None:
    """Work on the Dutch Industrial Policy Handbook.

    Exit code 0 when all holds, 1 when something must be mended, 2 when the command was used wrongly.
    """


for command in (
    proofs.check,
    proofs.coverage,
    proofs.accept,
    sources.ingest,
    sources.impact,
    sources.stale,
    sources.diff,
    new.new,
    book.book,
    site.serve,
    site.deploy,
    site.schemas,
):
    main.add_command(command)
