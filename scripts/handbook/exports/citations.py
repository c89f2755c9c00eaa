"""The sources as references for a reference manager: BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Iterator

from handbook.content import Handbook
from handbook.exports import Export
from handbook.model import Source

BIBTEX = {"letter": "misc", "memo": "misc", "page": "online", "news": "article", "note": "misc"}
RIS = {"letter": "GOVDOC", "memo": "GOVDOC", "page": "ELEC", "news": "MGZN", "note": "GEN"}
CSL = {"letter": "report", "memo": "report", "page": "webpage", "news": "article-newspaper", "note": "document"}


def exports(book: Handbook) -> Iterator[Export]:
    """sources.bib, sources.ris and sources.csl.json."""
    sources = list(book.sources.values())
    yield Export("sources.bib", "application/x-bibtex", "sources", "", "\n".join(map(bibtex, sources)).encode())
    yield Export("sources.ris", "application/x-research-info-systems", "sources", "", "".join(map(ris, sources)).encode())
    text = json.dumps([csl(source) for source in sources], ensure_ascii=False, indent=1)
    yield Export("sources.csl.json", "application/vnd.citationstyles.csl+json", "sources", "", (text + "\n").encode())


def bibtex(source: Source) -> str:
    """SOURCE as one BibTeX entry."""
    fields = {"title": f"{{{source.title.nl}}}", "author": f"{{{source.by.nl}}}", "year": source.date[:4], "date": source.date}
    fields |= {"number": source.identifier, "url": source.address, "langid": "dutch"}
    lines = [f"  {name} = {{{_tex(value)}}}," for name, value in fields.items() if value]
    return f"@{BIBTEX[source.kind]}{{{source.id},\n" + "\n".join(lines) + "\n}\n"


def ris(source: Source) -> str:
    """SOURCE as one RIS record."""
    date = "/".join([*source.date.split("-"), "", ""][:3]) + "/"
    rows = [("TY", RIS[source.kind]), ("ID", source.id), ("TI", source.title.nl), ("AU", source.by.nl), ("PY", source.date[:4])]
    rows += [("DA", date), ("M1", source.identifier), ("UR", source.address), ("LA", "nl"), ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows if value is not None)


def csl(source: Source) -> dict[str, object]:
    """SOURCE as one CSL-JSON item."""
    item: dict[str, object] = {"id": source.id, "type": CSL[source.kind], "title": source.title.nl, "author": [{"literal": source.by.nl}]}
    item |= {"issued": {"date-parts": [[int(part) for part in source.date.split("-")]]}, "URL": source.address, "language": "nl"}
    return item | ({"number": source.identifier} if source.identifier else {})


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text) if not text.startswith("http") else text
