"""`handbook book`: PDF, EPUB, fact sheets and the site in a folder, from the built site."""

from pathlib import Path

import click

from handbook.book.making import make_all, make_selection
from handbook.book.placing import FOLDER
from handbook.book.placing import place as lay_out
from handbook.cli.common import ROOT, report
from handbook.content import load_handbook
from handbook.edition import edition
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES


@click.command()
@ROOT
@click.option("--site", type=click.Path(file_okay=False, path_type=Path), help="The built site. [default: site in the handbook's folder]")
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="The language of a selection.")
@click.option("--only", multiple=True, help="A page or folder to choose, as below docs/nl: instruments/wbso, policy. May be repeated.")
@click.option("--output", type=click.Path(path_type=Path), help="Where to write: a folder, or for a selection a file. [default: dist]")
@click.option("--place", is_flag=True, help="Also lay the files into the built site, with their downloads page.")
def book(root: Path, site: Path | None, lang: str, only: tuple[str, ...], output: Path | None, place: bool) -> None:
    """Make the book from the built site: PDF and EPUB in both languages, fact sheets, the site as a zip.

    With --only, one PDF of the chosen pages instead: a pack for a debate.
    """
    root = root.resolve()
    site = (site or root / "site").resolve()
    handbook = load_handbook(root)
    if handbook.findings:
        report(handbook.findings, False)
    if not (site / "index.html").is_file():
        report(
            [Finding(str(site), 1, "site-not-built", "The site must be built first. Run `make site`, or name another with --site.")], False
        )
    try:
        if only:
            target = output or root / "dist" / f"{'-'.join(one.strip('/').replace('/', '-') for one in only)[:60]}-{lang}.pdf"
            made = [make_selection(handbook, site, edition(root), lang, only, target)]
            click.echo(f"{target}: {made[0].pages} pages")
        else:
            made = make_all(handbook, site, edition(root), output or root / "dist")
            if place:
                lay_out(handbook, output or root / "dist", site)
            click.echo(f"{len(made)} files in {output or 'dist'}" + (f", and under {site.name}/{FOLDER}" if place else ""))
    except BadInput as error:
        report(error.findings, False)
