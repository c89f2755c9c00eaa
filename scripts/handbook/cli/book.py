"""`handbook book`: PDF, EPUB, fact sheets and the site in a folder, from the built site."""

from pathlib import Path

import click

from handbook.book.choosing import file_name, stems
from handbook.book.making import make_all, make_selection
from handbook.book.placing import FOLDER
from handbook.book.placing import place as lay_out
from handbook.cli.common import ROOT, report
from handbook.content import Handbook, load_handbook
from handbook.edition import edition
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES


@click.command()
@ROOT
@click.option("--site", type=click.Path(file_okay=False, path_type=Path), help="The built site. [default: site in the handbook's folder]")
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="The language of a selection.")
@click.option("--only", multiple=True, help="A page or folder to choose, as below docs/nl: instruments/wbso, policy. May be repeated.")
@click.option("--output", type=click.Path(path_type=Path), help="Where to write: a folder, or for a selection also a file. [default: dist]")
@click.option("--place", is_flag=True, help="Also lay the files into the built site, with their downloads page.")
def book(root: Path, site: Path | None, lang: str, only: tuple[str, ...], output: Path | None, place: bool) -> None:
    """Make the book from the built site: PDF and EPUB in both languages, fact sheets, the site as a zip.

    With --only, one PDF of the chosen pages instead: a pack for a debate.
    """
    if only and place:
        raise click.UsageError("--place must go with the whole book: it lays all its files into the site. Leave out --only or --place.")
    root = root.resolve()
    site, output = (site or root / "site").resolve(), output or root / "dist"
    handbook = load_handbook(root)
    if handbook.findings:
        report(handbook.findings, False)
    if not (site / "index.html").is_file():
        message = "The site must be built first. Run `make site`, or name another with --site."
        report([Finding(str(site), 1, "site-not-built", message)], False)
    try:
        click.echo(_selection(handbook, site, lang, only, output) if only else _whole(handbook, site, output, place))
    except BadInput as error:
        report(error.findings, False)
    except OSError as error:
        message = f"The place to write to must be writable; the machine says: {error.strerror}. Choose another with --output."
        report([Finding(str(error.filename or output).removesuffix(".part"), 1, "output", message)], False)


def _selection(handbook: Handbook, site: Path, lang: str, only: tuple[str, ...], output: Path) -> str:
    """Makes the selection ONLY: the file OUTPUT, or a file in it where it is a folder. Returns what to tell."""
    wishes = stems(only, lang)
    is_file = output.suffix == ".pdf" and not output.is_dir()
    target = output if is_file else output / file_name(wishes, lang)
    made = make_selection(handbook, site, edition(handbook.root), lang, wishes, target)
    return f"{target}: {made.pages} pages"


def _whole(handbook: Handbook, site: Path, output: Path, place: bool) -> str:
    """Makes every file of the book in the folder OUTPUT. Returns what to tell."""
    made = make_all(handbook, site, edition(handbook.root), output)
    if place:
        lay_out(handbook, output, site)
    return f"{len(made)} files in {output}" + (f", and under {site.name}/{FOLDER}" if place else "")
