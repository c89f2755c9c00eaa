"""Charts: Vega-Lite specifications from data, rendered to static SVG at build time."""

from handbook.content import Handbook


class Charts:
    """The charts of the handbook; placeholder until the key figures are in."""

    def __init__(self, book: Handbook):
        self.book = book
