"""The addresses of the site as links inside the book, or to the published site for what the book leaves out."""

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from handbook.addresses import address
from handbook.book.order import key

_ROOT_LANGUAGE = "nl"
_HOST = "https://book.invalid"


def page_url(path: str, lang: str) -> str:
    """The address below the site's root of page PATH in LANG."""
    return f"/{address(path)}" if lang == _ROOT_LANGUAGE else f"/{lang}/{address(path)}"


class Linker:
    """Turns the addresses of the site into links inside the book, or to the published site for what is not in it."""

    def __init__(self, site: Path, lang: str, published: str, paths: set[str]):
        self.lang, self._site, self._published = lang, site, published.rstrip("/")
        self._keys = {page_url(path, lang): key(path) for path in paths}

    def link(self, article: html.HtmlElement, url: str, own: str) -> list[str]:
        """Sets ids and links of ARTICLE, the page at URL with key OWN; returns the addresses that lead nowhere."""
        wrong = []
        for element in article.iter():
            if isinstance(element.tag, str) and not element.tag.startswith("{") and element.get("id"):
                element.set("id", f"{own}--{_name(element.get('id'))}")
        for link in article.iter("a"):
            if (target := link.get("href")) is None:
                continue
            parts = urlsplit(urljoin(_HOST + url, target))
            path, anchor = re.sub(r"index\.html$", "", unquote(parts.path)), _name(unquote(parts.fragment))
            if f"{parts.scheme}://{parts.netloc}" != _HOST:
                link.set("class", "external")
            elif path in self._keys:
                link.set("href", f"#{self._keys[path]}" + (f"--{anchor}" if anchor else ""))
            elif (self._site / path.lstrip("/")).exists():
                link.set("href", self._published + parts.path + (f"#{parts.fragment}" if parts.fragment else ""))
                link.set("class", "external outside")
            else:
                wrong.append(target)
        return wrong


def _name(anchor: str) -> str:
    """ANCHOR as an XML name: a colon would be a namespace."""
    return anchor.replace(":", "-")
