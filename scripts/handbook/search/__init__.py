"""The search of the site: one compact script per language, made from the model, that `docs/assets/search.js` reads."""

from handbook.search.script import Script, search_scripts

__all__ = ["Script", "search_scripts"]
