"""Every reference inside a built site leads somewhere, and nothing on it is left behind: ids, styles, texts, languages, orphans."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree, html

from handbook.builtpage import IDREFS, Page, unrendered
from handbook.builtsite import Met, Site, is_missing_page, steps_up
from handbook.checks.addresses import check_addresses
from handbook.loading import Finding

_CSS_URL = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")
_SKIPPED = ("script", "style", "code", "pre", "template")


def check_site(site: Site) -> list[Finding]:
    """Every finding on SITE, sorted."""
    return sorted({finding for one in (check_addresses, _ids, _styles, _texts, _redirects, _twins, _orphans) for finding in one(site)})


def _ids(site: Site) -> Iterator[Finding]:
    """An id must be used once on a page, and whatever refers to an id must find it."""
    for page in site.pages.values():
        if not page.ids_doubtful and not page.hidden:
            continue
        counts = Counter(page.root.xpath("//@id"))
        for element in page.root.iter(etree.Element):
            line = element.sourceline or 1
            if (its_id := element.get("id")) is not None and (counts[its_id] > 1 or its_id.split() != [its_id]):
                yield Finding(page.path, line, "id-once", f"The id {its_id!r} must be one word, used once. Rename one.")
            for name in IDREFS.intersection(element.keys()):
                for wanted in element.get(name).split():
                    if wanted not in page.ids and wanted not in counts:
                        yield Finding(page.path, line, "id-reference", f"{name} must name an id of the page, not {wanted!r}. Correct it.")


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
    for page in site.pages.values():
        if page.texts_doubtful or page.hidden:
            yield from _left_as_text(page)
            yield from _nameless(page)


def _left_as_text(page: Page) -> Iterator[Finding]:
    for article in page.root.iter("article"):
        for element in article.iter(etree.Element):
            if element.tag in _SKIPPED or _inside(element, _SKIPPED):
                continue
            for text in (element.text, *(child.tail for child in element)):
                if text and (left := unrendered(text)):
                    message = f"{left!r} must not be left as text. Mend the Markdown."
                    yield Finding(page.path, element.sourceline or 1, "unrendered", message)


def _nameless(page: Page) -> Iterator[Finding]:
    for link in page.root.iter("a"):
        if link.get("href") and not _name(link):
            message = f"The link {link.get('href')} must have a text. Add one, or aria-label."
            yield Finding(page.path, link.sourceline or 1, "link-name", message)


def _inside(element: html.HtmlElement, tags: tuple[str, ...]) -> bool:
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


def _name(link: html.HtmlElement) -> str:
    images = [image.get("alt") or "" for image in link.iter("img")]
    titles = [title.text or "" for title in link.iter("title")]
    return " ".join([link.text_content(), link.get("aria-label") or "", link.get("title") or "", *images, *titles]).strip()


def _redirects(site: Site) -> Iterator[Finding]:
    """A redirect must lead to a page that is there."""
    for path, page in site.pages.items():
        if (target := page.refresh) is not None and not urlsplit(target).scheme and site.target(path, target)[0] not in site.pages:
            yield Finding(path, 1, "redirect-target", f"The redirect must lead to a page, not to {target!r}. Correct it.")


def _twins(site: Site) -> Iterator[Finding]:
    """Every page must exist in every language and point to its twins."""
    for path, page in site.pages.items():
        if is_missing_page(path) or page.refresh is not None:
            continue
        bare = path.removeprefix(f"{site.language(path)}/") if site.language(path) != site.languages[0] else path
        for language in site.languages:
            twin = bare if language == site.languages[0] else f"{language}/{bare}"
            if twin not in site.pages:
                yield Finding(path, 1, "twin-missing", f"The page must exist in {language}. Add {twin}.")
        if page.language != site.language(path):
            yield Finding(path, 1, "page-language", f"The page must say lang={site.language(path)!r}. Correct it.")


def _orphans(site: Site) -> Iterator[Finding]:
    """Every page must be reachable by links from the home page."""
    left = {path for path, page in site.pages.items() if page.refresh is None and not is_missing_page(path)} - {"index.html"}
    todo, followed = deque(["index.html"] if "index.html" in site.pages else []), Met()
    seen = {"index.html"}
    # The pages nearest to home lead to most others, so that few need to be gone through.
    while todo and left:
        path = todo.popleft()
        page, here = site.pages[path], followed.on(path)
        for address in {*page.links, *page.marked, page.refresh or ""}.difference(*here):
            if address and address[0] != "#":
                here[min(steps_up(address), len(here) - 1)].add(address)
                file = site.target(path, address)[0]
                if file in site.pages and file not in seen:
                    seen.add(file)
                    left.discard(file)
                    todo.append(file)
    for path in sorted(left):
        yield Finding(path, 1, "page-orphan", "The page must be reachable from the home page. Link to it.")
