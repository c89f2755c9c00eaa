"""What no page needs, open data and pictures for other sites: the preview takes it from a full build, made when it is asked for."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from handbook.loading import BadInput, Finding

Tell = Callable[[str], None]


class FullBuild:
    """The site of the handbook at ROOT, built in FOLDER. Its method may be called from several threads."""

    def __init__(self, root: Path, folder: Path, tell: Tell):
        self._root, self._folder, self._tell = root, folder, tell
        self._lock = threading.Lock()
        self._built = -1

    def get(self, address: str, version: int) -> bytes | None:
        """What a build has at ADDRESS, built anew where it is not of VERSION; None where it has nothing. Raises BadInput where it fails."""
        with self._lock:
            if self._built != version:
                self._tell(f"/{address} comes from a full build, which takes a while …")
                command = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "--quiet", "--site-dir", str(self._folder)]
                run = subprocess.run(command, cwd=self._root, capture_output=True, text=True, check=False)
                if run.returncode:
                    raise BadInput([Finding("mkdocs.yml", 1, "build", f"The full build must succeed: {run.stderr.strip()[-400:]}")])
                self._built = version
            found = self._folder / address
            return found.read_bytes() if found.is_file() else None
