"""A release of the handbook: what it held, and which facts changed since the release before; written by `handbook release`."""

from typing import Literal

from handbook.model.base import Bilingual, Id, Record, Text, When


class Change(Record):
    """What came, went or changed: a record (its list and id) or a page (list `pages`, its path), and its figures that came and went.

    The name stands here too, because what it names may be gone in a later release.
    """

    of: Text
    id: Text
    how: Literal["added", "removed", "changed"]
    name: Bilingual
    came: list[Text] = []
    went: list[Text] = []


class Release(Record):
    """One release. The first has no changes: all of it was new."""

    id: Id
    date: When
    holds: dict[str, int]
    changes: list[Change] = []
