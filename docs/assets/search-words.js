/* The search's vocabulary: folds words, finds forms, compounds and typing errors. `search.js` loads it with the engine. */

"use strict";

/* Words as handbook/search/words.py makes them; the two must agree, which tests/test_search.py proves. */
function searchWords(text, wholes = true) {
  // Most names are plain letters, which need no folding.
  if (/^[a-zA-Z ]*$/.test(text)) return text.toLowerCase().split(" ").filter(Boolean);
  const folded = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’‘]/g, "")
    .replace(/(?<=\d)[ \u00a0](?=\d{3}\b)/g, "").replace(/(?<=\d),(?=\d)/g, ".");
  const found = [];
  for (const word of folded.match(/[a-z0-9]+(?:[.&-]+[a-z0-9]+)*/g) || []) {
    const parts = word.split(/-+|\.(?!\d)|(?<!\d)\./).filter(Boolean);
    found.push(...parts);
    if (wholes && parts.length > 1) found.push(parts.join(""));
  }
  return found;
}

/* Optimal string alignment distance of two words, or more than `most`. */
function editDistance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[other.length];
}

/* The letters of `word` as bits; a typing error changes two of them at most. */
function letters(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) % 32);
  return bits;
}

/* How many bits are set. */
function ones(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

/* A compound is a kind of its last part (industriebeleid is beleid), and only about its first (beleidsdoel). */
const TAIL = 0.95, HEAD = 0.9, INFLECTED = 0.92;
/* However long the word before it, a tail counts for this share of its compound. */
const TAIL_SHARE = 0.6;

/* A vocabulary in groups of forms, and for each group the entries in which it occurs. `step` values tell how it occurs there. */
class Vocabulary {
  constructor({ words, posts }, step) {
    this.text = ` ${words} `;
    this.groups = words.split(" ").map((group) => group.split(","));
    this.posts = posts.split(" ");
    this.step = step;
    this.group = new Map();
    this.forms = [];
    this.starts = [];
    let at = 1;
    this.groups.forEach((forms, number) => forms.forEach((form) => {
      this.group.set(form, number);
      this.forms.push(form);
      this.starts.push(at);
      at += form.length + 1;
    }));
  }

  /* [entry, how] pairs of a group. */
  entries(number) {
    if (typeof this.posts[number] === "string") {
      const pairs = [];
      let value = 0, shift = 1, last = 0;
      for (const char of this.posts[number]) {
        const digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(char);
        value += (digit % 32) * shift;
        shift *= 32;
        if (digit >= 32) {
          last += Math.floor(value / this.step);
          pairs.push([last, value % this.step]);
          value = 0;
          shift = 1;
        }
      }
      this.posts[number] = pairs;
    }
    return this.posts[number];
  }

  /* Groups that hold `word` or have it as a part, as compounds do: group → { weight, share of the form, the form meant }. */
  like(word) {
    const found = new Map(), own = this.group.get(word);
    for (const form of own === undefined ? [word] : this.groups[own]) {
      if (form.length < 3) continue;
      for (let at = this.text.indexOf(form); at > 0; at = this.text.indexOf(form, at + 1)) {
        const begins = " ,".includes(this.text[at - 1]), ends = " ,".includes(this.text[at + form.length]);
        if (begins === ends) continue;
        const other = this.formAt(at), tail = ends && form.length > 3 && other.length > form.length + 2;
        const weight = tail ? TAIL : begins ? HEAD : 0;
        const share = weight * (Math.max(tail ? TAIL_SHARE : 0, form.length / other.length)), number = this.group.get(other);
        if (share > (found.get(number)?.share || 0)) found.set(number, { weight, share });
      }
    }
    if (own !== undefined) found.set(own, { weight: 1, share: 1, form: word });
    return found;
  }

  /* The form that stands at place `at` of the text. */
  formAt(at) {
    let low = 0, high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= at) low = middle; else high = middle - 1;
    }
    return this.forms[low];
  }

  /* Groups with a form within the fewest typing errors of `word`: one for five letters, two from six on. */
  near(word) {
    const found = new Map();
    let most = word.length > 5 ? 2 : word.length > 4 ? 1 : 0;
    if (!most || /\d/.test(word)) return found;
    this.letters ??= Int32Array.from(this.forms, letters);
    const own = letters(word);
    this.forms.forEach((form, number) => {
      // Most words need no closer look: of another length, of other letters, or other in the first two (who errs in one seldom errs in both).
      if (form.length < 4 || Math.abs(form.length - word.length) > most || ones(own ^ this.letters[number]) > 2 * most) return;
      if (form[0] !== word[0] && form[1] !== word[1]) return;
      const errors = editDistance(word, form, most);
      if (errors > most) return;
      if (errors < most) found.clear();
      most = errors;
      found.set(this.group.get(form), { weight: 1 - 0.15 * errors, share: 1, form });
    });
    return found;
  }
}
