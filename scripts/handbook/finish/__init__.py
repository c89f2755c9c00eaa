"""What the finished site still needs once all languages are built: one pass over its pages, and what stands beside them."""

from pathlib import Path

from handbook.content import Handbook
from handbook.finish.face import write_cards, write_icons, write_manifests
from handbook.finish.finishing import finish_pages
from handbook.finish.security import write_security_txt
from handbook.finish.settings import Settings
from handbook.finish.theme import STYLE, write_style
from handbook.finish.versions import versions
from handbook.fonts import write_fonts


def asset_versions(root: Path, site: Path) -> dict[str, str]:
    """The versions of the style sheets and scripts of the handbook at ROOT, and of the style that was made for SITE."""
    return versions(*sorted((root / "docs/assets").iterdir()), site / STYLE)


def finish_site(book: Handbook, settings: Settings, site: Path, address: str) -> None:
    """Completes the built SITE, which will be hosted at ADDRESS; done twice, it changes nothing more."""
    write_fonts(book.root / ".cache", site / "assets/fonts")
    write_style(book.root, site)
    cards = finish_pages(site, asset_versions(book.root, site))
    write_security_txt(settings, site, address)
    write_icons(book.root, settings, site)
    write_manifests(book, settings, site)
    write_cards(book.root, settings, site, cards)
