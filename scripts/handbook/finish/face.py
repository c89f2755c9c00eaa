"""How the site looks from outside: icons, manifests, and the cards that other sites show with a link; all drawn at build time."""

import hashlib
import json
import shutil
import textwrap
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.content import Handbook
from handbook.finish.finishing import Card
from handbook.finish.settings import Settings
from handbook.fonts import CARD_FONT, write_card_font
from handbook.model.base import LANGUAGES

PIXELS = (48, 180, 192, 512)
# A line of the title holds about this many letters at its size; four lines fill the card.
LETTERS, LINES = 27, 4


def write_icons(root: Path, settings: Settings, site: Path) -> None:
    """Writes the mark as SVG for light and dark, and as PNG in the sizes that browsers and home screens ask for."""
    import vl_convert

    template = _jinja(root).get_template("mark.svg.j2")
    colours = settings.colours
    target = site / "assets/icons"
    target.mkdir(parents=True, exist_ok=True)
    light = template.render(size=64, radius=12, ground=colours.ink, page=colours.paper, accent=colours.accent)
    (target / "icon.svg").write_text(light, "utf-8")
    dark = template.render(size=64, radius=12, ground=colours.soft, page=colours.ink, accent=colours.accent)
    (target / "icon-dark.svg").write_text(dark, "utf-8")
    for pixels in PIXELS:
        # Home screens cut their own shape out of the icon.
        radius = 12 if pixels < 100 else 0
        svg = template.render(size=pixels, radius=radius, ground=colours.ink, page=colours.paper, accent=colours.accent)
        (target / f"icon-{pixels}.png").write_bytes(vl_convert.svg_to_png(svg))


def write_manifests(book: Handbook, settings: Settings, site: Path) -> None:
    """Writes a web app manifest per language, with addresses relative to itself."""
    for lang in LANGUAGES:
        up = "" if lang == LANGUAGES[0] else "../"
        if up and not (site / lang).is_dir():
            continue
        manifest = {
            "name": book.labels("site", "name", lang),
            "short_name": book.labels("site", "short-name", lang),
            "lang": lang,
            "dir": "ltr",
            "start_url": "./",
            "scope": f"./{up}",
            "display": "minimal-ui",
            "theme_color": settings.colours.ink,
            "background_color": settings.colours.paper,
            "icons": [
                {"src": f"{up}assets/icons/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
                for size in PIXELS
                if size > 180
            ],
        }
        (site / ("" if not up else lang) / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")


def write_cards(root: Path, settings: Settings, site: Path, cards: list[Card]) -> None:
    """Draws CARDS in the handbook's own typeface; a drawn card is kept in .cache under the hash of what it shows."""
    import vl_convert

    cache = root / ".cache"
    vl_convert.register_font_directory(str(write_card_font(cache)))
    template = _jinja(root).get_template("card.svg.j2")
    for card in cards:
        lines = textwrap.wrap(card.title, LETTERS)
        if len(lines) > LINES:
            lines = [*lines[: LINES - 1], lines[LINES - 1] + " …"]
        svg = template.render(colours=settings.colours, typeface=CARD_FONT, section=card.section, lines=lines, site_name=card.site_name)
        kept = cache / f"card-{hashlib.sha256(svg.encode()).hexdigest()[:16]}.png"
        if not kept.exists():
            kept.write_bytes(vl_convert.svg_to_png(svg))
        (site / card.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, site / card.path)


def _jinja(root: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(root / "overrides/face"), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
