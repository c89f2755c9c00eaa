"""Citations in pages: footnotes whose text is derived from the register."""

import posixpath
from collections.abc import Iterable, Iterator

from handbook.content import Handbook
from handbook.pages import CITATION
from handbook.places import paragraph_anchor
from handbook.wording import citation


def with_footnotes(book: Handbook, markdown: str, path: str, lang: str) -> str:
    """MARKDOWN of page PATH with a footnote definition for every citation key that it uses."""
    keys = list(dict.fromkeys(CITATION.findall(markdown)))
    notes = [f"[^{key}]: {_note(book, key, path, lang)}" for key in keys if key in book.paragraphs]
    return markdown + "\n\n" + "\n".join(notes) + "\n" if notes else markdown


def paragraphs(book: Handbook, words: Iterable[str], lang: str) -> Iterator[tuple[str, str]]:
    """(key, gist in LANG) of every paragraph whose gist, key or figures hold each of WORDS; capitals do not count."""
    wanted = [word.casefold() for word in words]
    for key, paragraph in book.paragraphs.items():
        gist = (paragraph.gist or paragraph.omitted or {lang: ""})[lang]
        text = " ".join([key, gist, *paragraph.figures]).casefold()
        if all(word in text for word in wanted):
            yield key, gist


def _note(book: Handbook, key: str, path: str, lang: str) -> str:
    source_id, _, at = key.partition(":")
    source, paragraph = book.sources[source_id], book.paragraphs[key]
    section = next(s for s in source.sections if s.id == paragraph.section)
    link = posixpath.relpath(f"sources/{source_id}.md", posixpath.dirname(path) or ".")
    title = f" {section.title[lang]}." if section.title else ""
    gist = f' <span class="hb-gist">{paragraph.gist[lang]}</span>' if paragraph.gist else ""
    return f"[{citation(book, key, lang)}]({link}#{paragraph_anchor(at)}).{title}{gist}"
