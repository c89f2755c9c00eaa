"""What single parts of the handbook cost: the EPUB, the book cold and after one change, one saved page in the preview, one language."""

import itertools
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from measuring import Cost, Job, measure

PAGE = "docs/nl/policy/europe.md"
# The first save waits for the preview to be made; the others are what an editor waits for.
SAVES = 10
EPUB = """from pathlib import Path
from handbook.book.answers import set_answers_apart
from handbook.book.assemble import assemble
from handbook.book.epub import write_epub
from handbook.book.pdf import cover_picture
from handbook.book.press import Press
from handbook.edition import edition
from handbook.loader import load_handbook
root = Path.cwd()
book, its_edition = load_handbook(root), edition(root)
for lang in ("nl", "en"):
    tree = assemble(book, root / "site", lang)
    set_answers_apart(book, tree)
    with Press(root) as press:
        write_epub(book, tree, its_edition, cover_picture(book, tree, its_edition, press), root / f"{lang}.epub")"""
PREVIEW = f"""import sys, tempfile
from dataclasses import replace
from pathlib import Path
from handbook.checks import check
from handbook.preview.preview import Preview
root, saves = Path.cwd(), int(sys.argv[1])
page, shown, english = root / "{PAGE}", "{PAGE}", "{PAGE.replace("/nl/", "/en/")}"
text = page.read_text("utf-8")
with tempfile.TemporaryDirectory() as folder:
    preview = Preview(root, Path(folder), lambda told: None)
    for number in range(saves):
        page.write_text(f"{{text}}\\nZin {{number}}.\\n", "utf-8")
        assert shown in preview.refresh({{shown}})
        assert f"Zin {{number}}." in preview.get("policy/europe/index.html").decode()
        check(replace(preview.book, only=frozenset({{shown, english}})))
page.write_text(text, "utf-8")"""


def parts(folder: Path, build: Callable[[Path], Job], quick: bool) -> dict[str, Job]:
    """The jobs by their key in docs/data/labels.yml (`bench-row`), on the built handbook in FOLDER, which is theirs to change.

    BUILD gives the job that builds a folder; QUICK leaves the book out."""
    jobs: dict[str, Job] = {"preview-page": lambda: _per_save(folder)}
    if not quick:
        book = [sys.executable, "-m", "handbook", "book"]
        jobs["epub"] = lambda: measure([sys.executable, "-c", EPUB], folder)
        jobs["book-fresh"] = lambda: _cold(folder, book)
        # After the one before it in each round, which leaves the whole book kept.
        jobs["book-page"] = _changed(folder, build, book)
    return jobs


def one_language(plain: Path, folder: Path) -> Path:
    """Copies PLAIN to FOLDER with its Dutch pages alone. The handbook's own templates lead from every page to its English twin."""
    shutil.copytree(plain, folder, ignore=shutil.ignore_patterns("site"))
    shutil.rmtree(folder / "docs/en")
    settings = folder / "mkdocs.yml"
    text, changed = re.subn(r"(- locale: en\n(?: +\w+: .*\n)*? +build: )true", r"\1false", settings.read_text("utf-8"))
    if changed != 1:
        raise RuntimeError("mkdocs.yml: English must be a language that is built. Correct bench/parts.py.")
    settings.write_text(text, "utf-8")
    return folder


def _per_save(folder: Path) -> Cost:
    """What one more saved page costs until it is shown and checked."""
    one, all_of_them = (measure([sys.executable, "-c", PREVIEW, str(saves)], folder) for saves in (1, 1 + SAVES))
    return Cost((all_of_them.cpu - one.cpu) / SAVES, all_of_them.memory)


def _cold(folder: Path, command: list[str]) -> Cost:
    shutil.rmtree(folder / ".cache/book", ignore_errors=True)
    return measure(command, folder)


def _changed(folder: Path, build: Callable[[Path], Job], command: list[str]) -> Job:
    """COMMAND after a page was changed, otherwise each time, and the site built again."""
    numbers = itertools.count()

    def run() -> Cost:
        page = folder / PAGE
        text = page.read_text("utf-8")
        page.write_text(f"{text}\nZin {next(numbers)}.\n", "utf-8")
        try:
            build(folder)()
            return measure(command, folder)
        finally:
            page.write_text(text, "utf-8")

    return run
