"""The way of the Tab key over a page, forwards or backwards to its end, and how each stop looks while it has the focus."""

import re

# Behind keys, a stop is measured when the next key comes: by then the page has scrolled to it and is at rest.
_LOOKS = """
  const ground = (element) => {
    for (let one = element.parentElement; one; one = one.parentElement) {
      const found = getComputedStyle(one).backgroundColor;
      if (!/, 0\\)$|transparent/.test(found)) return found;
    }
    return "rgb(255, 255, 255)";
  };
  // Of what is larger than the window, the part inside it.
  const within = (from, to, size) => [Math.max(from, 0) + 1, (Math.max(from, 0) + Math.min(to, size)) / 2, Math.min(to, size) - 1];
  const shows = (element) => [...element.getClientRects()].some(({ left, right, top, bottom }) => {
    if (right <= left || left >= innerWidth || right <= 0 || top >= innerHeight || bottom <= 0) return false;
    const xs = within(left, right, innerWidth), ys = within(top, bottom, innerHeight);
    return xs.some((x) => ys.some((y) => {
      const there = document.elementFromPoint(x, y);
      return there && (element.contains(there) || there.contains(element) && there.matches("a, summary, label, button, .hb-scroll"));
    }));
  });
  const ring = (element) => {
    const style = getComputedStyle(element);
    return {
      html: element.outerHTML.slice(0, 100),
      ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      colour: style.outlineColor,
      ground: ground(element),
    };
  };
  const looks = (element) => ({ ...ring(element), shown: shows(element) });
"""
_LISTEN = f"""() => {{ {_LOOKS}
  window.stops = [];
  window.ended = false;
  addEventListener("keydown", () => {{
    if (document.activeElement !== document.body) {{ if (!ended) stops.push(looks(document.activeElement)); }}
    else if (stops.length) window.ended = true;
  }}, true);
}}"""
_FOCUS_EACH = f"""([backwards, ringed]) => {{ {_LOOKS}
  const tabbable = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(tabbable)].filter((one) => one.checkVisibility({{ visibilityProperty: true }}));
  if (backwards) all.reverse();
  const each = (measure) => all.flatMap((one) => {{
    one.focus({{ focusVisible: true }});
    return document.activeElement === one ? [measure(one)] : [];
  }});
  const rings = ringed && each(ring);
  // No pointer meets a ring, but to ask what it meets while there is one, Chromium works out the bounds of all the page anew.
  const bare = new CSSStyleSheet();
  bare.replaceSync(":is(*, #a#b#c#d) {{ outline: none !important; box-shadow: none !important }}");
  document.adoptedStyleSheets = [bare];
  const stops = each((one) => ({{ html: one.outerHTML.slice(0, 100), shown: shows(one) }}));
  document.adoptedStyleSheets = [];
  return stops.map((one, number) => ({{ ...one, ...(ringed && rings[number]) }}));
}}"""


def press_through(page, key: str) -> list[dict]:
    """Every stop of KEY from one end of PAGE to the other."""
    page.evaluate(_LISTEN)
    while not page.evaluate("ended"):
        for _ in range(10):
            page.keyboard.press(key)
    return page.evaluate("stops")


def focus_each(page, backwards: bool, ringed: bool = True) -> list[dict]:
    """The same without keys, fifty times as fast: whatever can have the focus on PAGE is given it, in the order of the page.

    Not RINGED, the stops do not tell their rings, which are the same from either side."""
    return page.evaluate(_FOCUS_EACH, [backwards, ringed])


def contrast(first: str, second: str) -> float:
    """The WCAG contrast of two CSS colours."""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
