"""Files that need not be made again: each is kept under the hash of all that went into it."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path


class Keeper:
    """Keeps what was made in FOLDER."""

    def __init__(self, folder: Path):
        self._folder = folder

    def get(self, ingredients: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
        """What was made of INGREDIENTS before, or else what MAKE gives, which is then kept."""
        sums = (hashlib.sha256(one).digest() for one in ingredients)
        place = self._folder / hashlib.sha256(b"".join(sums)).hexdigest()[:32]
        if place.exists():
            place.touch()
            return place.read_bytes()
        content = make()
        self._folder.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(".part")
        part.write_bytes(content)
        part.replace(place)
        return content

    def forget_before(self, moment: float) -> None:
        """Removes what has not been asked for since MOMENT, in seconds of the clock."""
        for place in self._folder.glob("*"):
            if place.stat().st_mtime < moment:
                place.unlink()
