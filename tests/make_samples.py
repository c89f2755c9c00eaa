"""Makes a sample of each kind of file from the handbook ROOT and its built SITE into OUT; test_book runs it under other skies."""

import datetime
import sys
from pathlib import Path

from handbook.book.answers import set_answers_apart
from handbook.book.assemble import assemble
from handbook.book.epub import write_epub
from handbook.book.folder import write_folder
from handbook.book.parts import parts_of
from handbook.book.pdf import book_pdfs, cover_picture
from handbook.book.press import Press
from handbook.book.sheets import sheets
from handbook.edition import Edition
from handbook.loader import load_handbook
from handbook.model import LANGUAGES
from handbook.reading_aids.dates import Changes

root, site, out = map(Path, sys.argv[1:4])
lang, seconds, commit = sys.argv[4:]
book, when = load_handbook(root), Edition(datetime.datetime.fromtimestamp(int(seconds), datetime.UTC), commit)
name = book.labels("book", "file", LANGUAGES[0])
write_folder(site, root, when, name, out / "site.zip")
tree = assemble(book, site, lang)
set_answers_apart(book, tree)
with Press(root) as press:
    (out / "sheet.pdf").write_bytes(next(content for _, content in sheets(book, lang, Changes(book, when), press)))
    write_epub(book, tree, when, cover_picture(book, tree, when, press), out / "book.epub")
    for name, content in book_pdfs(book, tree, parts_of(book, tree), when, press).items():
        (out / f"{name}.pdf").write_bytes(content)
