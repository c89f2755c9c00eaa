"""Turns Markdown with HTML in it, as pages and fragments give it, into plain Markdown that stands by itself."""

import re
from collections.abc import Callable, Iterator

from lxml import html

Resolve = Callable[[str], str]

_OPENING = re.compile(r"<([a-z][a-z0-9]*)[ >]")
_AROUND = re.compile(r"<\w+[^>]*\smarkdown[^>]*>|</\w+>")
_ATTRIBUTES = re.compile(r"[ \t]*\{\s*[#.:][^}\n]*\}")
_NOTICE = re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]+[\w -]+?(?:[ \t]+\"(.*)\")?[ \t]*\n((?:(?: {4}.*)?(?:\n|\Z))*)", re.M)
_LINK = re.compile(r"(?<=\]\()[^)\s]+")


def plain(text: str, resolve: Resolve) -> str:
    """TEXT without ids, notices as quotations, HTML as Markdown; RESOLVE makes the address of a link stand by itself."""
    parts = [_converted(part, resolve) if is_html else _cleaned(part, resolve) for is_html, part in _parts(_NOTICE.sub(_quoted, text))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip()


def _quoted(notice: re.Match) -> str:
    """A notice as a quotation, its title in bold."""
    lines = ([f"**{notice[1]}**", ""] if notice[1] else []) + [line.removeprefix("    ") for line in notice[2].strip("\n").splitlines()]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """(is HTML, lines) of TEXT in order; tags around Markdown are left out."""
    held: list[str] = []
    tag, depth = "", 0
    for line in text.splitlines():
        if not held:
            match = _OPENING.match(line)
            if _AROUND.fullmatch(line.strip()):
                continue
            if not match:
                yield False, line
                continue
            tag = match[1]
        held.append(line)
        depth += len(re.findall(rf"<{tag}[ >]", line)) - line.count(f"</{tag}>")
        if depth == 0:
            yield True, "\n".join(held)
            held = []
    if held:
        yield True, "\n".join(held)


def _cleaned(line: str, resolve: Resolve) -> str:
    return _LINK.sub(lambda match: resolve(match[0]), _ATTRIBUTES.sub("", line))


def _converted(text: str, resolve: Resolve) -> str:
    return "\n" + "\n\n".join(_Converter(resolve).blocks(html.fragment_fromstring(text, create_parent="div"))) + "\n"


# What is for the screen alone: pictures, things to press, and what a script fills.
_UNSEEN = ("svg", "script", "style", "template", "button", "input", "select", "output", "progress")
_SCREEN = {"hb-screen", "hb-years", "hb-filter", "hb-verdict"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "div", "section", "article", "nav", "figure", "figcaption", "ul", "ol", "li", "dl", "dt", "dd", "table")
_BLOCKS = (*_BLOCKS, "caption", "details", "summary", "form", "fieldset", "legend", "label", "blockquote")
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}


class _Converter:
    """Converts elements of HTML, the addresses of links by RESOLVE."""

    def __init__(self, resolve: Resolve):
        self._resolve = resolve

    def blocks(self, element: html.HtmlElement) -> Iterator[str]:
        """The Markdown blocks inside ELEMENT; text between blocks is a block too."""
        held = element.text or ""
        for child in element:
            if _unseen(child):
                held += child.tail or ""
            elif child.tag in _BLOCKS:
                yield from _paragraph(held)
                if block := self._block(child):
                    yield block
                held = child.tail or ""
            else:
                held += self._inline(child) + (child.tail or "")
        yield from _paragraph(held)

    def _block(self, element: html.HtmlElement) -> str:
        tag = element.tag
        if tag in _HEADINGS:
            return f"{'#' * int(tag[1])} {self._line(element)}"
        if tag in ("summary", "legend", "figcaption", "caption"):
            return f"**{self._line(element)}**"
        if tag in ("ul", "ol"):
            return "\n".join(self._item(f"{n}." if tag == "ol" else "-", child) for n, child in enumerate(element.iterchildren("li"), 1))
        if tag == "fieldset":
            options = "\n".join(f"- {self._line(child)}" for child in element.iterchildren("label"))
            return "\n\n".join([*(f"**{self._line(child)}**" for child in element.iterchildren("legend")), options])
        if tag == "dl":
            return "\n".join(self._entry(child) for child in element if not _unseen(child))
        if tag == "table":
            return self._table(element)
        return "\n\n".join(self.blocks(element))

    def _item(self, mark: str, element: html.HtmlElement) -> str:
        lines = "\n\n".join(self.blocks(element)).splitlines()
        return f"{mark} " + "\n".join([*lines[:1], *(f"{' ' * len(mark)} {line}".rstrip() for line in lines[1:])])

    def _entry(self, element: html.HtmlElement) -> str:
        """An entry of a list of terms: a group of them, or one term or description."""
        if element.tag == "div":
            names = [self._line(child) for child in element.iterchildren("dt")]
            said = [self._line(child) for child in element.iterchildren("dd")]
            return f"- **{', '.join(names)}**: {' '.join(said)}"
        return f"- **{self._line(element)}**" if element.tag == "dt" else f"  {self._line(element)}"

    def _table(self, element: html.HtmlElement) -> str:
        rows = [[self._line(cell).replace("|", "\\|") for cell in row.iterchildren("th", "td")] for row in element.iter("tr")]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines[1:1] = ["|" + " --- |" * len(rows[0])] if rows else []
        title = element.findtext("caption")
        return (f"**{title.strip()}**\n\n" if title else "") + "\n".join(lines)

    def _line(self, element: html.HtmlElement) -> str:
        """ELEMENT on one line, its blocks too."""
        return " ".join(" ".join(self.blocks(element)).split())

    def _inline(self, element: html.HtmlElement) -> str:
        inner = (element.text or "") + "".join(("" if _unseen(child) else self._inline(child)) + (child.tail or "") for child in element)
        if element.tag == "br":
            return " "
        if element.tag == "a" and element.get("href") and inner.strip():
            return f"[{inner.strip()}]({self._resolve(element.get('href'))})"
        mark = _MARKS.get(element.tag, "") if inner.strip() else ""
        return f"{mark}{inner.strip()}{mark}" if mark else inner


def _unseen(element: html.HtmlElement) -> bool:
    classes = set((element.get("class") or "").split()) if isinstance(element.tag, str) else _SCREEN
    return bool(classes & _SCREEN) or element.tag in _UNSEEN or element.get("hidden") is not None


def _paragraph(text: str) -> Iterator[str]:
    """TEXT on one line, unless it is empty."""
    if text := " ".join(text.split()):
        yield text
