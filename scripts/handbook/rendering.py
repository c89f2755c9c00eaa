"""Fills the marked places of a page from the fragments in overrides/fragments: data in, HTML or Markdown out."""

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from handbook import pace, quiz, relations, releases, wording
from handbook.addresses import address, relative, site_root
from handbook.charts import Charts
from handbook.checks import coverage
from handbook.citing import with_footnotes
from handbook.content import Handbook
from handbook.exports import OpenData
from handbook.lifting import Lifted
from handbook.made import compiled_templates
from handbook.model import LANGUAGES, Question
from handbook.model.base import sort_key
from handbook.pages import MARKER, Page
from handbook.places import paragraph_anchor, section_anchor
from handbook.reading_aids.backlinks import Backlinks

FRAGMENTS = "overrides/fragments"
_NESTING = re.compile(r"<\w+[^>]*\smarkdown[\s=>]")


class Renderer:
    """Renders the marked places and citations of pages; holds no state but the handbook and its compiled fragments."""

    def __init__(self, book: Handbook, data: OpenData):
        self.book, self._data = book, data

    @cached_property
    def _jinja(self) -> Environment:
        jinja = Environment(
            loader=FileSystemLoader(self.book.root / FRAGMENTS),
            bytecode_cache=compiled_templates(self.book.root),
            undefined=StrictUndefined,
            autoescape=lambda name: name is not None and name.endswith(".html.j2"),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        jinja.globals.update(
            book=self.book,
            data=self._data,
            coverage=coverage.summary,
            relations=relations,
            backlinks={lang: Backlinks(self.book, lang) for lang in LANGUAGES},
            releases=releases,
            quiz=quiz,
            charts=Charts(self.book),
            sort_key=sort_key,
            paragraph_anchor=paragraph_anchor,
            section_anchor=section_anchor,
        )
        return jinja

    def markdown(self, page: Page, body: str, lifted: Lifted | None = None) -> str:
        """BODY of PAGE with its marked places filled and its citations defined; LIFTED takes what is HTML already past Markdown."""

        # A place inside HTML that holds Markdown is left to Markdown.
        lifts = lifted is not None and not _NESTING.search(body)

        def filled(match: re.Match) -> str:
            text = self.fill(match[1], match[2].split(), page)
            return lifted.blocks(text, body[match.end() + 1 :].partition("\n")[0]) if lifts else text

        return with_footnotes(self.book, MARKER.sub(filled, body), page.path, page.lang, lifted)

    def fill(self, name: str, arguments: list[str], page: Page) -> str:
        """The text of the marked place NAME on PAGE."""
        path = next(p for p in (f"{name}.md.j2", f"{name}.html.j2") if (Path(self._jinja.loader.searchpath[0]) / p).exists())
        words = {key: text[page.lang] for key, text in self.book.labels.groups.get(f"in-{name}", {}).items()}
        text = self._jinja.get_template(path).render(page=page, arguments=arguments, L=page.lang, word=words, **self._helpers(page))
        # A blank line would end the raw HTML for the Markdown parser.
        return text if path.endswith(".md.j2") else "\n".join(line for line in text.splitlines() if line.strip())

    def _helpers(self, page: Page) -> dict[str, Any]:
        lang, book = page.lang, self.book

        up = site_root(page.path) + ("" if lang == LANGUAGES[0] else "../")

        def link(path: str, anchor: str = "") -> str:
            return relative(page.path, path, anchor)

        def elsewhere(other: str, path: str) -> str:
            down = "" if other == LANGUAGES[0] else f"{other}/"
            return f"{up}{down}{address(path)}"

        def cite(keys: Iterable[str]) -> Markup:
            links = []
            for key in dict.fromkeys(keys):
                source, _, at = key.partition(":")
                href = link(f"sources/{source}.md", paragraph_anchor(at))
                links.append(f'<a class="hb-cite" href="{href}">{escape(wording.citation(book, key, lang))}</a>')
            return Markup('<span class="hb-cites">' + " · ".join(links) + "</span>") if links else Markup("")

        def instrument_link(instrument_id: str) -> Markup:
            instrument = book.instruments[instrument_id]
            path = f"instruments/{instrument_id}.md"
            href = link(path) if (lang, path) in book.pages else link("instruments/index.md", instrument_id)
            return Markup(f'<a href="{href}">{escape(instrument.name[lang])}</a>')

        def page_link(path: str) -> Markup:
            return Markup(f'<a href="{link(path)}">{escape(book.pages[lang, path].front.title)}</a>')

        def question(it: Question, prefix: str) -> Markup:
            text = self._jinja.get_template("question.html.j2").render(it=it, prefix=prefix, L=lang, **helpers)
            return Markup("\n".join(line for line in text.splitlines() if line.strip()))

        helpers = {
            "link": link,
            "elsewhere": elsewhere,
            "root": up,
            "cite": cite,
            "instrument_link": instrument_link,
            "page_link": page_link,
            "label": lambda group, key: book.labels(group, key, lang),
            "when": lambda date: wording.date(book, date, lang),
            "amount": lambda one: wording.amount(book, one, lang),
            "figure": lambda one: wording.figure(book, one, lang),
            "paper": lambda number: wording.paper(book, number, lang),
            "number": lambda value: wording.number(str(value), lang),
            "minutes": lambda step: pace.step_minutes(book, step, lang),
            "phase_minutes": lambda phase: pace.phase_minutes(book, phase, lang),
            "question_minutes": lambda ids: pace.question_minutes(book, ids, lang),
            "question": question,
        }
        return helpers
