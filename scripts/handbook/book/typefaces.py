"""The book's typeface: static cuts of Source Sans 3, which Typst needs, made from the variable fonts of its package."""

import hashlib
import io
import os
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Source Sans 3"
_PACKAGE = "fontpkg-source-sans-3"
_CUTS = {
    "Upright": ("SourceSans3[wght].ttf", (300, 400, 600)),
    "Italic": ("SourceSans3-Italic[wght].ttf", (400, 600)),
}
# Latin, Greek, punctuation, arrows, signs and shapes: cutting the font to these first makes the rest three times as fast.
_CHARACTERS = [*range(0x20, 0x250), *range(0x2B0, 0x400), *range(0x1E00, 0x1F00), *range(0x2000, 0x27C0)]
_FEATURES = ["kern", "lnum", "mark", "mkmk", "ccmp", "locl"]


def typefaces(cache: Path) -> Path:
    """The folder below CACHE that holds the cuts; it is filled once for each version of the package and each choice of cuts."""
    chosen = hashlib.sha256(repr([_CUTS, _CHARACTERS, _FEATURES]).encode()).hexdigest()[:8]
    folder = cache / f"book-typefaces-{version(_PACKAGE)}-{chosen}"
    folder.mkdir(parents=True, exist_ok=True)
    for style, (original, weights) in _CUTS.items():
        targets = {folder / f"SourceSans3-{style}-{weight}.ttf": weight for weight in weights}
        if all(target.exists() for target in targets):
            continue
        small = _narrowed(original)
        for target, weight in targets.items():
            made = target.with_suffix(f".{os.getpid()}")
            with TTFont(io.BytesIO(small), recalcTimestamp=False) as font:
                _named(instantiateVariableFont(font, {"wght": weight}, inplace=True), style, weight).save(made)
            made.replace(target)
    return folder


def characters(folder: Path) -> set[str]:
    """Every character that all cuts in FOLDER can show."""
    known: set[str] | None = None
    for path in sorted(folder.glob("*.ttf")):
        with TTFont(str(path), lazy=True) as font:
            own = {chr(code) for code in font.getBestCmap()}
        known = own if known is None else known & own
    return known or set()


def _narrowed(original: str) -> bytes:
    """The variable font ORIGINAL of the package, with no more than the book's characters."""
    options = Options(layout_features=_FEATURES, name_IDs=["*"], notdef_outline=True, hinting=False)
    with TTFont(str(files("fontpkg_source_sans_3") / "files" / original), recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=_CHARACTERS)
        subsetter.subset(font)
        narrowed = io.BytesIO()
        font.save(narrowed)
    return narrowed.getvalue()


def _named(font: TTFont, style: str, weight: int) -> TTFont:
    """FONT under names of its own, so that no reader takes one cut for another."""
    names = font["name"]
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    cut = f"{weight} {style}"
    for number, text in (
        (1, FAMILY),
        (2, "Italic" if style == "Italic" else "Regular"),
        (4, f"{FAMILY} {cut}"),
        (6, f"SourceSans3-{weight}{style}"),
    ):
        names.setName(text, number, 3, 1, 0x409)
    return font
