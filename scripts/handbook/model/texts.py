"""Every text that a record and its parts hold, with the place where it stands."""

from collections.abc import Iterator

from pydantic import BaseModel

from handbook.model.base import Bilingual


def texts_of(value: object, loc: tuple = ()) -> Iterator[tuple[tuple, str]]:
    """(place, text) of every text in VALUE and its parts."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), (*loc, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_of(item, (*loc, index))


def bilinguals_of(value: object, loc: tuple = ()) -> Iterator[tuple[tuple, Bilingual]]:
    """(place, text in two languages) of every such text in VALUE and its parts."""
    if isinstance(value, Bilingual):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from bilinguals_of(getattr(value, name), (*loc, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from bilinguals_of(item, (*loc, index))
