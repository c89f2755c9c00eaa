"""The command line: every command explains itself with --help, and loads only what it needs."""

import gc
import io
import sys
from importlib import import_module

import click

# Where each command stands. A hook on every commit must not wait for the parts that set books and read PDFs.
COMMANDS = {
    "check": "proofs",
    "coverage": "proofs",
    "accept": "proofs",
    "cite": "writing",
    "proof": "writing",
    "ingest": "sources",
    "impact": "sources",
    "stale": "sources",
    "diff": "sources",
    "new": "new",
    "release": "releases",
    "remove": "releases",
    "book": "book",
    "serve": "site",
    "deploy": "site",
    "audit": "supply",
    "sbom": "supply",
    "schemas": "site",
}


class _Commands(click.Group):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return getattr(import_module(f"handbook.cli.{COMMANDS[name]}"), name) if name in COMMANDS else None


@click.group(cls=_Commands)
@click.version_option(package_name="handbook")
@click.pass_context
def main(context: click.Context) -> None:
    """Work on the Dutch Industrial Policy Handbook.

    Exit code 0 when all holds, 1 when something must be mended, 2 when the command was used wrongly.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console without a letter, as Windows' may be, shows a question mark for it.
            stream.reconfigure(errors="replace")
    if COMMANDS.get(context.invoked_subcommand or "") == "proofs" and gc.isenabled():
        # A check ends before a look for garbage pays: it would take a twelfth of its time.
        gc.disable()
        context.call_on_close(gc.enable)
