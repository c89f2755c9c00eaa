"""Makes a built site ready for a host: compressed twins of its texts, and its headers in the form that static hosts read."""

import gzip
import re
from pathlib import Path

TEXTS = {".html", ".css", ".js", ".json", ".jsonld", ".xml", ".svg", ".txt", ".csv", ".ics", ".ttl", ".md", ".atom", ".tbx", ".webmanifest"}
SMALLEST = 256


def compress(site: Path) -> int:
    """Writes FILE.gz beside every text of SITE that is worth it; the same bytes in every build. Returns how many."""
    count = 0
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXTS and path.is_file() and path.stat().st_size >= SMALLEST:
            Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
            count += 1
    return count


def headers(configuration: Path) -> list[tuple[str, str]]:
    """The headers of the nginx CONFIGURATION, those that hold a variable excepted."""
    return re.findall(r'^add_header (\S+) "(.*)" always;$', configuration.read_text("utf-8"), re.M)


def write_headers(configuration: Path, site: Path) -> None:
    """Writes SITE/_headers with the headers of the nginx CONFIGURATION, those that hold a variable excepted."""
    pairs = headers(configuration)
    (site / "_headers").write_text("/*\n" + "".join(f"  {name}: {value}\n" for name, value in pairs), "utf-8")
