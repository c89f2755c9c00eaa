/* Spares axe its three dearest habits; what it finds stays the same (test_browser.py compares). Private fields are kept in WeakMaps,
   which cost the garbage collector most of the time: here they are properties. And each colour is worked out once, not once an element.
   And in other colours one text of each look is enough: what looks the same on grounds that look the same has the same contrast. */

const QUICK_WEAK_MAP = class {
  key = Symbol();
  has(object) { return this.key in object; }
  get(object) { return object[this.key]; }
  set(object, value) { object[this.key] = value; return this; }
};
const QUICK_WEAK_SET = class extends QUICK_WEAK_MAP {
  add(object) { return this.set(object, true); }
};

function rememberColours({ Color }) {
  const parse = Color.prototype.parseString, known = new Map();
  Color.prototype.parseString = function (text) {
    const same = known.get(text);
    if (same) return Object.assign(this, same);
    parse.call(this, text);
    known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
    return this;
  };
}

/* Once the contrast of all texts was measured, spareTheSame() leaves out, until spareNone(), whatever now looks like another, or is of a
   look that is known to be RIGHT: in itself, in all that it stands in, and in all that was found under it. Sizes and places must be those
   of the measurement. It gives the looks that are not known, and whether any text must be looked at whatever its look. */
function rememberGrounds({ _audit }) {
  const contrast = _audit.rules.find((rule) => rule.id === "color-contrast"), check = _audit.checks["color-contrast"];
  const { matches } = contrast, { evaluate } = check;
  const grounds = new Map();
  let spared = new Set(), clear = new Set();

  const everything = () => [...document.querySelectorAll("body, body *")];
  const isClear = (element) => {
    const style = getComputedStyle(element);
    return /^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor) && style.backgroundImage === "none";
  };
  check.evaluate = function (node, options, virtual, context) {
    const found = evaluate.call(this, node, options, virtual, context), known = virtual._cache.getBackgroundColor;
    if (!spared.size) grounds.set(node, known?.bgColor ? known.bgElms : null);
    return found;
  };
  contrast.matches = function (node, ...more) { return !spared.has(node) && matches.call(this, node, ...more); };

  window.spareNone = () => {
    spared = new Set();
    grounds.clear();
    clear = new Set(everything().filter(isClear));
  };
  window.spareTheSame = (right) => {
    const known = new Set(right);
    // What shows through in one colour scheme and not in the other may be a ground that was not seen as one.
    const changed = everything().filter((one) => clear.has(one) !== isClear(one)).map((one) => one.getBoundingClientRect());
    const meets = (a) => changed.some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
    const looks = new Map(), places = new Map(), fresh = new Set();
    const look = (element) => {
      const s = getComputedStyle(element);
      return [s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.mixBlendMode, s.textShadow, s.fontSize, s.fontWeight,
        s.textDecorationLine, s.webkitTextFillColor, s.webkitTextStrokeWidth, s.webkitTextStrokeColor].join();
    };
    // The look of an element and of all that it stands in, as one number; the same on every page.
    const place = (element) => {
      if (!element) return 0;
      if (!places.has(element)) {
        const key = look(element);
        if (!looks.has(key)) looks.set(key, checksum(key));
        places.set(element, checksum(`${place(element.parentElement)} ${looks.get(key)}`));
      }
      return places.get(element);
    };
    let unsure = false;
    for (const [node, under] of grounds) {
      if (meets(node.getBoundingClientRect())) { unsure = true; continue; }
      const key = checksum(under ? [node, ...under].map(place).join() : `? ${place(node)}`);
      if (known.has(key) || fresh.has(key) && under) spared.add(node); else fresh.add(key);
    }
    for (const link of document.querySelectorAll("a[href]")) {
      const key = checksum(`a ${place(link)}`);
      if (!known.has(key)) fresh.add(key);
    }
    return { fresh: [...fresh], unsure };
  };
}

/* A number of 53 bits that stands for TEXT (FNV-1a over two halves). */
function checksum(text) {
  let low = 0x811c9dc5, high = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
