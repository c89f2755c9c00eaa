"""`handbook cite`: the paragraph that says it, found by words."""

import json
from pathlib import Path

import click

from handbook.citing import paragraphs
from handbook.cli.common import JSON, ROOT, report
from handbook.content import load_handbook
from handbook.keeping import kept
from handbook.model import LANGUAGES


@click.command()
@ROOT
@JSON
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="The language of the gists.")
@click.argument("words", nargs=-1, required=True)
def cite(root: Path, as_json: bool, lang: str, words: tuple[str, ...]) -> None:
    """Find the paragraphs to cite: those whose gist, key or figures hold all WORDS.

    Prints the key as a page writes it, and the gist: [^vision-2020:5.3.4] …
    """
    root = root.resolve()
    held = kept(root)
    book = load_handbook(root, held)
    held.save(root)
    if book.findings:
        report(book.findings, as_json)
    found = list(paragraphs(book, words, lang))
    if as_json:
        click.echo(json.dumps([{"key": key, "gist": gist} for key, gist in found], ensure_ascii=False, indent=2))
    else:
        for key, gist in found:
            click.echo(f"[^{key}] {gist}")
    if not found:
        click.echo(f"No paragraph holds {' and '.join(words)}. Try fewer words, or part of a word.", err=True)
        raise SystemExit(1)
