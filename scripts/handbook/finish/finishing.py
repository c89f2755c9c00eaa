"""The one pass over the built pages: no script or style inside them, a way past the navigation."""

import hashlib
import posixpath
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from handbook.finish.versions import name_versions
from handbook.loading import BadInput, Finding

MAIN = "main-content"
_SCRIPTS = etree.XPath("//script[not(@src) and (not(@type) or @type='text/javascript')]")
_CHECKBOXES = etree.XPath("//input[@type='checkbox']")
_ATTRIBUTES = etree.XPath("//@*[name()='style' or starts-with(name(), 'on') or starts-with(., 'javascript:')]")
_LOADED = "//@src | //@srcset | //@poster | //object/@data | //link[@rel='stylesheet' or @rel='icon' or @rel='manifest']/@href"
_FOREIGN = etree.XPath(f"({_LOADED})[contains(., '//')]")


@dataclass(frozen=True)
class Card:
    """The picture that stands for a page on other sites: where it goes and what it says."""

    path: str
    title: str
    section: str
    site_name: str


def finish_pages(site: Path, versions: dict[str, str]) -> list[Card]:
    """Finishes every page of SITE in place, with the VERSIONS of its assets, and returns the cards that the pages refer to.

    Raises BadInput when a page lacks what the theme always wrote, or holds what the security policy refuses."""
    cards, findings = [], []
    for path in sorted(site.rglob("*.html")):
        card, found = finish_page(path, site, versions)
        cards += card
        findings += found
    if findings:
        raise BadInput(findings)
    return cards


def finish_page(path: Path, site: Path, versions: dict[str, str]) -> tuple[list[Card], list[Finding]]:
    """Finishes the page at PATH below SITE in place, with the VERSIONS of its assets; returns its card, if any, and what is wrong."""
    shown = path.relative_to(site).as_posix()
    text = path.read_text("utf-8")
    root = html.document_fromstring(text)
    findings = _finish(root, shown, site)
    name_versions(root, versions)
    finished = html.tostring(root, encoding="unicode", doctype="<!doctype html>") + "\n"
    if finished != text:
        path.write_text(finished, "utf-8")
    return _card(root), findings


def _finish(root: html.HtmlElement, shown: str, site: Path) -> list[Finding]:
    _move_scripts(root, shown, site)
    _mend_theme(root)
    return [*_lead_past_navigation(root, shown), *_refused(root, shown)]


def _move_scripts(root: html.HtmlElement, shown: str, site: Path) -> None:
    """Moves every script inside the page into a file named by the hash of its text, in the same place and order."""
    for script in _SCRIPTS(root):
        code = (script.text or "").strip()
        name = f"assets/inline-{hashlib.sha256(code.encode()).hexdigest()[:12]}.js"
        if not (site / name).exists():
            (site / name).write_text(code + "\n", "utf-8")
        script.text = None
        script.set("src", _address(name, root, shown))


def _address(name: str, root: html.HtmlElement, shown: str) -> str:
    # A page for missing addresses is shown at any depth, so the theme writes its addresses from the root; so do we.
    if posixpath.basename(shown) == "404.html":
        style = root.xpath("string(//link[@rel='stylesheet']/@href)")
        return style.partition("assets/")[0] + name
    return posixpath.relpath(name, posixpath.dirname(shown) or ".")


def _mend_theme(root: html.HtmlElement) -> None:
    """Drops what the theme writes and HTML does not know: autocomplete on a checkbox."""
    for box in _CHECKBOXES(root):
        box.attrib.pop("autocomplete", None)


def _lead_past_navigation(root: html.HtmlElement, shown: str) -> list[Finding]:
    """Lets the main text take the focus from our skip link, and drops the theme's, which half of its pages lack."""
    holder = root.xpath("//div[@data-md-component='skip']")
    article = root.xpath("//article[contains(@class, 'md-content__inner')]")
    if len(holder) != 1 or len(article) != 1:
        return [Finding(shown, 1, "theme-changed", "A page must have one place for the skip link and one article. Compare the theme.")]
    article[0].set("id", MAIN)
    article[0].set("tabindex", "-1")
    for link in list(holder[0]):
        holder[0].remove(link)
    return []


def _refused(root: html.HtmlElement, shown: str) -> list[Finding]:
    """What the security policy would refuse: styles in the page, handlers in attributes, files of others."""
    findings = []
    for value in _ATTRIBUTES(root):
        message = f"{value.getparent().tag} must not carry {value.attrname}=. Use a class or a script in a file."
        findings.append(Finding(shown, 1, "policy", message))
    for value in _FOREIGN(root):
        message = f"{value.getparent().tag} must not load from another site ({value}). Put the file in docs/assets."
        findings.append(Finding(shown, 1, "policy", message))
    for _ in root.iter("style"):
        findings.append(Finding(shown, 1, "policy", "Styles must stand in docs/assets/handbook.css. Move the style element there."))
    return findings


def _card(root: html.HtmlElement) -> list[Card]:
    found = {meta.get("property"): meta.get("content") for meta in root.iter("meta") if meta.get("property")}
    if "og:image" not in found:
        return []
    section = found.get("article:section", "")
    path = "assets/cards/" + found["og:image"].rpartition("/")[2]
    return [Card(path, found["og:title"], section, found["og:site_name"])]
