"""What changed in the handbook's facts between two commits: records and figures, wording aside."""

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from handbook.content import LISTS, Handbook, load_handbook
from handbook.figures import figures
from handbook.loading import BadInput, Finding


@dataclass
class Difference:
    """Per kind of record the ids that came, went, or whose facts changed; per page the figures that came and went."""

    added: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    figures: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)


def at_commit(root: Path, commit: str) -> Handbook:
    """The handbook as COMMIT has it. Raises BadInput for a commit that git does not know."""
    run = subprocess.run(["git", "-C", str(root), "archive", commit, "docs"], capture_output=True)
    if run.returncode:
        raise BadInput([Finding(commit, 1, "commit", "The commit must be one that git knows. Check the name with `git log`.")])
    with tempfile.TemporaryDirectory() as folder:
        tarfile.open(fileobj=io.BytesIO(run.stdout)).extractall(folder, filter="data")
        return load_handbook(Path(folder))


def difference(old: Handbook, new: Handbook) -> Difference:
    """What the facts of NEW have that OLD has not, and the other way round."""
    found = Difference()
    for name in ("sources", "instruments", *LISTS):
        before, after = _facts(old, name), _facts(new, name)
        for into, ids in (
            (found.added, after.keys() - before.keys()),
            (found.removed, before.keys() - after.keys()),
            (found.changed, {its_id for its_id in before.keys() & after.keys() if before[its_id] != after[its_id]}),
        ):
            if ids:
                into[name] = sorted(ids)
    for key in sorted(old.pages.keys() | new.pages.keys()):
        if key[0] == "nl":
            before_figures, after_figures = (_page_figures(book, key) for book in (old, new))
            if before_figures != after_figures:
                found.figures[key[1]] = (sorted(after_figures - before_figures), sorted(before_figures - after_figures))
    return found


def _facts(book: Handbook, name: str) -> dict[str, object]:
    """The records of list NAME without their texts: what remains is dates, values, kinds, relations, citations."""
    records = {"sources": book.sources, "instruments": book.instruments}.get(name) or book.lists.get(name, {})
    return {its_id: _without_texts(record.model_dump(mode="json")) for its_id, record in records.items()}


def _without_texts(data: object) -> object:
    if isinstance(data, dict):
        if data and set(data) <= {"nl", "en"}:
            return None
        return {key: _without_texts(value) for key, value in data.items()}
    return [_without_texts(item) for item in data] if isinstance(data, list) else data


def _page_figures(book: Handbook, key: tuple[str, str]) -> set[str]:
    page = book.pages.get(key)
    return {str(figure) for block in page.blocks for figure in figures(block.prose, key[0])} if page else set()
