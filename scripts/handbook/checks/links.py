"""Every reference inside a built site leads somewhere: pages, anchors, files, styles, languages, ids."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from handbook.builtsite import Document, Site
from handbook.loading import Finding

# The attributes in which an element holds an address.
ADDRESSES = {
    "a": ["href"], "area": ["href"], "link": ["href"], "img": ["src", "srcset"], "script": ["src"], "iframe": ["src"],
    "source": ["src", "srcset"], "video": ["src", "poster"], "audio": ["src"], "track": ["src"], "object": ["data"], "embed": ["src"],
    "form": ["action"], "use": ["href", "xlink:href"], "image": ["href", "xlink:href"], "input": ["src"], "button": ["formaction"],
    "blockquote": ["cite"], "q": ["cite"],
}  # fmt: skip
IDREFS = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-flowto",
    "headers",
    "list",
    "form",
)
_UNRENDERED = re.compile(r"\[\^[\w:.-]+\]|\]\([^)\s]*\)|\{ ?[#.][\w-]+[^}]*\}|!!! |\?\?\? |<!-- handbook:|\{\{|\}\}|\{%")
_CSS_URL = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")
_SKIPPED = ("script", "style", "code", "pre", "template")
_ALL_BUT_LINKS = [tag for tag in ADDRESSES if tag != "a"]
_IDS = etree.XPath("//@id", smart_strings=False)
_REFERRED = etree.XPath(" | ".join(f"//@{name}" for name in IDREFS), smart_strings=False)
# Most links that are not beyond doubt lead out of the site or into the other language.
_MARKED_LINKS = etree.XPath("//a[@hreflang or contains(@href, ':')]")
_TEXT = etree.XPath("string()", smart_strings=False)
# XPath knows four kinds of white space, Python all of them.
_SPACES = "".join(chr(code) for code in (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
_UNNAMED = etree.XPath(f"//a[@href != ''][translate(normalize-space(.), '{_SPACES}', '') = '']")


def check_site(site: Site) -> list[Finding]:
    """Every finding on SITE, sorted."""
    return sorted({finding for one in (_references, _ids, _styles, _texts, _redirects, _twins, _orphans) for finding in one(site)})


def is_missing_page(path: str) -> bool:
    """Whether the page at PATH is what a host answers for a missing one: served at any address, so its links are absolute."""
    return path.rpartition("/")[2] == "404.html"


def _references(site: Site) -> Iterator[Finding]:
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


def _ids(site: Site) -> Iterator[Finding]:
    """An id must be used once on a page, and whatever refers to an id must find it."""
    for document in site.pages.values():
        ids = _IDS(document.root)
        referred = {wanted for names in _REFERRED(document.root) for wanted in names.split()}
        if len(set(ids)) == len(ids) and not any(its_id.split() != [its_id] for its_id in ids) and referred <= document.ids.keys():
            continue
        for element in document.root.iter():
            if not isinstance(element.tag, str):
                continue
            if (its_id := element.get("id")) is not None and (document.ids[its_id] > 1 or not its_id or re.search(r"\s", its_id)):
                yield Finding(
                    document.path, element.sourceline or 1, "id-once", f"The id {its_id!r} must be one word, used once. Rename one."
                )
            for name in IDREFS:
                for wanted in (element.get(name) or "").split():
                    if wanted not in document.ids:
                        message = f"{name} must name an id of the page, not {wanted!r}. Correct it."
                        yield Finding(document.path, element.sourceline or 1, "id-reference", message)


def _styles(site: Site) -> Iterator[Finding]:
    """What a style sheet fetches must be a file of the site."""
    for path in sorted(site.files):
        if path.endswith(".css"):
            text = (site.root / path).read_text("utf-8")
            for match in _CSS_URL.finditer(text):
                address = (match[1] or match[2]).strip()
                if urlsplit(address).scheme or address.startswith("//") or site.target(path, address)[0] is None:
                    line = text.count("\n", 0, match.start()) + 1
                    yield Finding(path, line, "style-address", f"{address} must be a file of the site. Correct it or bring it in.")


def _texts(site: Site) -> Iterator[Finding]:
    """No Markdown may be left unrendered, and a link must have a text or a name."""
    for document in site.pages.values():
        for article in document.root.iter("article"):
            if not _UNRENDERED.search(_TEXT(article)):
                continue
            for element in article.iter():
                if not isinstance(element.tag, str) or element.tag in _SKIPPED or _inside(element, _SKIPPED):
                    continue
                for text in (element.text, *(child.tail for child in element)):
                    if text and (match := _UNRENDERED.search(text)):
                        yield Finding(
                            document.path,
                            element.sourceline or 1,
                            "unrendered",
                            f"{match[0]!r} must not be left as text. Mend the Markdown.",
                        )
        for link in _UNNAMED(document.root):
            if not _name(link):
                yield Finding(
                    document.path,
                    link.sourceline or 1,
                    "link-name",
                    f"The link {link.get('href')} must have a text. Add one, or aria-label.",
                )


def _inside(element: html.HtmlElement, tags: tuple[str, ...]) -> bool:
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


def _name(link: html.HtmlElement) -> str:
    images = [image.get("alt") or "" for image in link.iter("img")]
    titles = [title.text or "" for title in link.iter("title")]
    return " ".join([link.text_content(), link.get("aria-label") or "", link.get("title") or "", *images, *titles]).strip()


def _redirects(site: Site) -> Iterator[Finding]:
    """A redirect must lead to a page that is there."""
    for document in site.pages.values():
        if (
            (target := document.refresh) is not None
            and not urlsplit(target).scheme
            and site.target(document.path, target)[0] not in site.pages
        ):
            yield Finding(document.path, 1, "redirect-target", f"The redirect must lead to a page, not to {target!r}. Correct it.")


def _twins(site: Site) -> Iterator[Finding]:
    """Every page must exist in every language and point to its twins."""
    for path, document in site.pages.items():
        if is_missing_page(path) or document.refresh is not None:
            continue
        bare = path.removeprefix(f"{site.language(path)}/") if site.language(path) != site.languages[0] else path
        for language in site.languages:
            twin = bare if language == site.languages[0] else f"{language}/{bare}"
            if twin not in site.pages:
                yield Finding(path, 1, "twin-missing", f"The page must exist in {language}. Add {twin}.")
        if document.root.get("lang") != site.language(path):
            yield Finding(path, 1, "page-language", f"The page must say lang={site.language(path)!r}. Correct it.")


def _orphans(site: Site) -> Iterator[Finding]:
    """Every page must be reachable by links from the home page."""
    seen: set[str] = set()
    todo = ["index.html"]
    while todo:
        path = todo.pop()
        if path in seen or path not in site.pages:
            continue
        seen.add(path)
        document = site.pages[path]
        todo.extend(plain[0] for plain in site.plain_links(document).values() if plain)
        unclear = [address for address, plain in site.plain_links(document).items() if not plain]
        for address in [*unclear, *([document.refresh] if document.refresh else [])]:
            if not urlsplit(address).scheme and (file := site.target(path, address)[0]):
                todo.append(file)
    for path in sorted(set(site.pages) - seen):
        if site.pages[path].refresh is None and not is_missing_page(path):
            yield Finding(path, 1, "page-orphan", "The page must be reachable from the home page. Link to it.")


def _split_srcset(value: str) -> list[str]:
    return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
