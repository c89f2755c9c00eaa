"""Page numbers: they stand in the text itself, so a text is set again until the places that they name move no more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from handbook.book.order import CONFIG

# Stands in while no page is known: of the usual width, so that lines break as they will.
_UNKNOWN = "000"
# What ids begin with: of a place where something is named, and of a note, told as `note:5:2`, its place and its number.
MARK, NOTE = "mark:", "note:"


@dataclass(frozen=True)
class Place:
    """A sheet of the PDF, counted from 1, and a point on it, from its upper left corner, in points."""

    sheet: int
    x: float
    y: float


@dataclass(frozen=True)
class Places:
    """Where everything is that text leads to; the sheet FIRST has page number 1."""

    first: int
    found: dict[str, list[Place]] = field(default_factory=dict)

    @classmethod
    def told(cls, answer: dict) -> "Places":
        """The places in the ANSWER of the template: {"first": sheet, "places": [[id, sheet, x, y], …]}."""
        places = cls(answer["first"])
        for its_id, *where in answer["places"]:
            places.found.setdefault(its_id, []).append(Place(*where))
        return places

    def page(self, place: Place) -> int:
        """The number that is printed on the sheet of PLACE."""
        return place.sheet - self.first + 1

    def at(self, address: str) -> Place:
        """The place of ADDRESS: an id, or `id/n` for the nth place after its first. Raises KeyError or IndexError."""
        its_id, _, number = address.partition("/")
        return self.found[its_id][int(number or 0)]


class Numbers:
    """The page numbers of a text: its elements `at`, each with the ids or marks it tells of (`of`), and those it leaves out (`not`).

    One that is marked `singly` tells no ranges; its `form` is a matter of the template."""

    def __init__(self, root: etree._Element):
        self.root = root
        self._slots = list(root.iter("at"))
        for slot, guess in zip(self._slots, self._guesses(), strict=True):
            _fill(slot, guess)

    def fill(self, places: Places) -> bool:
        """Puts the pages of PLACES into the text; whether anything changed by that."""
        changed = [_fill(slot, _told(slot, places)) for slot in self._slots]
        return any(changed)

    def lost(self, places: Places) -> list[tuple[str, str]]:
        """(page of the site, id) of all that the text leads to or tells the page of, and that has no place among PLACES."""
        wanted = [(link, link.get("to")) for link in self.root.iter("a", "again", "member") if link.getparent().tag != "at"]
        wanted += [(note, note.get(name)) for note in self.root.iter("note") for name in ("at", "from")]
        wanted += [(slot, key) for slot in self._slots for key in _keys(slot, "of") if not key.startswith(MARK)]
        return sorted({(_page(element), its_id) for element, its_id in wanted if its_id and its_id not in places.found})

    def _guesses(self) -> Iterable[list[tuple[str, str]]]:
        """For each slot as many unknown pages as sections in which it finds something; an id is in one."""
        marks: Counter[str] = Counter()
        for section in self.root.iter("section"):
            cited = {link.get("mark") for link in section.iter("a")}
            marks.update(cited.union(*(_keys(one, "data-index") for one in section.iter())))
        for slot in self._slots:
            counts = [(key, marks[key.removeprefix(MARK)] if key.startswith(MARK) else 1) for key in _keys(slot, "of")]
            yield [(_UNKNOWN, f"{key}/{n}") for key, count in counts for n in range(count)]


def _page(element: etree._Element) -> str:
    """The page from which ELEMENT comes, or the settings, which bring what stands on no page."""
    return next((section.get("data-src") for section in element.iterancestors("section") if section.get("data-src")), CONFIG)


def _keys(element: etree._Element, name: str) -> list[str]:
    return (element.get(name) or "").split()


def _told(slot: etree._Element, places: Places) -> list[tuple[str, str]]:
    """(pages, address) of what SLOT tells of: each page once, pages that follow each other as a range unless told one by one."""
    left_out = {places.page(places.at(key)) for key in _keys(slot, "not")}
    pages: dict[int, str] = {}
    for key in _keys(slot, "of"):
        for n, place in enumerate(places.found.get(key, [])):
            pages.setdefault(places.page(place), f"{key}/{n}" if n else key)
    runs: list[list[int]] = []
    for page in sorted(set(pages) - left_out):
        if runs and runs[-1][-1] == page - 1 and "singly" not in slot.attrib:
            runs[-1].append(page)
        else:
            runs.append([page])
    return [(_range(run), pages[run[0]]) for run in runs]


def _range(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}{', ' if len(run) == 2 else '–'}{run[-1]}"


def _fill(slot: etree._Element, told: list[tuple[str, str]]) -> bool:
    """Makes TOLD, (pages, address), the content of SLOT; whether that is another than it was."""
    if [(link.text, link.get("to")) for link in slot] == told:
        return False
    tail = slot.tail
    for link in list(slot):
        slot.remove(link)
    for pages, address in told:
        link = etree.SubElement(slot, "a", to=address)
        link.text, link.tail = pages, ", "
    if len(slot):
        slot[-1].tail = None
    slot.tail = tail
    return True
