"""The site as a zip that works from a folder, without a server: every link names a file, and nothing asks for the network."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

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


def write_folder(site: Path, root: Path, edition: Edition, name: str, target: Path) -> None:
    """Packs the built SITE into TARGET, below a folder NAME. ROOT is the handbook, whose overrides hold the helper script."""
    with Archive(target, edition) as archive:
        archive.add(f"{name}/{_HELPER}", (root / "overrides/book/folder.js").read_bytes())
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            place = path.relative_to(site).as_posix()
            if place.endswith(_LEFT_OUT) or place.startswith(_LEFT_OUT_FOLDERS) or place == target.name:
                continue
            content = path.read_bytes()
            archive.add(f"{name}/{place}", _for_a_folder(content, place, site) if place.endswith(".html") else content)


def _for_a_folder(content: bytes, place: str, site: Path) -> bytes:
    """The page CONTENT at PLACE with links to files instead of folders, and the helper that mends links made by scripts."""
    document = html.document_fromstring(_OFFERED.sub(b"", content), parser=html.HTMLParser(encoding="utf-8"))
    here = (site / place).parent
    for choice in document.xpath("//*[@id=$choice] | //a[@href=concat('#', $choice)]", choice=_CHOICE):
        choice.drop_tree()
    # A browser loads a font ahead of its page only from a server, and reports an error for each page elsewhere.
    for ahead in document.xpath("//link[@rel='preload']"):
        ahead.drop_tree()
    for element in document.iter("a", "link", "form"):
        name = "action" if element.tag == "form" else "href"
        if (address := element.get(name)) and (named := _named(address, here)):
            element.set(name, named)
    up = "../" * place.count("/")
    document.find("head").append(html.Element("script", src=f"{up}{_HELPER}"))
    return html.tostring(document, encoding="utf-8", doctype="<!doctype html>")


def _named(address: str, here: Path) -> str | None:
    """ADDRESS with its index.html, where it leads to a folder of the site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    if not (here / unquote(parts.path) / "index.html").is_file():
        return None
    return parts._replace(path=parts.path.rstrip("/") + "/index.html").geturl()
