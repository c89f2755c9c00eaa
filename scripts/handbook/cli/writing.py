"""`handbook cite` and `proof`: the paragraph that says it, found by words, and how a page reads in the book."""

import json
import os
import tempfile
from pathlib import Path

import click

from handbook.citing import paragraphs
from handbook.cli.common import JSON, ROOT, report
from handbook.keeping import kept
from handbook.loader import load_handbook
from handbook.loading import BadInput
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
    root, words = root.resolve(), tuple(" ".join(words).split())
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


@click.command()
@ROOT
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="The language of the page.")
@click.option("--open", "opened", is_flag=True, help="Open it in the PDF reader of this machine.")
@click.argument("page")
def proof(root: Path, lang: str, opened: bool, page: str) -> None:
    """Make a PDF of PAGE as it reads in the book, from what is saved; the site need not be built.

    PAGE is named as below the language folder, policy/europe, or by its file, docs/en/policy/europe.md.
    """
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    from handbook.preview.proof import proof as make

    root, name = root.resolve(), page.replace("\\", "/").strip("/").removesuffix(".md")
    for one in LANGUAGES:
        if name.startswith(f"docs/{one}/"):
            lang, name = one, name.removeprefix(f"docs/{one}/")
    for one in LANGUAGES:
        if name.startswith(f"{one}/"):
            raise click.UsageError(f"The language goes in --lang: handbook proof --lang {one} {name.removeprefix(f'{one}/')}")
    target = root / "dist" / f"proof-{name.replace('/', '-')}-{lang}.pdf"
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            pages = make(root, Path(folder), lang, name, target)
    except BadInput as error:
        report(error.findings, False)
    click.echo(f"{target}: {pages} {'page' if pages == 1 else 'pages'}")
    if opened:
        click.launch(str(target))
