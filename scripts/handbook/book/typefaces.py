"""The book's typeface: static cuts of Source Sans 3, which Typst needs, made from the variable fonts of its package."""

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Source Sans 3"
_PACKAGE = "fontpkg-source-sans-3"
_CUTS = [("Upright", "SourceSans3[wght].ttf", weight) for weight in (300, 400, 600, 700)]
_CUTS += [("Italic", "SourceSans3-Italic[wght].ttf", weight) for weight in (400, 600)]


def typefaces(cache: Path) -> Path:
    """The folder below CACHE that holds the cuts; it is filled once for each version of the package."""
    folder = cache / f"typefaces-{version(_PACKAGE)}"
    folder.mkdir(parents=True, exist_ok=True)
    for style, original, weight in _CUTS:
        target = folder / f"SourceSans3-{style}-{weight}.ttf"
        if not target.exists():
            made = target.with_suffix(".part")
            with TTFont(str(files("fontpkg_source_sans_3") / "files" / original), recalcTimestamp=False) as font:
                _named(instantiateVariableFont(font, {"wght": weight}), style, weight).save(made)
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
