"""A built site as the link checks see it: its files, its pages as read, and where an address leads."""

import gc
import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handbook.builtpage import Page

# An address of which nothing needs to be decoded: parts of a path, the version of an asset, and an id.
_PLAIN = re.compile(r"((?:\.\./)*)(?:\./)?((?:[\w-]+(?:\.[\w-]+)*/)*(?:[\w-]+(?:\.[\w-]+)*)?)(?:\?v=\w+)?(?:#([\w:.-]+))?")
_UP = re.compile(r"(?:\.\./)*")


class Site:
    """A built site in SITE, published at ADDRESS, with the languages as folders, the first at the root."""

    def __init__(self, site: Path, address: str, languages: tuple[str, ...] = ("nl", "en")):
        self.root, self.address, self.languages = site, address.rstrip("/") + "/", languages
        self.base = urlsplit(self.address).path
        self.files = set(_below(str(site), ""))
        self._by_case = {path.casefold(): path for path in self.files}
        with _uncollected():
            self.pages = {path: Page(path, site / path) for path in sorted(self.files) if path.endswith(".html")}

    def language(self, path: str) -> str:
        """The language of the page at PATH, by its folder."""
        first = path.split("/", 1)[0]
        return first if first in self.languages else self.languages[0]

    def plain_target(self, origin: str, address: str) -> tuple[str, str] | None:
        """What `target` gives for an ADDRESS that is plainly written and leads somewhere; None says nothing."""
        match = _PLAIN.fullmatch(address)
        if not match or not address:
            return None
        up, path, anchor = match.groups("")
        if address.startswith("#"):
            return origin, anchor
        folder = f"/{origin}".rsplit("/", len(up) // 3 + 1)[0]
        if len(up) // 3 > origin.count("/"):
            return None
        place = f"{folder}/{path}"[1:]
        if place in self.files:
            return place, anchor
        place += "index.html" if not place or place.endswith("/") else "/index.html"
        return (place, anchor) if place in self.files else None

    def target(self, origin: str, address: str) -> tuple[str | None, str]:
        """(file or None, anchor) to which ADDRESS leads from page or style sheet ORIGIN; '..' above the root leads nowhere."""
        if plain := self.plain_target(origin, address):
            return plain
        parts = urlsplit(address)
        path, anchor = unquote(parts.path), unquote(parts.fragment)
        if not path:
            return origin, anchor
        if path.startswith("/"):
            if not f"{path}/".startswith(self.base):
                return None, anchor
            place = path[len(self.base) :]
        else:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path)) + ("/" if path.endswith("/") else "")
            if place.startswith(".."):
                return None, anchor
        place = "" if place.strip("/") in (".", "") else place
        for candidate in (place, posixpath.join(place, "index.html")):
            if candidate in self.files:
                return candidate, anchor
        return None, anchor

    def right_case(self, origin: str, address: str) -> str | None:
        """The file that ADDRESS would reach if case did not count."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), unquote(urlsplit(address).path)))
        return next((self._by_case[c] for c in (path.casefold(), f"{path}/index.html".casefold()) if c in self._by_case), None)


class Met:
    """Addresses that were met on pages, by the folder from which each starts: `../a/` is one and the same on all pages of a folder."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str, int], set[str]] = defaultdict(set)

    def on(self, path: str, group: str = "") -> list[set[str]]:
        """The addresses met that mean the same on the page at PATH, by how many folders up they begin; apart for each GROUP of pages."""
        folders = path.split("/")[:-1]
        return [self._met[group, "/".join(folders[: len(folders) - up]), up] for up in range(len(folders) + 1)]


def steps_up(address: str) -> int:
    """How many folders up ADDRESS begins."""
    return _UP.match(address).end() // 3


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's collector, which would look time and again through the many small objects of pages, none of them in a circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _below(folder: str, prefix: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _below(entry.path, f"{prefix}{entry.name}/")
        elif entry.is_file():
            yield prefix + entry.name


def is_missing_page(path: str) -> bool:
    """Whether the page at PATH is what a host answers for a missing one: served at any address, so its links are absolute."""
    return path.rpartition("/")[2] == "404.html"
