"""Footnotes for print: citations that stand together become one short note, at the place where they are used."""

from lxml import etree, html

from handbook.book.cleaning import has_class, replace
from handbook.book.numbering import NOTE

_HEADINGS = {f"h{level}" for level in range(1, 7)}


def inline_notes(article: html.HtmlElement) -> None:
    """Turns the footnotes of ARTICLE into `span.footnote` elements where they are used.

    Adjacent references become one note, with the source named once. A note used again before the next heading becomes
    `a.footnote-again`; after it, the note is told anew, so that a reader never turns back a page for it.
    """
    definitions = {li.get("id"): li for li in article.xpath(".//div[contains(@class, 'footnote')]/ol/li")}
    references = {sup for sup in article.iter("sup") if (sup.get("id") or "").startswith("fnref")}
    seen: dict[tuple[str, ...], str] = {}
    count = 0
    for element in list(article.iter()):
        if element.tag in _HEADINGS:
            seen = {}
        if element not in references:
            continue
        cluster = _cluster(element, references)
        references.difference_update(cluster)
        keys = tuple(dict.fromkeys(sup.find("a").get("href")[1:] for sup in cluster))
        for extra in cluster[1:]:
            _absorb(extra)
        if keys in seen:
            replace(element, etree.Element("a", {"class": "footnote-again", "href": f"#{seen[keys]}"}))
            continue
        count += 1
        seen[keys] = f"note-{count}"
        replace(element, _note(seen[keys], [definitions[key] for key in keys if key in definitions]))
    for block in article.xpath(".//div[contains(@class, 'footnote')]"):
        block.drop_tree()


def number_notes(root: etree._Element) -> None:
    """Counts the notes anew where a section of ROOT opens a page: each gets its number `n`, its place `at` and that of its mark, `from`."""
    notes: dict[str, etree._Element] = {}
    count = 0
    for section in root:
        if section.get("opens"):
            count = 0
        for element in [one for one in section.iter("span", "a") if has_class(one, "footnote") or has_class(one, "footnote-again")]:
            if element.tag == "span":
                count += 1
                place = f"{NOTE}{len(notes)}:{count}"
                notes[element.attrib.pop("id")] = element
                element.tag = "note"
                element.attrib.update({"n": str(count), "at": place, "from": f"{place}:from"})
            else:
                its_note = notes[element.attrib.pop("href")[1:]]
                element.tag = "again"
                element.attrib.update({"n": its_note.get("n"), "to": its_note.get("at")})


def _cluster(first: html.HtmlElement, references: set) -> list[html.HtmlElement]:
    """FIRST with the references that follow it without text between."""
    found = [first]
    while not (found[-1].tail or "").strip() and found[-1].getnext() in references:
        found.append(found[-1].getnext())
    return found


def _absorb(sup: html.HtmlElement) -> None:
    """Removes SUP; its text goes to the reference before it."""
    sup.getprevious().tail = sup.tail
    sup.getparent().remove(sup)


def _note(its_id: str, definitions: list[html.HtmlElement]) -> etree._Element:
    note = etree.Element("span", {"class": "footnote", "id": its_id})
    last_source = ""
    for number, item in enumerate(definitions):
        if number:
            note[-1].tail = (note[-1].tail or "").rstrip(". ") + "; "
        link = item.find(".//a")
        if ":" in item.get("id").removeprefix("fn:") and link is not None:
            source, comma, place = link.text_content().rpartition(", ")
            short = etree.SubElement(note, "a", href=link.get("href"))
            short.text = place if comma and source == last_source else link.text_content()
            last_source = source
        else:
            _append_text(note, item)
            last_source = ""
    if len(note) and not (note[-1].tail or "").endswith("."):
        note[-1].tail = (note[-1].tail or "") + "."
    return note


def _append_text(note: etree._Element, item: html.HtmlElement) -> None:
    """The whole text of a footnote that is no citation."""
    holder = etree.SubElement(note, "span")
    for paragraph in item.iter("p"):
        holder.text = (holder.text or "") + (paragraph.text or "")
        holder.extend(list(paragraph))
