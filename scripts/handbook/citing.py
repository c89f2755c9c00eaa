"""Citations in pages: footnotes whose text is derived from the register."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from handbook.addresses import relative
from handbook.content import Handbook
from handbook.lifting import Lifted
from handbook.pages import CITATION
from handbook.places import paragraph_anchor
from handbook.wording import citation

# What may mean something to Markdown; a note without any of it can be written as HTML at once.
_MEANT = re.compile(r"[\\`*_\[\]<>&!{}~^|]|://|  ")


def keys_of(book: Handbook, markdown: str) -> list[str]:
    """The registered citation keys that MARKDOWN uses, each once, in order."""
    return [key for key in dict.fromkeys(CITATION.findall(markdown)) if key in book.paragraphs]


def with_footnotes(book: Handbook, markdown: str, path: str, lang: str, lifted: Lifted | None = None) -> str:
    """MARKDOWN of page PATH with a footnote definition for every citation key that it uses; LIFTED takes the notes past Markdown."""
    notes = [f"[^{key}]: {_note(book, key, path, lang, lifted)}" for key in keys_of(book, markdown)]
    return markdown + "\n\n" + "\n".join(notes) + "\n" if notes else markdown


def paragraphs(book: Handbook, words: Iterable[str], lang: str) -> Iterator[tuple[str, str]]:
    """(key, gist in LANG) of every paragraph whose gist, key or figures hold each of WORDS; capitals do not count."""
    wanted = [word.casefold() for word in words]
    for key, paragraph in book.paragraphs.items():
        gist = (paragraph.gist or paragraph.omitted or {lang: ""})[lang]
        text = " ".join([key, gist, *paragraph.figures]).casefold()
        if all(word in text for word in wanted):
            yield key, gist


def _note(book: Handbook, key: str, path: str, lang: str, lifted: Lifted | None) -> str:
    source_id, _, at = key.partition(":")
    source, paragraph = book.sources[source_id], book.paragraphs[key]
    section = next(s for s in source.sections if s.id == paragraph.section)
    target, anchor = f"sources/{source_id}.md", paragraph_anchor(at)
    name = citation(book, key, lang)
    title = f" {section.title[lang]}." if section.title else ""
    gist = paragraph.gist[lang] if paragraph.gist else ""
    shown = f' <span class="hb-gist">{gist}</span>' if gist else ""
    if lifted and not _MEANT.search(name + title + gist):
        return lifted.inline(f'<a href="{relative(path, target, anchor)}">{name}</a>.{title}{shown}', target, anchor)
    link = posixpath.relpath(target, posixpath.dirname(path) or ".")
    return f"[{name}]({link}#{anchor}).{title}{shown}"
