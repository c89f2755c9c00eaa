"""The end of a chapter: what must stay together there, so that no chapter ends with two lines on a sheet of their own."""

from lxml import etree

from handbook.book.cleaning import has_class

# As much as the end of a chapter must have on its last page, and the most that is kept together for it; in lines of print.
_LEAST, _MOST = 7, 24
_LINE, _COLUMN_LINE = 78, 40
_HEADING = 2
# A block of lists, of which the last may be kept together.
_LISTS = "hb-more"
_LINES = ("p", "li", "row", "head", "dt")


def keep_end(section: etree._Element, in_columns: bool = False) -> None:
    """Sets `keep` on the element of SECTION with which its end begins; a long list or table at the end is left to break.

    IN_COLUMNS, a line is half as long."""
    lines, first = 0, None
    for element in reversed(section):
        lines += _lines(element, _COLUMN_LINE if in_columns else _LINE)
        if lines > _MOST:
            break
        first = element
        if lines >= _LEAST:
            break
    if first is None and has_class(section[-1], _LISTS):
        keep_end(section[-1], in_columns)
    elif first is not None and first is not section[0] and lines >= _LEAST:
        first.set("keep", "1")


def _lines(element: etree._Element, length: int) -> int:
    """About how many lines of LENGTH letters ELEMENT takes."""
    if element.tag == "chart" or element.find(".//chart") is not None:
        return _MOST
    if element.tag[0] == "h" and element.tag[1:].isdigit():
        return _HEADING
    parts = list(element.iter(*_LINES)) or [element]
    return sum(1 + len("".join(part.itertext())) // length for part in parts)
