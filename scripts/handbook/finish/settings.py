"""The settings of the hosted site, from docs/data/site.yml."""

import datetime
import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo, field_validator

from handbook.loading import load
from handbook.model.base import Bilingual, Record, Text


def _contact(value: str) -> str:
    if not value.startswith(("mailto:", "https:")):
        raise ValueError("the contact must begin with mailto: or https:")
    return value


Contact = Annotated[Text, AfterValidator(_contact)]


class Security(Record):
    """Who hears of a leak, and until which day that holds (RFC 9116)."""

    contact: Contact
    expires: datetime.date


class Colours(Record):
    """The colours of the handbook's face outside its pages: icons, cards, the browser's own frame."""

    ink: Text
    soft: Text
    accent: Text
    paper: Text


class Repository(Record):
    """Where readers can mend the handbook or tell what is wrong: an address, and how it writes the places for both."""

    address: Text
    edit: Text
    report: Text

    @field_validator("address")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        if not value.startswith("https://") or value.endswith("/"):
            raise ValueError("the address must begin with https:// and end without a slash")
        return value

    @field_validator("edit", "report")
    @classmethod
    def _names_its_places(cls, value: str, info: ValidationInfo) -> str:
        places = {"edit": {"address", "path"}, "report": {"address", "form", "page"}}[info.field_name]
        if set(re.findall(r"\{(\w*)\}", value)) != places:
            raise ValueError(f"{info.field_name} must hold " + " and ".join(f"{{{place}}}" for place in sorted(places)))
        return value


class Settings(Record):
    """What the site is beside its content; without a repository, pages offer no links to mend them."""

    contact: Contact
    security: Security
    repository: Repository | None = None
    locales: Bilingual
    colours: Colours


def load_settings(root: Path) -> Settings:
    """The settings under ROOT. Raises BadInput with path and line for whatever is wrong."""
    return load(Settings, root / "docs/data/site.yml", "docs/data/site.yml")
