"""security.txt (RFC 9116): where to tell of a leak."""

from pathlib import Path

from handbook.finish.settings import Settings
from handbook.model.base import LANGUAGES

PLACE = ".well-known/security.txt"


def write_security_txt(settings: Settings, site: Path, address: str) -> None:
    """Writes SITE's security.txt; ADDRESS is the address of the site's root."""
    lines = [
        f"Contact: {settings.security.contact}",
        f"Expires: {settings.security.expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {address}{PLACE}",
    ]
    (site / PLACE).parent.mkdir(exist_ok=True)
    (site / PLACE).write_text("\n".join(lines) + "\n", "utf-8")
