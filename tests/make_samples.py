"""Makes a sample of each kind of file from the handbook ROOT and its built SITE into OUT; test_book runs it under other skies."""

import sys
from pathlib import Path

from handbook.book.assemble import assemble
from handbook.book.epub import write_epub
from handbook.book.folder import write_folder
from handbook.book.making import make_selection
from handbook.book.pdf import cover_picture
from handbook.book.press import Press
from handbook.book.sheets import sheets
from handbook.content import load_handbook
from handbook.edition import edition

root, site, out = map(Path, sys.argv[1:4])
book, when = load_handbook(root), edition(root)
make_selection(book, site, when, "nl", tuple(sys.argv[4:]), out / "pack.pdf")
tree = assemble(book, site, "en")
with Press(root, when) as press:
    write_epub(book, tree, when, cover_picture(book, tree, when, press), out / "book.epub")
    (out / "sheet.pdf").write_bytes(next(content for _, content in sheets(book, "en", when, press)))
write_folder(site, root, when, "handbook", out / "site.zip")
