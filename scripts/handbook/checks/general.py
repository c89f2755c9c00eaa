"""What the sources do not say stands in marked boxes, each with the official page it was checked against and the day."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from handbook.content import Handbook
from handbook.figures import figures
from handbook.loading import Finding
from handbook.pages import Page

# Whose explanations count: government, parliament, the Court of Audit and the European Union.
OFFICIAL = (
    "overheid.nl", "rijksoverheid.nl", "government.nl", "officielebekendmakingen.nl", "tweedekamer.nl", "houseofrepresentatives.nl",
    "eerstekamer.nl", "rijksfinancien.nl", "rekenkamer.nl", "rvo.nl", "europa.eu",
)  # fmt: skip
_ADDRESS = re.compile(r"\]\((https://[^)\s]+)\)")
_INSIDE = "    "


def boxes(book: Handbook) -> Iterator[Finding]:
    """A box of general knowledge must end with an official address and the day on which it was read."""
    title = book.labels.groups.get("learn", {}).get("general")
    for page in book.wanted_pages() if title else ():
        for block in page.blocks:
            if block.kind == "admonition" and f'"{title[page.lang].rstrip(".")}"' in block.text and not _is_grounded(page, block.line):
                message = "The box must end with an official address and the day on which it was read. Add the line, or cite a source."
                yield Finding(page.shown, block.line, "general-knowledge", message)


def _is_grounded(page: Page, line: int) -> bool:
    """Whether the last line of the box at LINE of PAGE links to an official page and gives a whole date."""
    last = _last(page, line)
    hosts = [urlsplit(address).hostname or "" for address in _ADDRESS.findall(last)]
    official = any(host == one or host.endswith(f".{one}") for host in hosts for one in OFFICIAL)
    return official and any(
        figure.is_date and not figure.value.startswith("-") and figure.value.count("-") == 2 for figure in figures(last, page.lang)
    )


def _last(page: Page, line: int) -> str:
    """The last line of text inside the box whose title stands at LINE."""
    last = ""
    for text in page.body.splitlines()[line - page.first_line + 1 :]:
        if text.strip() and not text.startswith(_INSIDE):
            break
        last = text.strip() or last
    return last
