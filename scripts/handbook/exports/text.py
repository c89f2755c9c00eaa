"""A plain Markdown twin of every page with its citations resolved, and llms.txt that lists them."""

from collections.abc import Iterator

from handbook.addresses import address as page_address
from handbook.content import Handbook
from handbook.exports import Export
from handbook.model import LANGUAGES
from handbook.pages import CITATION, MARKER, Page
from handbook.wording import citation


def exports(book: Handbook, address: str) -> Iterator[Export]:
    """One Markdown file a page, and llms.txt."""
    for page in book.pages.values():
        yield Export(f"text/{page.lang}/{page.path}", "text/markdown", "pages", page.lang, twin(book, page, address).encode())
    yield Export("llms.txt", "text/plain", "pages", "", overview(book, address).encode())


def twin(book: Handbook, page: Page, address: str) -> str:
    """PAGE as Markdown that stands by itself: `(Visie 2020, 5.2.8)` for a citation, the page's own address on top."""
    body = MARKER.sub("", page.body)
    body = CITATION.sub(lambda match: f" ({citation(book, match[1], page.lang)})" if match[1] in book.paragraphs else "", body)
    root = address if page.lang == "nl" else f"{address}{page.lang}/"
    return f"{root}{page_address(page.path)}\n\n{body.strip()}\n"


def overview(book: Handbook, address: str) -> str:
    """llms.txt: what the handbook is and where each page's text stands."""
    lines = [f"# {book.labels('export', 'handbook', 'en')}", "", f"> {book.labels('export', 'about', 'en')}"]
    for lang in LANGUAGES:
        lines += ["", f"## {book.labels('export', 'language', lang)}", ""]
        for (its_lang, path), page in sorted(book.pages.items()):
            if its_lang == lang:
                lines.append(f"- [{page.front.title}]({address}data/text/{lang}/{path}): {page.front.description}")
    return "\n".join(lines) + "\n"
