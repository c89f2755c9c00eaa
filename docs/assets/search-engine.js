/* The search's engine: finds entries in the scripts that `handbook.search` makes, with the vocabulary of `search-words.js`. */

"use strict";

/* What a name is worth by kind; a section's heading is less than a name. */
const KIND_WEIGHT = { instrument: 1.15, market: 1.15, term: 1.1, policy: 1.1, contradiction: 1.1, figure: 0.9, section: 0.8, paragraph: 0.5 };

/* What each doubling of its mentions adds to a name, and what a second name is worth. */
const RANK_WEIGHT = 0.06, ALIAS = 0.7;
/* The section of a page on what the sources do not say, and how many words make a query a question. */
const GAPS = "gaps", QUESTION = 5;

/* How many words of a query count, how many entries are enough to choose from, and the shortest beginning that words may share. */
const MOST_TERMS = 8, ENOUGH = 200, SHORTEST_BEGINNING = 6;

/* The entries worth a closer look: those of the rarest terms. What answers only the commonest words of a question is no result. */
function candidates(terms) {
  const found = new Set();
  for (const { entries } of terms) {
    if (found.size >= ENOUGH) break;
    for (const entry of entries.keys()) found.add(entry);
  }
  return found;
}

/* Each form that answers one of `terms`: which of them, and how well. */
function formsMeant(terms) {
  const found = new Map();
  terms.forEach((term, at) => term.forms.forEach(([like, share], form) => {
    if (!found.has(form)) found.set(form, []);
    found.get(form).push([at, like, share]);
  }));
  return found;
}

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
    const results = new Map(), meant = formsMeant(terms);
    for (const entry of candidates(terms)) {
      const score = this.score(entry, terms, total, meant);
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
    const terms = wanted.flatMap((word, at) => {
      // Of a pasted question nobody misses the words that stand nowhere.
      if (wanted.length > MOST_TERMS && !this.stands(word)) return [];
      const pairs = [wanted[at - 1] + word, word + wanted[at + 1]], key = `${word} ${pairs}`;
      if (!this.known.has(key)) this.known.set(key, this.answered(word, pairs));
      return this.known.get(key);
    });
    // What stands nowhere tells nothing; of a long question the rarest words tell enough.
    return terms.filter((term) => term.entries.size).sort((a, b) => b.rarity - a.rarity).slice(0, MOST_TERMS);
  }

  /* Whether `word` stands anywhere as it is. */
  stands(word) { return this.vocabularies.some(({ group }) => group.has(word)); }

  /* The terms of one word: itself, or where it stands nowhere the known words of which it is made. */
  answered(word, pairs) {
    const term = this.term(word, pairs);
    if (term.entries.size) return [term];
    const parts = this.parts(word);
    return (parts.length ? parts : this.beginning(word)).map((part) => this.term(part, []));
  }

  /* The longest beginning of `word` that other words share: technicians, technical. */
  beginning(word) {
    for (let end = word.length - 1; end >= SHORTEST_BEGINNING; end--) {
      const part = word.slice(0, end);
      if (this.vocabularies.some((vocabulary) => vocabulary.like(part).size)) return [part];
    }
    return [];
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
    if (!this.stands(word)) {
      found = found.map((groups, v) => (groups.size ? groups : this.vocabularies[v].near(word)));
    }
    if (!found[0].size && found[1]?.size) this.parts(word).forEach((part) => found.forEach((groups, v) => {
      for (const [group, { weight, share }] of this.vocabularies[v].like(part)) groups.set(group, { weight: 0.6 * weight, share: 0.6 * share });
    }));
    return found;
  }

  /* The two known words of which `word` is made, joined by an s or by nothing; or none. */
  parts(word) {
    for (let at = word.length - 4; at > 3; at--) {
      for (const end of word[at - 1] === "s" ? [at, at - 1] : [at]) {
        const parts = [word.slice(0, end), word.slice(at)];
        if (parts.every((part) => part.length > 3 && this.stands(part))) return parts;
      }
    }
    return [];
  }

  score(entry, terms, total, meant) {
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
    const name = named ? this.bestName(entry, terms, total, meant) * (1 + RANK_WEIGHT * Number(this.ranks[entry])) : 0;
    return 3 * (KIND_WEIGHT[this.kinds[entry]] || 1) * name * all * all + (named ? 0.5 : 1) * (sum / total) * all;
  }

  /* How well one of the entry's names and the query cover each other, from 0 to 1. */
  bestName(entry, terms, total, meant) {
    this.nameWords[entry] ??= this.names[entry].map((name) => this.pieces(name));
    let best = 0;
    this.nameWords[entry].forEach((name, alias) => {
      let length = 0, matched = 0;
      const heard = terms.map(() => 0);
      for (const piece of name) {
        // Part of a word with a hyphen is part of a compound.
        const most = piece.every((word) => meant.has(word)) ? 1 : TAIL;
        for (const word of piece) {
          let weight = 0;
          for (const [at, like, share] of meant.get(word) || []) {
            heard[at] = Math.max(heard[at], Math.min(most, like));
            weight = Math.max(weight, Math.min(most, like, share));
          }
          length += word.length;
          matched += word.length * weight;
        }
      }
      const asked = terms.reduce((sum, { rarity }, at) => sum + rarity * heard[at], 0) / total;
      const covered = matched / (length || 1);
      best = Math.max(best, asked * (0.55 + 0.45 * covered) * (covered === 1 ? 1.3 : alias ? ALIAS : 1));
    });
    return best;
  }

  /* The telling words of a name, those with a hyphen in their parts. */
  pieces(name) {
    return name.split(/\s+/).map((piece) => searchWords(piece, false).filter((word) => !this.stop.has(word))).filter((piece) => piece.length);
  }
}
