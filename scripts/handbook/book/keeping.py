"""Files that need not be made again: each is kept under the hash of all that went into it."""

import hashlib
import io
import zipfile
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

    def get_all(self, ingredients: Iterable[bytes], make: Callable[[], Iterable[tuple[str, bytes]]]) -> dict[str, bytes]:
        """Several files by name that were made of INGREDIENTS together, or else (name, file) that MAKE gives."""

        def zipped() -> bytes:
            whole = io.BytesIO()
            with zipfile.ZipFile(whole, "w") as archive:
                for name, content in make():
                    archive.writestr(name, content)
            return whole.getvalue()

        with zipfile.ZipFile(io.BytesIO(self.get(ingredients, zipped))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def forget_before(self, moment: float) -> None:
        """Removes what has not been asked for since MOMENT, in seconds of the clock."""
        for place in self._folder.glob("*"):
            if place.stat().st_mtime < moment:
                place.unlink()
