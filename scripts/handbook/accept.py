"""Renews the hash by which an English page knows the Dutch text that it translates."""

import re
from pathlib import Path

from handbook.loading import BadInput, Finding
from handbook.pages import read_page


def accept(root: Path, place: str) -> None:
    """Writes into docs/en/PLACE the hash of docs/nl/PLACE. Raises BadInput where a page is missing or unreadable."""
    dutch, english = root / "docs/nl" / place, root / "docs/en" / place
    for path in (dutch, english):
        if not path.is_file():
            shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
            raise BadInput(
                [Finding(shown, 1, "parity-page", "The page must exist in both languages. Check its path below the language folder.")]
            )
    wanted = read_page(dutch, place, "nl", f"docs/nl/{place}").hash
    read_page(english, place, "en", f"docs/en/{place}")
    head, mark, body = english.read_text("utf-8").partition("\n---\n")
    head = re.sub(r"\nsource_hash:.*", "", head)
    english.write_text(f"{head}\nsource_hash: {wanted}{mark}{body}", "utf-8", newline="\n")
