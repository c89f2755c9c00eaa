"""A page of a built site: what it holds, read by a fast parser that counts no lines, and its tree with lines where those are asked for."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from lxml import html
from selectolax.lexbor import LexborHTMLParser

# The attributes in which an element holds an address; that of a link is all but always its only one.
ADDRESSES = {
    "a": ["href"], "area": ["href"], "link": ["href"], "img": ["src", "srcset"], "script": ["src"], "iframe": ["src"],
    "source": ["src", "srcset"], "video": ["src", "poster"], "audio": ["src"], "track": ["src"], "object": ["data"], "embed": ["src"],
    "form": ["action"], "use": ["href", "xlink:href"], "image": ["href", "xlink:href"], "input": ["src"], "button": ["formaction"],
    "blockquote": ["cite"], "q": ["cite"],
}  # fmt: skip
# What a page shows of itself elsewhere.
_SHOWN = ("og:image", "og:url", "twitter:image")
# The attributes that name ids of the page.
IDREFS = frozenset(
    ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-flowto", "headers", "list", "form")
)
# An element with none of these attributes, as most are, leads nowhere and is led to by nothing.
_TELLING = IDREFS | {name for names in ADDRESSES.values() for name in names} | {"content", "name"}
_UNRENDERED = re.compile(r"\[\^[\w:.-]+\]|\]\([^)\s]*\)|\{ ?[#.][\w-]+[^}]*\}|!!! |\?\?\? |<!-- handbook:|\{\{|\}\}|\{%")
_SIGNS = ("[^", "](", "{", "}}", "!!! ", "??? ", "<!-- handbook:")

Attributes = Mapping[str, str | None]


class Reference(NamedTuple):
    """An ADDRESS in an element TAG, with what the element says of it."""

    tag: str
    address: str
    rel: str
    hreflang: str | None


def references(tag: str, attributes: Attributes) -> Iterator[Reference]:
    """Every address that an element TAG with ATTRIBUTES holds."""
    rel, hreflang = attributes.get("rel") or "", attributes.get("hreflang")
    if tag == "meta" and (attributes.get("property") or attributes.get("name")) in _SHOWN:
        yield Reference(tag, attributes.get("content") or "", rel, hreflang)
    for name in ADDRESSES.get(tag, ()):
        if name in attributes:
            value = attributes[name] or ""
            for address in _split_srcset(value) if name == "srcset" else [value]:
                yield Reference(tag, address, rel, hreflang)


def _split_srcset(value: str) -> list[str]:
    return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]


def unrendered(text: str) -> str | None:
    """The first Markdown in TEXT that was left as it is, if any."""
    # The few signs with which it begins are looked for fast; the pattern is tried at every letter.
    match = _UNRENDERED.search(text) if any(sign in text for sign in _SIGNS) else None
    return match[0] if match else None


class Page:
    """The page at PATH of a site, whose text is in FILE. What it tells without `root` is enough to say that nothing is wrong with it:

    `links` are the addresses of its links, `marked` of those that carry hreflang; `others` all other references; `ids` what an anchor
    may name; `refresh` the target of a redirect page; `language` what it says of itself; and `ids_doubtful`, `texts_doubtful` whether
    its ids or texts need a closer look. `hidden` says that it holds what the fast parser does not show.
    """

    def __init__(self, path: str, file: Path):
        self.path, self._file = path, file
        self.links: set[str] = set()
        self.marked: set[str] = set()
        self.others: set[Reference] = set()
        self.ids: set[str] = set()
        self.refresh: str | None = None
        self._read(LexborHTMLParser(file.read_bytes()))

    def _read(self, tree: LexborHTMLParser) -> None:
        """Takes in TREE in one pass, which is what a check of a whole site mostly costs."""
        ids: list[str] = []
        names: set[str] = set()
        referred: list[str] = []
        nameless: list[Attributes] = []
        for element in tree.css("*"):
            if not (attributes := element.attributes):
                continue
            if "id" in attributes:
                ids.append(attributes["id"] or "")
            if _TELLING.isdisjoint(attributes):
                continue
            if (tag := element.tag) == "a":
                if address := attributes.get("href"):
                    (self.marked if "hreflang" in attributes else self.links).add(address)
                    if not element.text().strip():
                        nameless.append(attributes)
                elif "href" in attributes:
                    self.links.add("")
                names.add(attributes.get("name") or "")
            else:
                self.others.update(references(tag, attributes))
                if tag == "meta" and self.refresh is None:
                    self.refresh = _refresh(attributes)
            for name in IDREFS & attributes.keys():
                referred += (attributes[name] or "").split()
        self.ids = {*ids, *names} - {""}
        # As many words as ids: none is empty or holds a space.
        self.ids_doubtful = not len(ids) == len(set(ids)) == len(" ".join(ids).split()) or not self.ids.issuperset(referred)
        nameless = [one for one in nameless if not any((one.get(name) or "").strip() for name in ("aria-label", "title"))]
        self.texts_doubtful = bool(nameless) or any(unrendered(article.text()) for article in tree.css("article"))
        self.language = tree.root.attributes.get("lang") if tree.root else None
        self.hidden = tree.css_first("template") is not None

    @cached_property
    def root(self) -> html.HtmlElement:
        """The page as a tree whose elements know their lines."""
        return html.document_fromstring(self._file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def _refresh(attributes: Attributes) -> str | None:
    """Where a meta element with ATTRIBUTES sends a reader on to, if it does."""
    if (attributes.get("http-equiv") or "").lower() != "refresh":
        return None
    match = re.search(r"url\s*=\s*['\"]?([^'\"]+)", attributes.get("content") or "", re.I)
    return match[1].strip() if match else ""
