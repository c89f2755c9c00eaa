"""Zip files that are the same to the byte whenever and wherever they are made."""

import zipfile
from pathlib import Path

from handbook.edition import Edition


class Archive:
    """A zip file at TARGET whose every member carries the date of EDITION; written under another name until it is whole."""

    def __init__(self, target: Path, edition: Edition):
        self._target, self._moment = target, edition.moment.timetuple()[:6]

    def __enter__(self) -> "Archive":
        self._target.parent.mkdir(parents=True, exist_ok=True)
        self._part = self._target.with_name(self._target.name + ".part")
        self._zip = zipfile.ZipFile(self._part, "w")
        return self

    def add(self, name: str, content: bytes, packed: bool = True) -> None:
        """Adds CONTENT as NAME."""
        member = zipfile.ZipInfo(name, self._moment)
        member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        member.create_system, member.external_attr = 3, 0o644 << 16
        self._zip.writestr(member, content)

    def __exit__(self, kind: type | None, *_: object) -> None:
        self._zip.close()
        if kind is None:
            self._part.replace(self._target)
        else:
            self._part.unlink()
