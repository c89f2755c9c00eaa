"""Every citation as a snippet, so that an editor of pages completes its key and sees what the paragraph says."""

import json
from pathlib import Path

from handbook.citing import paragraphs
from handbook.content import Handbook


def write_snippets(book: Handbook, target: Path) -> int:
    """Writes every paragraph of BOOK as a snippet for VS Code into TARGET, chosen by its key, told by its gist; returns how many."""
    snippets = {
        key: {"scope": "markdown", "prefix": f"[^{key}]", "body": f"[^{key}]", "description": gist}
        for key, gist in paragraphs(book, (), "nl")
    }
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(snippets, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return len(snippets)
