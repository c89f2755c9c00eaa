"""Tables for print: rows and cells made plain, and columns as wide as their words need; and for a screen, in a frame that scrolls."""

from lxml import etree

from handbook.book.cleaning import replace

# A row with more text than this may break over two pages; shorter ones stay whole.
_WHOLE = 500
_WORD_CAP = 17
# The classes of cells that hold numbers.
_NUMBERS = ("hb-number", "hb-right")


def measured(table: etree._Element) -> etree._Element:
    """TABLE as `table/head|row/cell` with its columns' shares of the width in `cols`."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    heads = [row for row in rows if row.getparent().tag == "thead"]
    new = etree.Element("table", {name: value for name in ("id", "class") if (value := table.get(name))})
    caption = table.find("caption")
    if caption is not None:
        caption.tag = "caption"
        new.append(caption)
    width = max((_width(row) for row in rows), default=1)
    new.set("cols", " ".join(f"{share:.1f}" for share in _shares(rows, width)))
    for row in rows:
        line = etree.SubElement(new, "head" if row in heads else "row")
        if row.get("id"):
            line.set("id", row.get("id"))
        if len("".join(row.itertext())) < _WHOLE:
            line.set("whole", "1")
        for cell in row.iterchildren("td", "th"):
            made = etree.SubElement(line, "cell", {"kind": cell.tag})
            for name in ("colspan", "rowspan", "class", "data-index"):
                if cell.get(name):
                    made.set(name, cell.get(name))
            made.text = cell.text
            made.extend(list(cell))
        for _ in range(width - _width(row)):
            etree.SubElement(line, "cell", {"kind": "td"})
    _align_heads(new)
    return new


def framed(section: etree._Element) -> None:
    """Gives every table of SECTION a frame, in which it scrolls where the screen is narrower than the table."""
    for table in list(section.iter("table")):
        frame = etree.Element("div", {"class": "hb-frame"})
        replace(table, frame)
        frame.append(table)


def _align_heads(table: etree._Element) -> None:
    """A column of numbers has its head above the numbers."""
    first = table.find("row")
    for head in table.iterfind("head"):
        for cell, below in zip(head, first if first is not None else [], strict=False):
            if below.get("kind") == "td" and set(_NUMBERS) & set((below.get("class") or "").split()):
                cell.set("class", _NUMBERS[0])


def _width(row: etree._Element) -> int:
    return sum(int(cell.get("colspan") or 1) for cell in row.iterchildren("td", "th"))


def _shares(rows: list[etree._Element], width: int) -> list[float]:
    """Shares by the amount of text, but never less than the longest word needs."""
    amounts, words = [1.0] * width, [3.0] * width
    for row in rows:
        for column, cell in enumerate(row.iterchildren("td", "th")):
            if column < width and not cell.get("colspan"):
                text = " ".join("".join(cell.itertext()).split())
                amounts[column] += min(len(text), 400)
                words[column] = max(words[column], min(_WORD_CAP, max(map(len, text.split()), default=0) + 1.0))
    total = sum(amount**0.7 for amount in amounts)
    shares = [100 * amount**0.7 / total for amount in amounts]
    least = [min(100 / width, word * 1.45) for word in words]
    short = sum(max(0.0, low - share) for share, low in zip(shares, least, strict=True))
    spare = sum(max(0.0, share - low) for share, low in zip(shares, least, strict=True)) or 1.0
    return [low if share < low else share - short * (share - low) / spare for share, low in zip(shares, least, strict=True)]
