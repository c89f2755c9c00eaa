"""How one page reads in the book, made from what is saved without building the site."""

from pathlib import Path

from handbook.addresses import address
from handbook.book.making import make_selection
from handbook.edition import edition
from handbook.loading import BadInput, Finding
from handbook.model import LANGUAGES
from handbook.preview.preview import Preview


def proof(root: Path, folder: Path, lang: str, name: str, target: Path) -> int:
    """Writes the PDF of the page NAME, as below the folder of LANG, into TARGET, working in FOLDER; returns the number of its pages.

    Raises BadInput for a page that is not there, and for whatever keeps it from being made."""
    warnings: list[str] = []
    preview = Preview(root, folder, warnings.append)
    path = f"{name}.md" if (lang, f"{name}.md") in preview.book.pages else f"{name}/index.md"
    if (lang, path) not in preview.book.pages:
        message = "The page must be there. Name it as below the language folder: policy/europe."
        raise BadInput([Finding(f"docs/{lang}/{name}.md", 1, "selection", message)])
    own = ("" if lang == LANGUAGES[0] else f"{lang}/") + address(path) + "index.html"
    for place in preview.addresses - {own}:
        # Links from the page lead to files that are there; only the page itself is read.
        (preview.site / place).parent.mkdir(parents=True, exist_ok=True)
        (preview.site / place).touch()
    preview.get(own)
    return make_selection(preview.book, preview.site, edition(root), lang, (path.removesuffix(".md"),), target).pages
