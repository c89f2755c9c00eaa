"""Makes a built site ready for a host: compressed twins of its texts, and its headers in the form that static hosts read."""

import gzip
import re
from pathlib import Path

from handbook.loading import Finding, read_text

TEXTS = {".html", ".css", ".js", ".json", ".jsonld", ".xml", ".svg", ".txt", ".csv", ".ics", ".ttl", ".md", ".atom", ".tbx", ".webmanifest"}
SMALLEST = 256
# Where the site's own addresses stand. RFC 2606 keeps .example for examples: nobody can be reached there.
ADDRESSES = ("mkdocs.yml", "docs/data/site.yml")
_EXAMPLE = re.compile(r"^[^#\n]*\.example\b", re.M)


def compress(site: Path) -> int:
    """Writes FILE.gz beside every text of SITE that is worth it; the same bytes in every build. Returns how many."""
    count = 0
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXTS and path.is_file() and path.stat().st_size >= SMALLEST:
            Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
            count += 1
    return count


def headers(deploy: Path) -> dict[str, str]:
    """The headers of every answer, as the nginx configuration in DEPLOY sends them; of one that depends on the address, the default.

    Raises BadInput for a configuration that is not there."""
    sent, answers = (read_text(deploy / name, f"{deploy.name}/{name}") for name in ("headers.conf", "handbook.conf"))
    found = dict(re.findall(r'^add_header (\S+) "?(.*?)"? always;$', sent, re.M))
    maps = dict(re.findall(r'^map \S+ (\$\w+) \{\n\s+default\s+"?(.*?)"?;', answers, re.M))
    return {name: maps.get(value, value) for name, value in found.items()}


def write_headers(deploy: Path, site: Path) -> None:
    """Writes SITE/_headers with the headers of DEPLOY, and SITE/_redirects with the missing page of each language."""
    (site / "_headers").write_text("/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers(deploy).items()), "utf-8")
    (site / "_redirects").write_text("/en/*  /en/404.html  404\n", "utf-8")


def example_addresses(root: Path) -> list[Finding]:
    """Where the handbook under ROOT still names an address that is only an example. Raises BadInput for a file it cannot read."""
    texts = {name: read_text(root / name, name) for name in ADDRESSES}
    message = "The address must be your own, not an example. Set it and build again."
    return [
        Finding(name, text.count("\n", 0, found.end()) + 1, "example-address", message)
        for name, text in texts.items()
        for found in _EXAMPLE.finditer(text)
    ]
