"""Every citation as a snippet, so that an editor of pages completes its key and sees what the paragraph says."""

import json
from pathlib import Path

from handbook.citing import paragraphs
from handbook.content import Handbook


def write_snippets(book: Handbook, target: Path) -> int:
    """Writes every paragraph of BOOK for VS Code into TARGET, told by its gist: as a footnote for pages, and as a key for data.

    Returns how many paragraphs there are.
    """
    snippets, found = {}, list(paragraphs(book, (), "nl"))
    for key, gist in found:
        for scope, text, name in (("markdown", f"[^{key}]", key), ("yaml", f'"{key}"', f"{key} (cite)")):
            snippets[name] = {"scope": scope, "prefix": [text, key], "body": text, "description": gist}
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(snippets, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return len(found)
