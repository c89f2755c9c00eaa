"""Every address on a built site leads to something that is there: a page in the same language, an anchor, a file."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from handbook.builtsite import Document, Site, is_missing_page
from handbook.loading import Finding

# The attributes in which an element holds an address.
ADDRESSES = {
    "a": ["href"], "area": ["href"], "link": ["href"], "img": ["src", "srcset"], "script": ["src"], "iframe": ["src"],
    "source": ["src", "srcset"], "video": ["src", "poster"], "audio": ["src"], "track": ["src"], "object": ["data"], "embed": ["src"],
    "form": ["action"], "use": ["href", "xlink:href"], "image": ["href", "xlink:href"], "input": ["src"], "button": ["formaction"],
    "blockquote": ["cite"], "q": ["cite"],
}  # fmt: skip
_ALL_BUT_LINKS = [tag for tag in ADDRESSES if tag != "a"]
# Most links that are not beyond doubt lead out of the site or into the other language.
_MARKED_LINKS = etree.XPath("//a[@hreflang or contains(@href, ':')]")


def references(site: Site) -> Iterator[Finding]:
    """Every address must lead to something that is there, in the same language, by a relative path."""
    for document in site.pages.values():
        doubtful = {address for address, to in site.plain_links(document).items() if not _is_sound(site, document, to)}
        links = _MARKED_LINKS(document.root)
        if not doubtful <= {link.get("href") for link in links}:
            links = document.root.iter("a")
        for element in (*document.root.iter(*_ALL_BUT_LINKS), *links):
            for name in ADDRESSES[element.tag]:
                if (value := element.get(name)) is None or (element.tag == "a" and value not in doubtful):
                    continue
                if element.tag != "a" and _is_plain_file(site, document, value):
                    continue
                for address in _split_srcset(value) if name == "srcset" else [value]:
                    yield from _reference(site, document, element, address)
        for meta in document.root.iter("meta"):
            if (meta.get("property") or meta.get("name") or "") in ("og:image", "og:url", "twitter:image"):
                yield from _reference(site, document, meta, meta.get("content") or "")


def _is_plain_file(site: Site, document: Document, address: str) -> bool:
    """Whether ADDRESS on DOCUMENT leads to a file that is no page."""
    file, anchor = site.plain_target(document.path, address) or (None, "")
    return file is not None and not anchor and file not in site.pages


def _is_sound(site: Site, document: Document, to: tuple[str, str] | None) -> bool:
    """Whether a link of DOCUMENT that leads TO (file, anchor) is right beyond doubt: a shortcut past `_reference`, for the many."""
    file, anchor = to or (None, "")
    if file not in site.pages:
        return file is not None and not anchor
    target = site.pages[file]
    if (anchor and anchor not in target.ids) or target.refresh is not None:
        return False
    return site.language(file) == site.language(document.path)


def _reference(site: Site, document: Document, element: html.HtmlElement, address: str) -> Iterator[Finding]:
    def found(rule: str, must: str) -> Finding:
        return Finding(document.path, element.sourceline or 1, rule, f"{address or 'the address'} {must}")

    page = document.path
    if not address.strip():
        yield found("link-empty", "must not be empty. Give it a target or remove it.")
        return
    if address != address.strip() or re.search(r"\s", address):
        yield found("link-space", "must hold no space. Write %20, or rename the file.")
        return
    scheme = urlsplit(address).scheme
    if address.startswith(site.address) or address == site.address.rstrip("/"):
        address = (site.base if site.base != "/" else "/") + address[len(site.address) :]
    elif scheme or address.startswith("//"):
        yield from _outside(found, element, address, scheme)
        return
    elif address.startswith("/") and not is_missing_page(page):
        yield found("link-absolute", "must be relative, so that the site works under any root. Correct it.")
    file, anchor = site.target(page, address)
    if file is None:
        if (near := site.right_case(page, address)) is not None:
            yield found("link-case", f"must be written as the file is: {near}. Correct the case.")
        else:
            yield found(
                "link-source" if urlsplit(address).path.endswith(".md") else "link-missing", "must lead to a file of the site. Correct it."
            )
        return
    if file in site.pages:
        yield from _on_page(site, document, element, file, anchor, found)
    elif anchor and element.tag != "use" and not (file.endswith(".pdf") and re.fullmatch(r"page=[1-9]\d*", anchor)):
        yield found("link-anchor", "must not carry an anchor, unless #page=1 of a PDF: the target is no page. Remove it.")
    elif anchor and element.tag == "use" and f'id="{anchor}"' not in (site.root / file).read_text("utf-8"):
        yield found("link-anchor", f"must lead to an id of {file}. Correct it.")


def _on_page(
    site: Site, document: Document, element: html.HtmlElement, file: str, anchor: str, found: Callable[[str, str], Finding]
) -> Iterator[Finding]:
    target = site.pages[file]
    if anchor and anchor != "top" and not anchor.startswith(":~:") and anchor not in target.ids:
        yield found("link-anchor", f"must lead to an id of {file}. Correct it.")
    if element.tag != "a":
        if element.tag == "link" and "alternate" in (element.get("rel") or "") and (wanted := element.get("hreflang")) in site.languages:
            if site.language(file) != wanted:
                yield found("alternate-language", f"must lead to a page in {wanted}. Correct hreflang or address.")
        elif element.tag == "link" and element.get("rel") == "canonical" and file != document.path:
            yield found("canonical", f"must be the page itself, {document.path}. Correct it.")
        return
    if target.refresh is not None:
        yield found("link-redirect", "must lead to the page itself, not to a redirect. Use the new address.")
    if site.language(file) != site.language(document.path) and element.get("hreflang") is None and not is_missing_page(document.path):
        yield found("link-language", f"must stay in {site.language(document.path)}, or carry hreflang. Correct it.")


def _outside(found: Callable[[str, str], Finding], element: html.HtmlElement, address: str, scheme: str) -> Iterator[Finding]:
    embeds = element.tag not in ("a", "area", "link", "blockquote", "q") or (element.tag == "link" and not _is_pointer(element))
    if scheme == "mailto":
        if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", unquote(urlsplit(address).path)):
            yield found("link-mail", "must hold an e-mail address. Correct it.")
    elif scheme in ("http", "") or address.startswith("//"):
        yield found("link-insecure", "must begin with https://. Correct it.")
    elif scheme == "https":
        if embeds:
            yield found("resource-external", "must be a file of the site: nothing is fetched from elsewhere. Bring it in.")
        elif not re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", urlsplit(address).netloc):
            yield found("link-host", "must name a host. Correct it.")
    elif scheme not in ("tel", "data"):
        yield found("link-scheme", "must use https, mailto or tel. Correct it.")


def _is_pointer(element: html.HtmlElement) -> bool:
    return bool(set((element.get("rel") or "").split()) & {"canonical", "alternate", "author", "license", "prev", "next", "describedby"})


def _split_srcset(value: str) -> list[str]:
    return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
