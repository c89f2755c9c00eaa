"""Finds the blocks of a marked-up text in the order of reading: headings, paragraphs, items, tables."""

from collections.abc import Iterator

from lxml import etree


def parts(body: etree._Element, whole: etree._Element) -> list[etree._Element]:
    """BODY, the text itself, and all that follows it in WHOLE, as an annex; what stands before it is the publication's own head."""
    found = [body]
    for around in (body, *body.iterancestors()) if body is not whole else ():
        if around is whole:
            break
        found += around.itersiblings()
    return found


def blocks(roots: list[etree._Element], tags: tuple[str, ...], within: tuple[str, ...]) -> Iterator[etree._Element]:
    """Every element of ROOTS with one of TAGS, in order; of what stands in another such element only that inside one of WITHIN."""
    for one in roots:
        if one.tag not in tags:
            yield from blocks(list(one), tags, within)
            continue
        yield one
        if one.tag != "table":
            for inner in nested(one, within):
                yield from blocks([inner], tags, within)


def nested(element: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The outermost elements inside ELEMENT with one of TAGS."""
    for child in element:
        if child.tag in tags:
            yield child
        else:
            yield from nested(child, tags)


def own(table: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The elements of TABLE with one of TAGS, without those of a table in one of its cells."""
    for child in table:
        if child.tag in tags:
            yield child
        elif child.tag != "table":
            yield from own(child, *tags)
