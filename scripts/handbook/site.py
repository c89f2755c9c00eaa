"""What the finished site still needs once all languages are built: fonts."""

from pathlib import Path

from handbook.fonts import write_fonts


def finish_site(root: Path, site: Path) -> None:
    """Completes the built SITE."""
    write_fonts(root / ".cache", site / "assets/fonts")
