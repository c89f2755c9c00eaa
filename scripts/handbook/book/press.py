"""The press: the Typst compiler with the book's typeface and nothing of the machine it runs on."""

import datetime
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import pikepdf
import typst

from handbook.book.keeping import Keeper
from handbook.book.typefaces import characters, typefaces
from handbook.loading import BadInput, Finding

TEMPLATES = "overrides/book"
STANDARDS = ["ua-1", "a-3a"]
CACHE = ".cache/book"
REGIONS = {"nl": "NL", "en": "GB"}
_TOOLS = ("typst", "pikepdf", "fontpkg-source-sans-3")


class Press:
    """A folder with the templates of ROOT, to which a text is brought; use it as a context."""

    def __init__(self, root: Path):
        self._root = root

    def __enter__(self) -> "Press":
        folder = typefaces(self._root / ".cache")
        self.characters = characters(folder)
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        self._keeper = Keeper(self._root / CACHE)
        self._folder = tempfile.TemporaryDirectory()
        self.work = Path(self._folder.name)
        for template in (self._root / TEMPLATES).glob("*.typ"):
            shutil.copy(template, self.work)
        self._templates = set(self.work.iterdir())
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def bring(self, info: dict, tree: bytes | None = None, images: Iterable[tuple[Path, str]] = ()) -> None:
        """Lays INFO, the XML of TREE and IMAGES (file, name) ready for the template, instead of what lay there.

        The `date` of INFO, a day, becomes that of the PDF."""
        for left in set(self.work.iterdir()) - self._templates:
            left.unlink()
        self._rights = info["words"]["licence-long"], info["words"]["licence-address"]
        self._moment = int(datetime.datetime(*info["date"], tzinfo=datetime.UTC).timestamp())
        (self.work / "book.json").write_text(json.dumps(info, ensure_ascii=False), "utf-8")
        if tree is not None:
            (self.work / "book.xml").write_bytes(tree)
        for source, name in images:
            shutil.copy(source, self.work / name)

    def pdf(self, template: str, shown: str | None = None) -> bytes:
        """TEMPLATE as a PDF of both standards. Raises BadInput, for SHOWN or the template, with what Typst says."""
        return self._keeper.get(self._ingredients(template), lambda: _packed(self._compiled(template, shown), *self._rights))

    def _ingredients(self, template: str) -> Iterator[bytes]:
        """All that decides what a PDF looks like."""
        tools = [f"{name} {version(name)}" for name in _TOOLS]
        yield repr([template, STANDARDS, tools]).encode()
        yield Path(__file__).read_bytes()  # how it is packed
        for path in sorted(self.work.iterdir()):
            yield path.name.encode()
            yield path.read_bytes()

    def _compiled(self, template: str, shown: str | None) -> bytes:
        try:
            compiler = self._compiler(template)
            made, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=self._moment)
        except typst.TypstError as error:
            said = " ".join([error.message, *(error.hints or [])])
            message = f"The text must be fit for PDF/UA and PDF/A; Typst says: {said}. Mend the page that causes it."
            where = (shown, 1) if shown else _where(error.diagnostic, template)
            raise BadInput([Finding(*where, "pdf", message)]) from None
        if warnings:
            said = "; ".join(one.message for one in warnings)
            message = f"Typst must have nothing to warn of; it says: {said}. Mend the template."
            raise BadInput([Finding(shown or f"{TEMPLATES}/{template}", 1, "pdf", message)])
        return made

    def picture(self, template: str, dots: float) -> bytes:
        """The one page of TEMPLATE as a PNG of DOTS per inch."""
        return self._compiler(template).compile(format="png", ppi=dots)

    def _compiler(self, template: str) -> typst.Compiler:
        return typst.Compiler(self.work / template, root=self.work, font_paths=self._fonts)


def _packed(content: bytes, rights: str, licence: str) -> bytes:
    """A PDF with its objects packed, which Typst leaves loose: a third of the size; its metadata tell the RIGHTS and the LICENCE."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            told["dc:rights"] = rights
            told["xmpRights:Marked"] = "True"
            told["xmpRights:WebStatement"] = licence
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


def _where(diagnostic: str | None, template: str) -> tuple[str, int]:
    """The template and the line that DIAGNOSTIC names first; TEMPLATE, which was set, where it names none."""
    match = re.search(r"([\w-]+\.typ):(\d+):\d+", diagnostic or "")
    return (f"{TEMPLATES}/{match[1]}", int(match[2])) if match else (f"{TEMPLATES}/{template}", 1)
