"""The web font: Source Sans 3 from its PyPI package, cut to the Latin characters we use and packed as WOFF2."""

import hashlib
import shutil
from importlib.resources import files
from pathlib import Path

FACES = {"source-sans-3.woff2": "SourceSans3[wght].ttf", "source-sans-3-italic.woff2": "SourceSans3-Italic[wght].ttf"}
CARD_FONT = "Handbook"
CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2027), 0x20AC, *range(0x2190, 0x2194), 0x21A9, 0x2212]
# Bold italics are so rare that the browser may slant them itself: one weight halves the file.
WEIGHTS = {"source-sans-3.woff2": (400, 700), "source-sans-3-italic.woff2": 400}
FEATURES = ["kern", "liga", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl"]


def write_fonts(cache: Path, target: Path) -> None:
    """Writes the faces into TARGET; CACHE keeps them, since cutting takes seconds and seldom changes."""
    target.mkdir(parents=True, exist_ok=True)
    cache.mkdir(exist_ok=True)
    for name, original in FACES.items():
        cut = hashlib.sha256(repr((CHARACTERS, WEIGHTS, FEATURES)).encode()).hexdigest()[:12]
        kept = cache / f"{cut}-{name}"
        if not kept.exists():
            _cut(files("fontpkg_source_sans_3") / "files" / original, kept, WEIGHTS[name])
        shutil.copyfile(kept, target / name)


def write_card_font(cache: Path) -> Path:
    """Writes one static, semi-bold face under a name of its own, since the picture converter cannot vary a font; gives its folder."""
    target = cache / "card-font/handbook.ttf"
    if not target.exists():
        # fontTools takes longer to load than most builds need it: the faces are kept.
        from fontTools.ttLib import TTFont
        from fontTools.varLib.instancer import instantiateVariableFont

        target.parent.mkdir(parents=True, exist_ok=True)
        font = TTFont(str(files("fontpkg_source_sans_3") / "files" / FACES["source-sans-3.woff2"]), recalcTimestamp=False)
        font = instantiateVariableFont(font, {"wght": 600})
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = CARD_FONT
        font.save(target)
    return target.parent


def _cut(original: Path, target: Path, weights: int | tuple[int, int]) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(str(original), recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=FEATURES, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": weights})
    font.flavor = "woff2"
    font.save(target)
