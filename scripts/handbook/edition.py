"""Which edition this is: the date and short name of the commit, so that every build of it is the same to the byte."""

import datetime
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edition:
    """The moment (UTC) and the name of an edition; without git, SOURCE_DATE_EPOCH or the start of 2026."""

    moment: datetime.datetime
    commit: str

    @property
    def date(self) -> str:
        return self.moment.date().isoformat()


def edition(root: Path) -> Edition:
    """The edition of the handbook at ROOT."""
    try:
        out = subprocess.run(["git", "-C", str(root), "log", "-1", "--format=%ct %h"], capture_output=True, text=True, check=True).stdout
        seconds, commit = out.split()
    except (OSError, subprocess.CalledProcessError, ValueError):
        seconds, commit = os.environ.get("SOURCE_DATE_EPOCH", "1767225600"), ""
    return Edition(datetime.datetime.fromtimestamp(int(seconds), datetime.UTC), commit)
