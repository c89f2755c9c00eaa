"""A plain Markdown twin of every page with its citations resolved, and llms.txt that lists them."""

import posixpath
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from handbook.addresses import address as page_address
from handbook.citing import keys_of
from handbook.content import Handbook
from handbook.exports import Export
from handbook.exports.plain import plain
from handbook.model import LANGUAGES
from handbook.pages import CITATION, MARKER, Page
from handbook.places import paragraph_anchor
from handbook.rendering import Renderer
from handbook.wording import citation

# Places whose content only a built book has.
UNFILLED = ("books",)


def exports(book: Handbook, renderer: Renderer, address: str) -> Iterator[Export]:
    """One Markdown file a page, its marked places filled by RENDERER."""
    for page in book.pages.values():
        yield Export(f"text/{page.lang}/{page.path}", "text/markdown", "pages", page.lang, twin(book, renderer, page, address).encode())


def twin(book: Handbook, renderer: Renderer, page: Page, address: str) -> str:
    """PAGE as Markdown that stands by itself: its own address on top, `(Visie 2020, 5.2.8)` for a citation, what they say at the end."""
    root = address if page.lang == LANGUAGES[0] else f"{address}{page.lang}/"
    own = f"{root}{page_address(page.path)}"

    def resolve(target: str) -> str:
        """TARGET, a page by its file or its address, in full."""
        parts = urlsplit(target)
        if not parts.scheme and parts.path.endswith(".md"):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), parts.path))
            target = f"{root}{page_address(path)}" + (f"#{parts.fragment}" if parts.fragment else "")
        return urljoin(own, target)

    body = MARKER.sub(lambda match: "" if match[1] in UNFILLED else renderer.fill(match[1], match[2].split(), page), page.body)
    body = CITATION.sub(lambda match: f" ({citation(book, match[1], page.lang)})" if match[1] in book.paragraphs else "", body)
    return "\n\n".join([own, plain(body, resolve), *_notes(book, page, root)]) + "\n"


def _notes(book: Handbook, page: Page, root: str) -> list[str]:
    """What the paragraphs say that the text of PAGE cites."""
    lines = []
    for key in keys_of(book, page.body):
        source, _, at = key.partition(":")
        gist = book.paragraphs[key].gist
        where = f"{root}{page_address(f'sources/{source}.md')}#{paragraph_anchor(at)}"
        lines.append(f"- [{citation(book, key, page.lang)}]({where}): {gist[page.lang] if gist else ''}".rstrip(": "))
    return [f"## {book.labels('book', 'notes', page.lang)}", "\n".join(lines)] if lines else []


def overview(book: Handbook, address: str) -> Export:
    """llms.txt: what the handbook is and where each page's text stands."""
    lines = [f"# {book.labels('export', 'handbook', 'en')}", "", f"> {book.labels('export', 'about', 'en')}"]
    for lang in LANGUAGES:
        lines += ["", f"## {book.labels('export', 'language', lang)}", ""]
        for (its_lang, path), page in sorted(book.pages.items()):
            if its_lang == lang:
                lines.append(f"- [{page.front.title}]({address}data/text/{lang}/{path}): {page.front.description}")
    return Export("llms.txt", "text/plain", "pages", "", ("\n".join(lines) + "\n").encode())
