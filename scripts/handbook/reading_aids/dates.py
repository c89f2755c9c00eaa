"""Since when a page says what it says: the last commit that touched its own files, never the day of the build."""

import datetime
import subprocess
from pathlib import Path

from handbook.content import LISTS, SHOWN_ON, Handbook
from handbook.edition import Edition
from handbook.pages import Page

_DATE = "date "
_NAMES = ("--name-only", "--relative", "--no-renames")


def own_files(book: Handbook, page: Page) -> list[str]:
    """The files that hold what PAGE says: its text, and the data file of what it is about or lists."""
    files = [page.shown]
    if page.front.instrument in book.instruments:
        files.append(f"docs/data/instruments/{page.front.instrument}.yml")
    if page.front.source in book.sources:
        files.append(f"docs/data/sources/{page.front.source}.yml")
    files += [f"docs/data/{name}.yml" for name in LISTS if SHOWN_ON[name] == page.path or (name == "paths" and page.front.path)]
    for _, marker, _ in page.markers:
        files += [f"docs/data/{marker}/{one}.yml" for one in {"instruments": book.instruments, "sources": book.sources}.get(marker, ())]
    return list(dict.fromkeys(files))


def last_changes(root: Path) -> dict[str, datetime.date]:
    """File below ROOT → the day (UTC) of the last commit that touched it, from one `git log`.

    Empty without git, and in a shallow clone, whose oldest commit claims every file."""
    try:
        if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
            return {}
        log = _git(root, "-c", "core.quotepath=off", "log", f"--format={_DATE}%ct", *_NAMES, "--", "docs")
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, datetime.date] = {}
    day = datetime.date.min
    for line in log.splitlines():
        if line.startswith(_DATE):
            day = datetime.datetime.fromtimestamp(int(line.removeprefix(_DATE)), datetime.UTC).date()
        elif line:
            # A clock set wrong may give a later commit an earlier day.
            found[line] = max(day, found.get(line, day))
    return found


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True, encoding="utf-8").stdout


class Changes:
    """When each page of a handbook changed; where git does not tell, the day of the edition stands for it."""

    def __init__(self, book: Handbook, edition: Edition):
        self._book, self._day, self._days = book, edition.moment.date(), last_changes(book.root)

    def of(self, page: Page) -> datetime.date:
        """The day on which the content of PAGE last changed."""
        days = [self._days[path] for path in own_files(self._book, page) if path in self._days]
        return max(days, default=self._day)
