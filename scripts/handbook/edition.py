"""Which edition this is: the date and short name of the commit, so that every build of it is the same to the byte."""

import datetime
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Git's own short names grow with the clone and differ with its settings; these do not.
_NAME = 10
# What an edition is made of. A change to any of it that is not committed is told by the mark.
_MADE_OF = ("docs", "overrides", "scripts", "mkdocs.yml", "requirements.txt")
_CHANGED = "+"


@dataclass(frozen=True)
class Edition:
    """The moment (UTC) and the name of an edition; without git, SOURCE_DATE_EPOCH or the start of 2026.

    A name that ends in `+` is that of the last commit, with changes since."""

    moment: datetime.datetime
    commit: str

    @property
    def date(self) -> str:
        return self.moment.date().isoformat()

    @classmethod
    def of_day(cls, day: datetime.date) -> "Edition":
        """The edition of what last changed on DAY, by whatever commit."""
        return cls(datetime.datetime.combine(day, datetime.time(), datetime.UTC), "")


def edition(root: Path) -> Edition:
    """The edition of the handbook at ROOT."""
    try:
        seconds, commit = _git(root, "log", "-1", "--format=%ct %H").split()
        changed = _git(root, "status", "--porcelain", "--", *_MADE_OF)
        commit = commit[:_NAME] + (_CHANGED if changed.strip() else "")
    except (OSError, subprocess.CalledProcessError, ValueError):
        seconds, commit = os.environ.get("SOURCE_DATE_EPOCH", "1767225600"), ""
    return Edition(datetime.datetime.fromtimestamp(int(seconds), datetime.UTC), commit)


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "--no-optional-locks", "-C", str(root), *arguments], capture_output=True, text=True, check=True).stdout
