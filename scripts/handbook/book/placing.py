"""Lays the book's files into a built site: under downloads/, on the downloads page, and as a choice on every page."""

import json
import os
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.book.manifest import NAME
from handbook.book.order import order, parts
from handbook.content import Handbook
from handbook.model import LANGUAGES
from handbook.wording import date

FOLDER = "downloads"
SUMS = "SHA256SUMS"
_PLACE = re.compile(r"(<!--placed (\w+) (\w+) (\S+?)-->).*?(<!--/placed-->)", re.DOTALL)


def place(book: Handbook, dist: Path, site: Path) -> None:
    """Copies what DIST's manifest names into SITE and fills the marked places of its pages; done twice, it changes nothing more."""
    rows = json.loads((dist / NAME).read_text("utf-8"))["files"]
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    for name in [row["file"] for row in rows] + [NAME]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dist / name, folder / name)
    (folder / SUMS).write_text("".join(f"{row['sha256']}  {row['file']}\n" for row in rows), "utf-8")
    offers = {lang: _Offer(book, lang, rows) for lang in LANGUAGES}
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        root = os.path.relpath(site, page.parent).replace(os.sep, "/") + "/"

        def filled(match: re.Match, root: str = root) -> str:
            return match[1] + getattr(offers[match[3]], match[2])(match[4], root) + match[5]

        changed = _PLACE.sub(filled, text)
        if changed != text:
            page.write_text(changed, "utf-8")


class _Offer:
    """What the files ROWS offer the readers of LANG."""

    def __init__(self, book: Handbook, lang: str, rows: list[dict]):
        self._lang, self._labels = lang, book.labels
        own = [self._told(book, row) for row in rows if lang in row["language"]]
        self._parts = {row.what.removeprefix("part/"): row for row in own if row.what.startswith("part/")}
        self._sheets = {row.what: row for row in own if row.what.startswith("instruments/")}
        self._main = {row.what if row.format != "epub" else "epub": row for row in own if row.what in ("book", "site")}
        self._part_of = {entry.path: part[0].name for part in parts(order(book, lang)) for entry in part if entry.path}
        jinja = Environment(
            loader=FileSystemLoader(book.root / "overrides/book"),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        jinja.globals.update(labels=book.labels, lang_code=lang)
        self._offline, self._downloads = jinja.get_template("offline.html.j2"), jinja.get_template("downloads.html.j2")

    def offline(self, path: str, root: str) -> str:
        """The choice on page PATH, from which the site's root is at ROOT."""
        made = {
            "sheet": self._sheets.get(path.removesuffix(".md")),
            "at": self._main["book"].starts.get(path),
            "part": self._parts.get(self._part_of.get(path, "")),
            "book": self._main["book"],
            "epub": self._main["epub"],
            "folder": self._main["site"],
        }
        return self._offline.render(path=path, root=root, made=made)

    def downloads(self, path: str, root: str) -> str:
        """The tables of the downloads page PATH, from which the site's root is at ROOT."""
        files = {
            "book": [self._main[kind] for kind in ("book", "epub", "site")],
            "part": list(self._parts.values()),
            "sheet": sorted(self._sheets.values(), key=_by_name),
        }
        return self._downloads.render(path=path, root=root, files=files)

    def _told(self, book: Handbook, row: dict) -> SimpleNamespace:
        """ROW of the manifest as a reader is told it."""
        digits = 1 if row["bytes"] < 10_000_000 else 0
        size = row["bytes"] / 1_000_000
        shown = f"{format_decimal(round(size, digits), locale=self._lang)} MB" if size >= 1 else f"{max(1, round(size * 1000))} kB"
        more = {"size": shown, "date_text": date(book, row["date"], self._lang), "name": self._name(book, row)}
        return SimpleNamespace(**{"pages": None, "starts": {}} | row | more)

    def _name(self, book: Handbook, row: dict) -> str:
        kind, _, its_id = row["what"].partition("/")
        if kind == "instruments":
            return book.instruments[its_id].name[self._lang]
        if kind == "part":
            return row["title"]
        return self._labels("offline", f"whole-{'epub' if row['format'] == 'epub' else kind}", self._lang)


def _by_name(row: SimpleNamespace) -> str:
    return row.name.casefold()
