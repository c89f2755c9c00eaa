"""Lists as print tells them: citations and related things in running text, long lists as pages."""

from lxml import etree

from handbook.book.cleaning import has_class

# More entries than this are told by their pages alone.
_LISTED = 8


def merge_cites(section: etree._Element) -> None:
    """Names a source once where several of its paragraphs are cited together."""
    for group in section.iter("span"):
        if not has_class(group, "hb-cites"):
            continue
        last = ""
        for link in group:
            source, comma, place = (link.text or "").rpartition(", ")
            if comma and source == last:
                link.text = place
                link.getprevious().tail = "; "
            last = source


def run_together(section: etree._Element) -> None:
    """Lists of related things as running text: `zie ook A · B · C`, one line for each kind of relation."""
    for related in section.iter("ul"):
        if has_class(related, "hb-related"):
            _group(related, [(item.find("span"), [link for link in item if link.tag == "a"]) for item in related])
    for tags in list(section.iter("p")):
        if not has_class(tags, "hb-tags"):
            continue
        if tags.find("span") is None:
            for link in tags[:-1]:
                link.tail = " · "
            continue
        pairs, held = [], None
        for child in tags:
            if child.tag == "span":
                held = child
            else:
                pairs.append((held, [child]))
        tags.tag = "ul"
        tags.set("class", "hb-related")
        _group(tags, pairs)


def _group(related: etree._Element, pairs: list[tuple[etree._Element | None, list[etree._Element]]]) -> None:
    """Fills RELATED with one item for each label of PAIRS, in order of first appearance."""
    groups: dict[str, list[etree._Element]] = {}
    for tag, links in pairs:
        groups.setdefault((tag.text or "") if tag is not None else "", []).extend(links)
    for child in list(related):
        related.remove(child)
    related.text = None
    for label, links in groups.items():
        item = etree.SubElement(related, "li")
        if label:
            name = etree.SubElement(item, "span", {"class": "hb-tag"})
            name.text, name.tail = label, " "
        for link in links:
            link.tail = " · "
            item.append(link)
        if len(item):
            item[-1].tail = None


def shorten(section: etree._Element, ids: set[str]) -> None:
    """A long list of places elsewhere in the book becomes its name with the pages: `Kerncijfers (61) blz. 291–294`."""
    for more in section.iter("div"):
        if not has_class(more, "hb-more"):
            continue
        for part in more:
            items = part.find("ul")
            summary = part.find("p")
            if items is None or summary is None or has_class(items, "hb-columns") or len(items) <= _LISTED:
                continue
            targets = [link.get("href")[1:] for link in items.iter("a") if (link.get("href") or "")[1:] in ids]
            if not targets:
                continue
            summary.tag = "p"
            summary.set("class", "hb-more-pages")
            etree.SubElement(summary, "at", {"form": "list", "of": " ".join(dict.fromkeys(targets))})
            part.remove(items)
