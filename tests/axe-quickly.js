/* Spares axe its two dearest habits; what it finds stays the same (test_browser.py compares). Private fields are kept in WeakMaps,
   which cost the garbage collector most of the time: here they are properties. And each colour is worked out once, not once an element. */

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
