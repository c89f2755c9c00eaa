"""The parts of the book as files of their own: which sheets of the whole make up each, so that their page numbers are the same."""

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


def excerpts(info: dict, places: Places, sheets: int) -> list[Excerpt]:
    """The whole book and its parts, as excerpts of what the template makes of INFO: SHEETS sheets, with all PLACES."""
    openings = [one for one in places.found if one in info["openings"] or one in (_REGISTER, _COLOPHON) or one.startswith(_FRONT)]
    starts = sorted((places.at(one).sheet, one) for one in openings)
    spans = {one: list(range(first, after)) for (first, one), (after, _) in zip(starts, [*starts[1:], (sheets + 1, "")], strict=True)}
    fronts = sum(len(span) for one, span in spans.items() if one.startswith(_FRONT))
    found = [Excerpt(WHOLE, info["name"], list(range(1, sheets - fronts + 1)))]
    for part in info["parts"]:
        answers = spans[ANSWERS] if part["answers"] else []
        own = [*spans[_FRONT + part["id"]], *spans[part["id"]], *answers, *spans[_COLOPHON]]
        found.append(Excerpt(part["name"], f"{info['title']} – {part['about']}", own))
    return found
