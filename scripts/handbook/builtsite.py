"""A built site as the link checks see it: its files, its parsed pages with their ids, and where an address leads."""

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html


def _strings(path: str) -> etree.XPath:
    return etree.XPath(path, smart_strings=False)


_IDS, _NAMES, _LINKS = _strings("//@id"), _strings("//a/@name"), _strings("//a/@href")
# An address of which nothing needs to be decoded: parts of a path, and an id.
_PLAIN = re.compile(r"(?:\.\./)*(?:\./)?((?:[\w-]+(?:\.[\w-]+)*/)*(?:[\w-]+(?:\.[\w-]+)*)?)(?:#([\w:.-]+))?")


@dataclass
class Document:
    """A parsed page of the site."""

    path: str
    root: html.HtmlElement
    ids: Counter = field(init=False)

    def __post_init__(self) -> None:
        self.ids = Counter(filter(None, _IDS(self.root)))
        self.ids.update(set(filter(None, _NAMES(self.root))) - self.ids.keys())

    @cached_property
    def links(self) -> set[str]:
        """The addresses of all links, each once."""
        return set(_LINKS(self.root))

    @cached_property
    def refresh(self) -> str | None:
        """The target of a redirect page."""
        for meta in self.root.iter("meta"):
            if (meta.get("http-equiv") or "").lower() == "refresh":
                match = re.search(r"url\s*=\s*['\"]?([^'\"]+)", meta.get("content") or "", re.I)
                return match[1].strip() if match else ""
        return None


class Site:
    """A built site in SITE, published at ADDRESS, with the languages as folders, the first at the root."""

    def __init__(self, site: Path, address: str, languages: tuple[str, ...] = ("nl", "en")):
        self.root, self.address, self.languages = site, address.rstrip("/") + "/", languages
        self.base = urlsplit(self.address).path
        self.files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        self._plain_links: dict[str, dict[str, tuple[str, str] | None]] = {}
        self._by_case = {path.casefold(): path for path in self.files}
        self.pages = {
            path: Document(path, html.document_fromstring((site / path).read_bytes(), parser=html.HTMLParser(encoding="utf-8")))
            for path in sorted(self.files)
            if path.endswith(".html")
        }

    def language(self, path: str) -> str:
        """The language of the page at PATH, by its folder."""
        first = path.split("/", 1)[0]
        return first if first in self.languages else self.languages[0]

    def plain_links(self, document: Document) -> dict[str, tuple[str, str] | None]:
        """What `plain_target` says of each link of DOCUMENT."""
        if document.path not in self._plain_links:
            self._plain_links[document.path] = {address: self.plain_target(document.path, address) for address in document.links}
        return self._plain_links[document.path]

    def plain_target(self, origin: str, address: str) -> tuple[str, str] | None:
        """What `target` gives for an ADDRESS that is plainly written and leads somewhere; None says nothing."""
        match = _PLAIN.fullmatch(address)
        if not match or not address:
            return None
        anchor = match[2] or ""
        if address.startswith("#"):
            return origin, anchor
        folders = origin.split("/")[:-1]
        up = address.count("../")
        if up > len(folders):
            return None
        place = "".join(f"{folder}/" for folder in folders[: len(folders) - up]) + match[1]
        if place in self.files:
            return place, anchor
        place += "index.html" if not place or place.endswith("/") else "/index.html"
        return (place, anchor) if place in self.files else None

    def target(self, origin: str, address: str) -> tuple[str | None, str]:
        """(file or None, anchor) to which ADDRESS leads from page or style sheet ORIGIN; '..' above the root leads nowhere."""
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


def is_missing_page(path: str) -> bool:
    """Whether the page at PATH is what a host answers for a missing one: served at any address, so its links are absolute."""
    return path.rpartition("/")[2] == "404.html"
