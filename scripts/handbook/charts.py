"""Charts: Vega-Lite specifications filled from the key figures, rendered to static SVG without a browser."""

import hashlib
import json
import re
from contextlib import suppress
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree

from handbook import wording
from handbook.content import Handbook
from handbook.model import Chart, KeyFigure

TEMPLATES = "overrides/charts"
# Vega writes colours into the picture; this one stands for the colour of the text around it, in light and dark.
INK = "#010203"
SVG = "{http://www.w3.org/2000/svg}"
_LABELS = {
    "percent": "replace(format(datum.value, '.0f'), '-', '−') + '%'",
    "euro": "datum.value >= 1e9 ? format(datum.value / 1e9, '.0f') + ' {billion}'"
    " : datum.value >= 1e6 ? format(datum.value / 1e6, '.0f') + ' {million}' : format(datum.value / 1e3, '.0f') + ' {thousand}'",
    "number": "format(datum.value, ',.0f')",
}


class Charts:
    """Renders the handbook's charts; a rendered chart is kept in .cache under the hash of its specification."""

    def __init__(self, book: Handbook):
        self._book = book
        self._jinja = Environment(loader=FileSystemLoader(book.root / TEMPLATES), undefined=StrictUndefined, autoescape=False)

    def svg(self, chart: Chart, lang: str) -> str:
        """The picture of CHART in LANG: no inline style, the text in the page's own colour."""
        spec = self._spec(chart, lang)
        key = hashlib.sha256(spec.encode()).hexdigest()[:16]
        kept = self._book.root / ".cache" / f"chart-{key}.svg"
        try:
            return kept.read_text("utf-8")
        except OSError:
            picture = _drawn(spec, chart, lang)
        # A folder that cannot be written is no error.
        with suppress(OSError):
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(picture, "utf-8")
        return picture

    def _spec(self, chart: Chart, lang: str) -> str:
        figures = [self._book.lists["figures"][item.figure] for item in chart.items]
        rows = [
            {
                "label": item.label[lang],
                "value": float(figure.value),
                "to": float(figure.to or (figure.value if chart.kind == "dots" else 0)),
                "end": max(float(figure.value), float(figure.to or figure.value), 0.0),
                "shown": wording.figure(self._book, figure, lang, with_unit=False),
                "group": item.group[lang] if item.group else "",
            }
            for item, figure in zip(chart.items, figures, strict=True)
        ]
        grouped = any(row["group"] for row in rows)
        return self._jinja.get_template("bars.json.j2").render(
            rows=rows,
            axis=chart.axis[lang],
            scale=chart.scale,
            label_expr=_label_expr(figures[0], lang),
            mark={"type": "bar", "height": 15, "cornerRadiusEnd": 1}
            if chart.kind == "bars"
            else {"type": "point", "filled": True, "size": 130, "opacity": 1},
            ranged=chart.kind == "bars" and any(figure.to for figure in figures),
            legend={} if grouped else None,
            ticks='"values": [1e7, 1e8, 1e9, 1e10], "labelOverlap": false' if chart.scale == "log" else '"tickCount": 5',
        )


def _label_expr(figure: KeyFigure, lang: str) -> str:
    kind = "percent" if figure.unit.startswith("percent") else "euro" if figure.unit in ("euro", "euro-per-year") else "number"
    words = {"nl": ("miljard", "miljoen", "duizend"), "en": ("billion", "million", "thousand")}[lang]
    return _LABELS[kind].replace("{billion}", words[0]).replace("{million}", words[1]).replace("{thousand}", words[2])


def _drawn(spec: str, chart: Chart, lang: str) -> str:
    """The picture that SPEC describes, with what CHART says of it in LANG."""
    import vl_convert

    vl_convert.register_font_directory(str(files("fontpkg_source_sans_3") / "files"))
    return _clean(vl_convert.vegalite_to_svg(json.loads(spec)), f"chart-{chart.id}", chart.title[lang], chart.alt[lang])


def _clean(svg: str, prefix: str, title: str, alt: str) -> str:
    """SVG with a title and a description for screen readers, unique ids, no styles, and the page's ink."""
    root = etree.fromstring(svg.encode())
    for element in root.iter():
        element.attrib.pop("style", None)
        element.attrib.pop("aria-roledescription", None)
        for name in ("aria-label", "role"):
            if element is not root:
                element.attrib.pop(name, None)
        if "id" in element.attrib:
            element.set("id", f"{prefix}-{element.get('id')}")
        for name, value in element.attrib.items():
            if value == INK:
                element.set(name, "currentColor")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{prefix}-"))
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    root.set("class", "hb-chart")
    for tag, text in (("desc", alt), ("title", title)):
        element = etree.Element(f"{SVG}{tag}", {"id": f"{prefix}-{tag}"})
        element.text = text
        root.insert(0, element)
    return re.sub(r"\n\s*", "", etree.tostring(root, encoding="unicode"))
