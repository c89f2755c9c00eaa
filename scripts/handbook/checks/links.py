"""Every reference inside a built site leads somewhere, and nothing on it is left behind: ids, styles, texts, languages, orphans."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree, html

from handbook.builtsite import Site, is_missing_page
from handbook.checks.addresses import references
from handbook.loading import Finding

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
_IDS = etree.XPath("//@id", smart_strings=False)
_REFERRED = etree.XPath(" | ".join(f"//@{name}" for name in IDREFS), smart_strings=False)
_TEXT = etree.XPath("string()", smart_strings=False)
# XPath knows four kinds of white space, Python all of them.
_SPACES = "".join(chr(code) for code in (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
_UNNAMED = etree.XPath(f"//a[@href != ''][translate(normalize-space(.), '{_SPACES}', '') = '']")


def check_site(site: Site) -> list[Finding]:
    """Every finding on SITE, sorted."""
    return sorted({finding for one in (references, _ids, _styles, _texts, _redirects, _twins, _orphans) for finding in one(site)})


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
