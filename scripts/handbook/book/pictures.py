"""Charts and images of a page: SVG with its proper names and unique ids, images as files that exist."""

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from handbook.book.cleaning import replace

SVG = "http://www.w3.org/2000/svg"
# The HTML parser lowers every name; SVG minds.
_NAMES = {
    name.lower(): name
    for name in [
        "viewBox",
        "preserveAspectRatio",
        "gradientUnits",
        "gradientTransform",
        "patternUnits",
        "patternTransform",
        "clipPathUnits",
        "markerWidth",
        "markerHeight",
        "refX",
        "refY",
        "spreadMethod",
        "textLength",
        "lengthAdjust",
        "startOffset",
        "pathLength",
        "linearGradient",
        "radialGradient",
        "clipPath",
        "textPath",
        "foreignObject",
    ]
}


def mend_charts(article: html.HtmlElement, prefix: str) -> None:
    """Gives every SVG of ARTICLE its namespace, its mixed-case names, and ids that begin with PREFIX."""
    for number, svg in enumerate(article.xpath(".//svg"), 1):
        replace(svg, _copy(svg, f"{prefix}-svg{number}-", {None: SVG}))


def alternative(svg: etree._Element) -> str:
    """What stands for the picture: its label, or the texts that its labelling names, or its title."""
    if label := svg.get("aria-label"):
        return label
    texts = {e.get("id"): "".join(e.itertext()).strip() for e in svg.iter() if isinstance(e.tag, str) and e.get("id")}
    named = [texts.get(name, "").rstrip(".") for name in (svg.get("aria-labelledby") or "").split()]
    return ". ".join(filter(None, named)) or (svg.findtext(f"{{{SVG}}}title") or "").strip()


def locate_images(article: html.HtmlElement, site: Path, url: str) -> list[str]:
    """Sets `src` of every image of ARTICLE, the page at URL, to its file; returns the addresses that lead to no file."""
    missing = []
    for image in article.iter("img"):
        address = image.get("src") or ""
        file = site / unquote(urlsplit(urljoin(url, address)).path).lstrip("/")
        if file.is_file():
            image.set("src", str(file.resolve()))
        else:
            missing.append(address)
    return missing


def _copy(source: html.HtmlElement, prefix: str, nsmap: dict | None = None) -> etree._Element:
    target = etree.Element(f"{{{SVG}}}{_NAMES.get(source.tag, source.tag)}", nsmap=nsmap)
    for name, value in source.attrib.items():
        if name == "id":
            value = prefix + value
        elif name in ("aria-labelledby", "aria-describedby"):
            value = " ".join(prefix + one for one in value.split())
        elif name in ("href", "xlink:href") and value.startswith("#"):
            name, value = "href", f"#{prefix}{value[1:]}"
        else:
            value = value.replace("url(#", f"url(#{prefix}")
        if not name.startswith("xmlns") and ":" not in name:
            target.set(_NAMES.get(name, name), value)
    target.text = source.text
    for child in source:
        if isinstance(child.tag, str):
            copied = _copy(child, prefix)
            copied.tail = child.tail
            target.append(copied)
    return target
