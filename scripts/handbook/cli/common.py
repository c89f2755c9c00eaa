"""What all commands share: their options, and how findings are told."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from handbook.loading import Finding

ROOT = click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="The handbook's folder.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as data (JSON).")


def report(findings: list[Finding], as_json: bool) -> None:
    """Prints FINDINGS and ends the command: exit code 1 when there are any, 0 when there are none."""
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(str(finding))
    raise SystemExit(1 if findings else 0)
