"""The site as a zip that works from a folder, without a server: every link names a file, and nothing asks for the network."""

import posixpath
import re
from collections.abc import Set
from pathlib import Path
from urllib.parse import unquote

from lxml import html

from handbook.book.archive import Archive
from handbook.edition import Edition

# Only a server can use these.
_LEFT_OUT = (".map", "sitemap.xml", "sitemap.xml.gz", "404.html", "robots.txt")
_LEFT_OUT_FOLDERS = ("search/", "downloads/")
_HELPER = "assets/folder.js"
# What the published site offers to read offline: the folder is that, and does not hold the other files.
_OFFERED = re.compile(rb"<!--placed .*?<!--/placed-->", re.DOTALL)
_CHOICE = "hb-offline"
# What of an address names a file.
_PATH = re.compile(r"[^?#]*")


def write_folder(site: Path, root: Path, edition: Edition, name: str, target: Path) -> None:
    """Packs the built SITE into TARGET, below a folder NAME. ROOT is the handbook, whose overrides hold the helper script."""
    with Archive(target, edition) as archive:
        archive.add(f"{name}/{_HELPER}", (root / "overrides/book/folder.js").read_bytes())
        files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
        for place, path in files.items():
            if place.endswith(_LEFT_OUT) or place.startswith(_LEFT_OUT_FOLDERS) or place == target.name:
                continue
            content = path.read_bytes()
            archive.add(f"{name}/{place}", _for_a_folder(content, place, files.keys()) if place.endswith(".html") else content)


def _for_a_folder(content: bytes, place: str, files: Set[str]) -> bytes:
    """The page CONTENT at PLACE with links to FILES instead of folders, and the helper that mends links made by scripts."""
    document = html.document_fromstring(_OFFERED.sub(b"", content), parser=html.HTMLParser(encoding="utf-8"))
    for choice in document.xpath("//*[@id=$choice] | //a[@href=concat('#', $choice)]", choice=_CHOICE):
        choice.drop_tree()
    # A browser loads a font ahead of its page only from a server, and reports an error for each page elsewhere.
    for ahead in document.xpath("//link[@rel='preload']"):
        ahead.drop_tree()
    for element in document.iter("a", "link", "form"):
        name = "action" if element.tag == "form" else "href"
        if (address := element.get(name)) and (named := _named(address, place, files)):
            element.set(name, named)
    up = "../" * place.count("/")
    document.find("head").append(html.Element("script", src=f"{up}{_HELPER}"))
    return html.tostring(document, encoding="utf-8", doctype="<!doctype html>")


def _named(address: str, place: str, files: Set[str]) -> str | None:
    """ADDRESS on the page at PLACE with its index.html, where it leads to a folder that has one among FILES."""
    path = _PATH.match(address)[0]
    if not path or ":" in path or path.startswith("/"):
        return None
    folder = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(path)))
    if posixpath.normpath(f"{folder}/index.html") not in files:
        return None
    return f"{path.rstrip('/')}/index.html{address[len(path) :]}"
