/* Spares axe its three dearest habits; what it finds stays the same (test_browser.py compares). Private fields are kept in WeakMaps,
   which cost the garbage collector most of the time: here they are properties. And each colour is worked out once, not once an element.
   And in other colours one text of each kind is enough: what looks the same on grounds that look the same has the same contrast. */

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

/* Once the contrast of all texts was measured, spareTheSame() leaves out, until spareNone(), whatever now looks like another: in itself,
   in all that it stands in, and in all that was found under it. Sizes and places must be those of the measurement. */
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
  window.spareTheSame = () => {
    // What shows through in one colour scheme and not in the other may be a ground that was not seen as one.
    const changed = everything().filter((one) => clear.has(one) !== isClear(one)).map((one) => one.getBoundingClientRect());
    const meets = (a) => changed.some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
    const looks = new Map(), places = new Map(), seen = new Set();
    const look = (element) => {
      if (!looks.has(element)) {
        const s = getComputedStyle(element);
        looks.set(element, [s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.mixBlendMode, s.textShadow, s.fontSize, s.fontWeight,
          s.webkitTextFillColor, s.webkitTextStrokeWidth, s.webkitTextStrokeColor].join());
      }
      return looks.get(element);
    };
    const number = new Map();
    const place = (element) => {
      if (!element) return 0;
      if (!places.has(element)) {
        const key = `${place(element.parentElement)} ${look(element)}`;
        if (!number.has(key)) number.set(key, number.size + 1);
        places.set(element, number.get(key));
      }
      return places.get(element);
    };
    for (const [node, under] of grounds) {
      if (!under || meets(node.getBoundingClientRect())) continue;
      const key = [node, ...under].map(place).join();
      if (seen.has(key)) spared.add(node); else seen.add(key);
    }
  };
}
