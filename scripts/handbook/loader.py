"""Reads the whole handbook from its files, once; what cannot be read becomes findings, the rest is there."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from handbook.content import LISTS, Handbook
from handbook.keeping import Kept
from handbook.loading import BadInput, Finding, line_in_yaml, load, parse_yaml, read_text, validate
from handbook.model import LANGUAGES, Instrument, Labels, Release, Source
from handbook.model.base import Record
from handbook.model.bench import Bench
from handbook.model.texts import bilinguals_of
from handbook.pages import Page, read_page

T = TypeVar("T")
R = TypeVar("R", bound=Record)


def load_handbook(root: Path, kept: Kept | None = None) -> Handbook:
    """Reads everything under ROOT/docs, but for files that KEPT holds; what cannot be read is in `findings`, the rest is there."""
    reads = _with_figures if kept else partial
    book, kept = Handbook(root), kept or Kept()
    data = root / "docs/data"
    for folder, model, into in (("sources", Source, book.sources), ("instruments", Instrument, book.instruments)):
        for path in sorted((data / folder).glob("*.yml")):
            with _collecting(book):
                record = kept.read(path, _shown(root, path), reads(load, model, path, _shown(root, path)))
                if record.id != path.stem:
                    raise BadInput(
                        [Finding(_shown(root, path), 1, "id", f"The id must equal the file name, {path.stem!r}. Correct the id.")]
                    )
                into[record.id] = record
    for name, model in LISTS.items():
        book.lists[name] = _records(book, data / f"{name}.yml", model, kept, reads)
    if (path := data / "bench.yml").exists():
        with _collecting(book):
            book.bench = kept.read(path, _shown(root, path), partial(load, Bench, path, _shown(root, path)))
    book.releases = _records(book, data / "releases.yml", Release, kept, partial)
    with _collecting(book):
        path = data / "labels.yml"
        book.labels = kept.read(path, _shown(root, path), partial(_labels, path, _shown(root, path)))
    for lang in LANGUAGES:
        for path in sorted((root / "docs" / lang).rglob("*.md")):
            with _collecting(book):
                place = path.relative_to(root / "docs" / lang).as_posix()
                shown = _shown(root, path)
                book.pages[lang, place] = kept.read(path, shown, reads(read_page, path, place, lang, shown))
    return book


class _collecting:
    """Turns BadInput inside the block into findings of the handbook."""

    def __init__(self, book: Handbook):
        self.book = book

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, BadInput):
            self.book.findings.extend(error.findings)
            return True
        return False


def _with_figures(reader: Callable[..., T], *arguments: object) -> Callable[[], T]:
    """READER of ARGUMENTS, which also finds the figures in what it reads, so that they are kept with it."""

    def read() -> T:
        found = reader(*arguments)
        for one in found if isinstance(found, list) else [found]:
            for text in [one] if isinstance(one, Page) else [text for _, text in bilinguals_of(one)]:
                _ = text.figures
        return found

    return read


def _labels(path: Path, shown: str) -> Labels:
    text = read_text(path, shown)
    return validate(Labels, {"groups": parse_yaml(text, shown)}, text, shown)


def _list(path: Path, shown: str, model: type[R]) -> list[R]:
    text = read_text(path, shown)
    return validate(list[model], parse_yaml(text, shown) or [], text, shown)


def _records(book: Handbook, path: Path, model: type[R], kept: Kept, reads: Callable[..., Callable[[], list[R]]]) -> dict[str, R]:
    found: dict[str, R] = {}
    with _collecting(book):
        shown = _shown(book.root, path)
        for index, record in enumerate(kept.read(path, shown, reads(_list, path, shown, model))):
            if record.id in found:
                message = f"The id {record.id!r} must be used once. Rename or remove one."
                book.findings.append(Finding(shown, line_in_yaml(read_text(path, shown), (index,)), "id", message))
            found[record.id] = record
    return found


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
