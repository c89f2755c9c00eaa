"""What changed in the handbook's facts between two commits or releases: records and figures, wording aside."""

import io
import re
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from handbook.content import LISTS, Handbook
from handbook.figures import figures
from handbook.loader import load_handbook
from handbook.loading import BadInput, Finding
from handbook.model import Instrument, KeyFigure, Source
from handbook.model.base import Record

RELEASES = "docs/data/releases.yml"
# The line with which a release begins in the data.
ENTRY = r"^- id: ['\"]?([\w-]+)['\"]?\r?$"


@dataclass
class Difference:
    """Per kind of record the ids that came, went, or whose facts changed; per page, or record as `list/id`, its figures that did."""

    added: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    figures: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)


def at_commit(root: Path, commit: str) -> Handbook:
    """The handbook as COMMIT, a commit or a release, has it.

    Raises BadInput for one that git does not know, and where git may know only part of the history.
    """
    if git(root, "rev-parse", "--is-shallow-repository") == b"true\n":
        message = "The clone must hold the whole history, and this one is shallow. Run `git fetch --unshallow`."
        raise BadInput([Finding(commit, 1, "commit", message)])
    # A zip, because what reads it must not need more than Python 3.11.0 has.
    packed = git(root, "archive", "--format=zip", commit_of(root, commit), "docs")
    if packed is None:
        message = "The commit or release must be one that git knows. Check the name with `git log`."
        raise BadInput([Finding(commit, 1, "commit", message)])
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(packed)).extractall(folder)
        return load_handbook(Path(folder))


def commit_of(root: Path, name: str) -> str:
    """The last commit in which NAME was the latest release; NAME itself when there is no such release."""
    commits = git(root, "log", "--format=%H", "--", RELEASES) or b""
    for commit in commits.decode().split():
        text = git(root, "show", f"{commit}:{RELEASES}") or b""
        if re.findall(ENTRY, text.decode(), re.M)[-1:] == [name]:
            return commit
    return name


def git(root: Path, *arguments: str) -> bytes | None:
    """What git prints for ARGUMENTS at ROOT, None where it fails. Raises BadInput on a machine without git."""
    try:
        run = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True)
    except FileNotFoundError:
        raise BadInput([Finding("git", 1, "commit", "Git must be on this machine. Install it, or ask a colleague who has it.")]) from None
    return None if run.returncode else run.stdout


def difference(old: Handbook, new: Handbook) -> Difference:
    """What the facts of NEW have that OLD has not, and the other way round."""
    found = Difference()
    for name in ("sources", "instruments", *LISTS):
        before, after = records(old, name), records(new, name)
        both = before.keys() & after.keys()
        for into, ids in (
            (found.added, after.keys() - before.keys()),
            (found.removed, before.keys() - after.keys()),
            (found.changed, {its_id for its_id in both if _facts(before[its_id]) != _facts(after[its_id])}),
        ):
            if ids:
                into[name] = sorted(ids)
        for its_id in sorted(both):
            _compare(found, f"{name}/{its_id}", _values(before[its_id]), _values(after[its_id]))
    for lang, path in sorted(old.pages.keys() | new.pages.keys()):
        if lang == "nl":
            _compare(found, path, _page_figures(old, path), _page_figures(new, path))
    return found


def records(book: Handbook, name: str) -> dict[str, Record]:
    """The records of list NAME by id; sources and instruments count as lists."""
    return {"sources": book.sources, "instruments": book.instruments}.get(name) or book.lists.get(name, {})


def _compare(found: Difference, name: str, before: set[str], after: set[str]) -> None:
    if before != after:
        found.figures[name] = (sorted(after - before), sorted(before - after))


def _facts(record: Record) -> object:
    """RECORD without its texts: what remains is dates, values, kinds, relations, citations."""
    # How much of a heading the register writes down is wording too.
    wording = {"sections": {"__all__": {"heading"}}} if isinstance(record, Source) else None
    return _without_texts(record.model_dump(mode="json", exclude=wording))


def _without_texts(data: object) -> object:
    if isinstance(data, dict):
        if data and set(data) <= {"nl", "en"}:
            return None
        return {key: _without_texts(value) for key, value in data.items()}
    return [_without_texts(item) for item in data] if isinstance(data, list) else data


def _values(record: Record) -> set[str]:
    """The figures that RECORD itself states, as `Figure` writes them."""
    if isinstance(record, Instrument):
        return {f"€{amount.value}" for amount in record.amounts}
    if isinstance(record, KeyFigure):
        before, after = ("€", "") if record.unit.startswith("euro") else ("", "%") if record.unit.startswith("percent") else ("", "")
        return {f"{before}{value}{after}" for value in (record.value, record.to) if value}
    return set()


def _page_figures(book: Handbook, path: str) -> set[str]:
    page = book.pages.get(("nl", path))
    return {str(figure) for block in page.blocks for figure in figures(block.prose, "nl")} if page else set()
