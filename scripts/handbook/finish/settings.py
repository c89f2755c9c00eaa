"""The settings of the hosted site, from docs/data/site.yml."""

import datetime
from pathlib import Path

from pydantic import field_validator

from handbook.loading import load
from handbook.model.base import Bilingual, Record, Text


class Security(Record):
    """Who hears of a leak, and until which day that holds (RFC 9116)."""

    contact: Text
    expires: datetime.date

    @field_validator("contact")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not value.startswith(("mailto:", "https:")):
            raise ValueError("the contact must begin with mailto: or https:")
        return value


class Colours(Record):
    """The colours of the handbook's face outside its pages: icons, cards, the browser's own frame."""

    ink: Text
    soft: Text
    accent: Text
    paper: Text


class Settings(Record):
    """What the site is beside its content."""

    security: Security
    locales: Bilingual
    colours: Colours


def load_settings(root: Path) -> Settings:
    """The settings under ROOT. Raises BadInput with path and line for whatever is wrong."""
    return load(Settings, root / "docs/data/site.yml", "docs/data/site.yml")
