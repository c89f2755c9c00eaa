"""The project says it in words of its own: no run of ten words of a source, titles and names excepted."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from handbook.content import Handbook
from handbook.loading import Finding

RUN = 10
PLACES = ("docs/**/*.md", "docs/**/*.yml", "overrides/**/*.j2", "overrides/**/*.html", "*.md")
FORMS = (".xml", ".html", ".htm", ".docx", ".pdf")
_RESIDUE = re.compile(r"\[footnoteRef:\d+\]|\[bookmark: \w+\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")


def texts_folder(root: Path) -> Path | None:
    """The folder with the sources' texts, if this machine has it: $HANDBOOK_SOURCES or ../shared/sources."""
    folder = Path(os.environ.get("HANDBOOK_SOURCES") or root.resolve().parent / "shared/sources")
    return folder if folder.is_dir() else None


def own(book: Handbook) -> Iterator[Finding]:
    """No run of ten consecutive words of a source may stand in the project; needs the texts, silent without them."""
    folder = texts_folder(book.root)
    places = [(path, path.relative_to(book.root).as_posix()) for pattern in PLACES for path in book.root.glob(pattern) if path.is_file()]
    places = sorted({(path, shown) for path, shown in places if book.wants(shown)})
    if folder is None or not places:
        return
    runs = {run for path in sorted(folder.iterdir()) for run, _ in _runs(_text(book, path))}
    titles = [" ".join(word for word, _ in _words(source.title.nl)) for source in book.sources.values()]
    for path, shown in places:
        reported = -RUN
        for index, (run, line) in enumerate(_runs(path.read_text("utf-8"))):
            if run in runs and index - reported >= RUN and not any(" ".join(run) in title for title in titles):
                reported = index
                yield Finding(shown, line, "own-words", f"The text must be in words of our own: {' '.join(run)}. Say it differently.")


def _text(book: Handbook, path: Path) -> str:
    """The text at PATH if it is plain, or that of a registered source in any form."""
    if path.suffix == ".txt":
        return path.read_text("utf-8")
    if path.stem not in book.sources or path.suffix.lower() not in FORMS:
        return ""
    # Reading Word and PDF takes parts that most checks can do without.
    from handbook.reading import read

    return read(path).text


def _runs(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    flow = _words(text)
    words = [word for word, _ in flow]
    for index in range(len(flow) - RUN + 1):
        yield tuple(words[index : index + RUN]), flow[index][1]


def _words(text: str) -> list[tuple[str, int]]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        found += [(word, number) for word in _WORD.findall(_RESIDUE.sub(" ", line.lower()))]
    return found
