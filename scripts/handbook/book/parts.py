"""The parts of the book as files of their own: which sheets of the whole make up each, so that their page numbers are the same."""

from itertools import pairwise

from handbook.book.answers import ANSWERS, SELF_TEST
from handbook.book.assemble import Tree
from handbook.book.numbering import Places
from handbook.book.order import parts
from handbook.book.packing import Excerpt
from handbook.content import Handbook

WHOLE = "whole"
_FRONT, _REGISTER, _COLOPHON = "front:", "register", "colophon"


def parts_of(book: Handbook, tree: Tree) -> list[dict]:
    """Every part of TREE with more than one page, as the template reads it; `next` is the part that follows, or None."""
    word = book.labels("book", "part", tree.lang)
    openings = [entries[0] for entries in parts(tree.entries)]
    return [
        {
            "id": first.key,
            "next": after.key if after else None,
            "name": first.name,
            "about": f"{word} {first.number}: {first.title}",
            "answers": any(entry.path == SELF_TEST for entry in entries),
        }
        for entries, first, after in zip(parts(tree.entries), openings, [*openings[1:], None], strict=True)
        if len([entry for entry in entries if entry.path]) > 1
    ]


def excerpts(tree: Tree, parts: list[dict], places: Places, sheets: int) -> list[Excerpt]:
    """The whole of TREE and its PARTS, as excerpts of what the template makes of them: SHEETS sheets, with all PLACES."""
    openings = {section.get("id") for section in tree.sections if section.get("data-level") == "1"} | {_REGISTER, _COLOPHON}
    starts = sorted((places.at(one).sheet, one) for one in places.found if one in openings or one.startswith(_FRONT))
    spans = {one: list(range(start, after)) for (start, one), (after, _) in pairwise([*starts, (sheets + 1, "")])}
    fronts = sum(len(span) for one, span in spans.items() if one.startswith(_FRONT))
    found = [Excerpt(WHOLE, tree.title, list(range(1, sheets - fronts + 1)))]
    for part in parts:
        answers = spans[ANSWERS] if part["answers"] else []
        own = [*spans[_FRONT + part["id"]], *spans[part["id"]], *answers, *spans[_COLOPHON]]
        found.append(Excerpt(part["name"], f"{tree.title} – {part['about']}", own))
    return found
