/* The search's dialog: loads engine and index when it opens, shows results as the reader types, gives the focus back when it closes. */

"use strict";

/* Milliseconds of quiet after which the number of results is announced. */
const QUIET = 500;

class SearchDialog {
  constructor(dialog, opener) {
    this.dialog = dialog;
    this.input = dialog.querySelector("input");
    this.status = dialog.querySelector("[role=status]");
    this.list = dialog.querySelector("ol");
    this.other = dialog.querySelector(".hb-find__other");
    this.otherRoot = folder(this.other.firstElementChild.getAttribute("href"));
    opener.hidden = false;
    opener.addEventListener("click", () => this.open());
    // Who reaches for the button will search: the index may be there before the first letter.
    for (const sign of ["pointerenter", "focus"]) opener.addEventListener(sign, () => { this.loading ??= this.load(); });
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
    // Opened by an address, the dialog has nothing to give the focus back to.
    dialog.addEventListener("close", () => {
      const focused = document.activeElement;
      if (focused === document.body || dialog.contains(focused)) opener.focus({ preventScroll: true });
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("ol a")) dialog.close();
    });
    dialog.addEventListener("keydown", (event) => this.move(event));
    this.input.addEventListener("input", () => this.show());
    this.scripts = new Map();
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) {
      this.input.value = asked;
      this.open();
    }
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.select();
    this.loading ??= this.load();
    this.show();
  }

  /* Runs the script at ADDRESS, once; one that failed may be asked for again. */
  script(address) {
    if (!this.scripts.has(address)) {
      this.scripts.set(address, new Promise((resolve, reject) => {
        document.head.append(Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject }));
      }));
      this.scripts.get(address).catch(() => this.scripts.delete(address));
    }
    return this.scripts.get(address);
  }

  /* The names first, which is enough for first results; then the text, which completes them. What failed is tried again at the next opening. */
  async load() {
    const { vocabulary, engine, index, text } = this.dialog.dataset;
    this.failed = false;
    const rest = this.script(text);
    rest.catch(() => {});
    try {
      await Promise.all([vocabulary, engine, index].map((address) => this.script(address)));
      this.engine ??= new Engine(handbookSearch.index);
      this.show();
      await rest;
      this.engine.addText(handbookSearch.text);
      this.summaries = handbookSearch.text.summaries.split("\n");
    } catch {
      this.failed = true;
      this.loading = null;
    }
    this.show();
  }

  show() {
    const query = this.input.value.trim();
    if (!this.engine) {
      if (this.failed) this.say(this.dialog.dataset.failed);
      return;
    }
    const { results, count, words } = this.engine.find(query);
    this.list.replaceChildren(...results.map((result) => this.item(result, words)));
    // Without the text, which failed to come, the names are all there is to answer with.
    const complete = Boolean(this.summaries) || this.failed;
    this.other.hidden = !query || !complete || count > 0;
    this.other.querySelector("q").textContent = query;
    this.other.firstElementChild.href = `${this.otherRoot}${this.file(this.otherRoot)}?q=${encodeURIComponent(query)}`;
    const { one, many, first, none, failed } = this.dialog.dataset;
    const shown = count > results.length ? first.replace("{0}", results.length).replace("{1}", count) : count === 1 ? one : `${count} ${many}`;
    const told = !query ? "" : count ? shown : none;
    if (complete || count) this.say(this.failed ? `${told} ${failed}`.trim() : told);
  }

  /* Announced once the reader pauses, so that not every letter interrupts. */
  say(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.status.textContent = text; }, QUIET);
  }

  item(result, words) {
    const { engine } = this, { entry } = result;
    const item = document.createElement("li"), kind = document.createElement("span"), summary = this.summaries?.[entry];
    kind.className = "hb-find__kind";
    kind.textContent = engine.labels[engine.kinds[entry]] || "";
    item.append(this.link(entry, words), " ", kind);
    if (summary) {
      const text = document.createElement("p");
      text.append(...marked(summary, words));
      item.append(text);
    }
    if (result.sections.length) {
      const list = document.createElement("ul");
      list.append(...result.sections.map((section) => {
        const part = document.createElement("li");
        part.append(this.link(section.entry, words));
        return part;
      }));
      item.append(list);
    }
    return item;
  }

  link(entry, words) {
    const { page, anchor } = this.engine.places[entry], link = document.createElement("a");
    const address = `${folder(this.dialog.dataset.root)}${page}`;
    link.href = address + this.file(address) + (anchor ? `#${anchor}` : "");
    link.append(...marked(this.engine.names[entry][0], words));
    return link;
  }

  /* A folder opens its page on a server only; a site opened from a folder must name the file. */
  file(address) { return location.protocol === "file:" && address.endsWith("/") ? "index.html" : ""; }

  /* Arrow keys move between the field and the results, Enter in the field opens the first. */
  move(event) {
    const stops = [this.input, ...this.list.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && at === 0) stops[1]?.click();
    if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
  }
}

/* An address of a folder, which ends in a slash. */
function folder(address) { return address.replace(/\/?$/, "/"); }

/* TEXT as nodes, with the words that answered the query marked; what stands between two marks is one node, since each costs layout. */
function marked(text, words) {
  const nodes = [];
  let plain = "";
  for (const piece of text.split(/([\p{L}\p{N}’'-]+)/u)) {
    if (!searchWords(piece).some((word) => words.has(word))) {
      plain += piece;
      continue;
    }
    nodes.push(plain, Object.assign(document.createElement("mark"), { textContent: piece }));
    plain = "";
  }
  return [...nodes, plain].filter((node) => node !== "");
}

{
  const dialog = document.querySelector("dialog.hb-find"), opener = document.querySelector(".hb-find-open");
  if (dialog?.showModal && opener) new SearchDialog(dialog, opener);
}
