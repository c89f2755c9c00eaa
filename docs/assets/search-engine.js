/* The search's engine: finds entries in the scripts that `handbook.search` makes. `search.js` loads it when the dialog opens. */

"use strict";

/* Words as handbook/search/words.py makes them; the two must agree, which tests/test_search.py proves. */
function searchWords(text, wholes = true) {
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

/* A compound is a kind of its last part (industriebeleid is beleid), and only about its first (beleidsdoel). */
const TAIL = 0.95, HEAD = 0.8, INFLECTED = 0.92;

/* A vocabulary in groups of forms, and for each group the entries in which it occurs. `step` values tell how it occurs there. */
class Vocabulary {
  constructor({ words, posts }, step) {
    this.groups = words.split(" ").map((group) => group.split(","));
    this.posts = posts.split(" ");
    this.step = step;
    this.group = new Map();
    this.groups.forEach((forms, number) => forms.forEach((form) => this.group.set(form, number)));
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
    const forms = (own === undefined ? [word] : this.groups[own]).filter((form) => form.length > 2 || form === word);
    this.groups.forEach((group, number) => {
      for (const other of group) {
        for (const form of forms) {
          const more = other.length - form.length;
          const weight = more < 1 || form.length < 3 ? 0 : form.length > 3 && more > 2 && other.endsWith(form) ? TAIL : other.startsWith(form) ? HEAD : 0;
          const share = form.length / other.length;
          if (weight * share > (found.get(number)?.share || 0)) found.set(number, { weight, share: weight * share });
        }
      }
    });
    if (own !== undefined) found.set(own, { weight: 1, share: 1, form: word });
    return found;
  }

  /* Groups with a form within the fewest typing errors of `word`: one for five letters, two from six on. */
  near(word) {
    const found = new Map();
    let most = word.length > 5 ? 2 : word.length > 4 ? 1 : 0;
    if (!most || /\d/.test(word)) return found;
    this.groups.forEach((group, number) => group.forEach((form) => {
      // Who errs in the first letter seldom errs in the second too; most words need no closer look.
      if (form.length < 4 || (form[0] !== word[0] && form[1] !== word[1])) return;
      const errors = editDistance(word, form, most);
      if (errors > most) return;
      if (errors < most) found.clear();
      most = errors;
      found.set(number, { weight: 1 - 0.15 * errors, share: 1, form });
    }));
    return found;
  }
}

/* What a name is worth by kind; a section's heading is less than a name. */
const KIND_WEIGHT = { instrument: 1.15, market: 1.15, term: 1.1, policy: 1.1, contradiction: 1.1, figure: 0.9, section: 0.8, paragraph: 0.5 };

const RANK_WEIGHT = 0.1;
/* The section of a page on what the sources do not say, and how many words make a query a question. */
const GAPS = "gaps", QUESTION = 5;

class Engine {
  constructor({ names, anchors, kinds, ranks, stop, pages, labels, words, posts }) {
    this.labels = labels;
    this.names = names.split("\n").map((line) => line.split("\t"));
    this.kinds = kinds.split("\n");
    this.ranks = ranks;
    this.stop = new Set(stop.split(" "));
    this.vocabularies = [new Vocabulary({ words, posts }, 1)];
    this.nameWords = [];
    this.known = new Map();
    this.gaps = new Map();
    const addresses = pages.split("\n");
    let page = -1, own = 0;
    this.places = anchors.split("\n").map((anchor, entry) => {
      if (!anchor) [page, own] = [page + 1, entry];
      if (anchor === GAPS) this.gaps.set(own, entry);
      return { page: addresses[page], anchor, own };
    });
  }

  addText(text) {
    this.vocabularies[1] = new Vocabulary(text, 2);
    this.known.clear();
  }

  /* The first MOST results, best first (one for a page with its sections, one for each record), how many there are, and the words that answered. */
  find(query, most = 20) {
    const terms = this.terms(query), total = terms.reduce((sum, term) => sum + term.rarity, 0);
    const question = /\?\s*$/.test(query) || searchWords(query, false).length >= QUESTION;
    const results = new Map();
    for (const entry of new Set(terms.flatMap((term) => [...term.entries.keys()]))) {
      const score = this.score(entry, terms, total);
      const part = this.kinds[entry] === "section" || this.kinds[entry] === "paragraph";
      const shown = part ? this.places[entry].own : entry;
      const result = results.get(shown) || { entry: shown, score: 0, sections: [] };
      result.score = Math.max(result.score, score);
      if (part) result.sections.push({ entry, score });
      results.set(shown, result);
    }
    const first = [...results.values()].sort((a, b) => b.score - a.score || a.entry - b.entry).slice(0, most);
    for (const result of first) result.sections = this.best(result, question);
    return { results: first, count: results.size, words: new Set(terms.flatMap((term) => [...term.answers])) };
  }

  /* The sections worth showing below a page. A question may have no answer: then what the sources do not say is among them. */
  best({ entry, sections }, question) {
    const enough = Math.max(...sections.map((section) => section.score), 0) * 0.6;
    const shown = sections.filter((section) => section.score >= enough).sort((a, b) => b.score - a.score).slice(0, 3);
    const gaps = this.gaps.get(entry);
    if (question && gaps !== undefined && !shown.some((section) => section.entry === gaps)) shown.push({ entry: gaps, score: 0 });
    return shown;
  }

  /* The words of a query that tell something, each with what answers it; kept, since a query grows letter by letter. */
  terms(query) {
    const all = [...new Set(searchWords(query, false))];
    const telling = all.filter((word) => !this.stop.has(word));
    const wanted = telling.length ? telling : all;
    return wanted.map((word, at) => {
      const pairs = [wanted[at - 1] + word, word + wanted[at + 1]], key = `${word} ${pairs}`;
      if (!this.known.has(key)) this.known.set(key, this.term(word, pairs));
      return this.known.get(key);
    });
  }

  /* One word of a query: the entries that answer it, the forms that did and what each is worth, and how rare the word is. */
  term(word, pairs) {
    const likes = this.answers(word, pairs), entries = new Map(), forms = new Map(), answers = new Set();
    likes.forEach((groups, v) => groups.forEach(({ weight, share, form: meant }, group) => {
      for (const form of this.vocabularies[v].groups[group]) {
        answers.add(form);
        if (v === 0) forms.set(form, [weight * (meant && meant !== form ? INFLECTED : 1), share]);
      }
      for (const [entry, often] of this.vocabularies[v].entries(group)) {
        const hit = entries.get(entry) || { text: 0, name: 0 };
        if (v === 0) hit.name = Math.max(hit.name, weight);
        hit.text = Math.max(hit.text, weight * (often ? 1.25 : 1));
        entries.set(entry, hit);
      }
    }));
    const sure = [...entries.values()].filter((hit) => hit.text >= 0.7).length || entries.size;
    return { entries, forms, answers, rarity: Math.log(1 + this.names.length / (sure || 1)) };
  }

  /* For each vocabulary the groups that answer `word`, also joined with a neighbour; typing errors only if it stands nowhere. */
  answers(word, pairs) {
    let found = this.vocabularies.map((vocabulary) => {
      const groups = vocabulary.like(word);
      for (const pair of pairs) if (vocabulary.group.has(pair)) groups.set(vocabulary.group.get(pair), { weight: 1, share: 1 });
      return groups;
    });
    if (!this.vocabularies.some(({ group }) => group.has(word))) {
      found = found.map((groups, v) => (groups.size ? groups : this.vocabularies[v].near(word)));
    }
    if (!found[0].size) this.parts(word).forEach((part) => found.forEach((groups, v) => {
      for (const [group, { weight, share }] of this.vocabularies[v].like(part)) groups.set(group, { weight: 0.6 * weight, share: 0.6 * share });
    }));
    return found;
  }

  /* The two known words of which `word` is made, joined by an s or by nothing; or none. */
  parts(word) {
    for (let at = word.length - 4; at > 3; at--) {
      for (const end of word[at - 1] === "s" ? [at, at - 1] : [at]) {
        const parts = [word.slice(0, end), word.slice(at)];
        if (parts.every((part) => part.length > 3 && this.vocabularies.some(({ group }) => group.has(part)))) return parts;
      }
    }
    return [];
  }

  score(entry, terms, total) {
    const { own } = this.places[entry];
    let sum = 0, covered = 0, named = false;
    for (const { entries, rarity } of terms) {
      const hit = entries.get(entry), above = own !== entry && this.kinds[entry] === "section" ? entries.get(own)?.name || 0 : 0;
      const weight = Math.max(hit?.text || 0, 0.6 * above);
      sum += rarity * weight;
      covered += rarity * Math.min(1, weight);
      named ||= Boolean(hit?.name);
    }
    const all = covered / total;
    const name = named ? this.bestName(entry, terms, total) * (1 + RANK_WEIGHT * Number(this.ranks[entry])) : 0;
    return 3 * (KIND_WEIGHT[this.kinds[entry]] || 1) * name * all * all + (named ? 0.5 : 1) * (sum / total) * all;
  }

  /* How well one of the entry's names and the query cover each other, from 0 to 1. */
  bestName(entry, terms, total) {
    this.nameWords[entry] ??= this.names[entry].map((name) => searchWords(name, false).filter((word) => !this.stop.has(word)));
    let best = 0;
    this.nameWords[entry].forEach((name, alias) => {
      let length = 0, matched = 0;
      const heard = terms.map(() => 0);
      for (const word of name) {
        let weight = 0;
        terms.forEach(({ forms }, at) => {
          const [like, share] = forms.get(word) || [0, 0];
          heard[at] = Math.max(heard[at], like);
          weight = Math.max(weight, Math.min(like, share));
        });
        length += word.length;
        matched += word.length * weight;
      }
      const asked = terms.reduce((sum, { rarity }, at) => sum + rarity * heard[at], 0) / total;
      const covered = matched / (length || 1);
      best = Math.max(best, asked * (0.55 + 0.45 * covered) * (covered === 1 ? 1.3 : alias ? 0.85 : 1));
    });
    return best;
  }
}
