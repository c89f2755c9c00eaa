"""The choice of `--only`: pages and folders, as people write them, among the entries of the book."""

import re
from dataclasses import replace

from handbook.book.order import CONFIG, SCREEN, Entry
from handbook.loading import BadInput, Finding

_PLACE = re.compile(r"(?:\./)?docs/(\w\w)/")


def stems(only: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """ONLY as below the folder of LANG, each once: `docs/nl/policy/europe.md` → `policy/europe`.

    Raises BadInput for a page of another language.
    """
    found = []
    for wish in only:
        plain = wish.replace("\\", "/")
        place = _PLACE.match(plain)
        if place and place[1] != lang:
            message = f"--only must name pages in the language of the selection, {lang}; {wish} is in {place[1]}. Add --lang {place[1]}."
            raise BadInput([Finding(wish, 1, "selection", message)])
        found.append(_PLACE.sub("", plain, count=1).strip("/").removesuffix(".md"))
    return tuple(dict.fromkeys(found))


def select(entries: list[Entry], wishes: tuple[str, ...]) -> list[Entry]:
    """The ENTRIES that WISHES, stems of pages or folders, name; each a chapter of its own, so that no heading level is skipped.

    Raises BadInput for a wish that names none.
    """
    found = []
    for stem in wishes:
        hits = [entry for entry in entries if entry.path and f"{entry.path.removesuffix('.md')}/".startswith(f"{stem}/")]
        if not hits:
            raise BadInput([Finding(CONFIG, 1, "selection", _refusal(stem))])
        found += hits
    return [replace(entry, level=1, number="") for entry in dict.fromkeys(found)]


def file_name(wishes: tuple[str, ...], lang: str) -> str:
    """What the selection of WISHES in LANG is called."""
    return f"{'-'.join(stem.replace('/', '-') for stem in wishes)[:60]}-{lang}.pdf"


def _refusal(stem: str) -> str:
    if f"{stem}.md" in SCREEN:
        return f"--only must name a page of the book; {stem} works on the site alone, and the book leaves it out. Choose another."
    return f"--only must name a page or folder of the navigation; {stem!r} is none. Write it as below docs/nl, e.g. policy/europe."
