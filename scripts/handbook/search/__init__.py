"""The search of the site: per language an index and its text, made from the model, that `docs/assets/search.js` reads."""

from handbook.search.script import Script, Search

__all__ = ["Script", "Search"]
