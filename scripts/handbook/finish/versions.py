"""Own style sheets and scripts are asked for by their version, the sum of what they hold, so that a browser may keep them for good."""

import hashlib
from pathlib import Path

from lxml import etree, html

ASSETS = "assets"
_KINDS = (".css", ".js")
# Where a page names a style sheet or a script; the search names those that it loads when it is opened.
_NAMED = etree.XPath("//link[@rel='stylesheet']/@href | //script/@src | //@data-engine | //@data-vocabulary")


def versions(*files: Path) -> dict[str, str]:
    """The version of each style sheet and script among FILES, by its name in the folder of assets."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files if path.suffix in _KINDS}


def name_versions(root: html.HtmlElement, known: dict[str, str]) -> None:
    """Adds its KNOWN version to every address of an asset in the page ROOT; done twice, it changes nothing more."""
    for address in _NAMED(root):
        folder, _, name = address.rpartition("/")
        if name in known and folder.rpartition("/")[2] == ASSETS:
            address.getparent().set(address.attrname, f"{address}?v={known[name]}")
