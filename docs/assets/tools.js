/* What a reader can do with a page: cite the part at hand, and follow a path by its address alone. Nothing is kept. Without this file
   the citation of the page stands open at its foot, and a text file holds that of every part. */

"use strict";

{
  const article = document.getElementById("main-content");
  const panel = document.getElementById("hb-cite");

  /* The parts of a page by the rules of scripts/handbook/reading_aids/parts.py, which a test compares with these. */
  const SECTIONS = "h2[id], h3[id]";
  const ENTRIES = ["dl.hb-terms > div[id]", "tr[id]", "article[id]", "figure[id]", ".hb-timeline > li[id]", ".hb-paragraphs > li[id]"];
  const TITLES = { DIV: "dt", TR: "th", ARTICLE: "h3", FIGURE: "figcaption", LI: ".hb-when" };
  const OPAQUE = "p, svg, button, ul, .hb-cites, .hb-other, .hb-tag, .headerlink";

  const said = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(OPAQUE).forEach((one) => one.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  const partOf = (element) => {
    const { id } = element;
    if (element.matches(SECTIONS)) return { id, element, kind: "section", title: said(element) };
    if (element.matches(".hb-paragraphs > li")) return { id, element, kind: "paragraph", title: id.slice(2) };
    const heading = element.querySelector(TITLES[element.tagName]);
    if (!heading) return null;
    const measured = heading.matches(".hb-number") ? `: ${said(heading.nextElementSibling)}` : "";
    return { id, element, kind: "entry", title: said(heading) + measured };
  };

  const below = (heading) => {
    const found = [];
    for (let next = heading.nextElementSibling; next && !(/^H[123]$/.test(next.tagName) && next.tagName <= heading.tagName); next = next.nextElementSibling) {
      found.push(next);
    }
    return found;
  };

  /* Source → paragraphs that PART rests on. */
  const grounds = (part) => {
    const found = new Map();
    const add = (source, place) => found.set(source, (found.get(source) || new Set()).add(place));
    if (part.kind === "paragraph") add(panel.dataset.source, part.title);
    for (const element of part.kind === "section" ? below(part.element) : part.kind === "entry" ? [part.element] : []) {
      for (const link of element.querySelectorAll("a.footnote-ref, a.hb-cite")) {
        const address = decodeURIComponent(link.getAttribute("href"));
        const [, source, place] = address.match(/^#fn:([^:]+):(.+)$/) || address.match(/([^/]*)\/?#p-(.+)$/);
        add(source || panel.dataset.source, place);
      }
    }
    return found;
  };

  /* A locator as a reader says it, by the rules of scripts/handbook/wording.py: table 1, row 8. */
  const placed = (at, words) => {
    const [, kind, which, rest] = at.match(/^([a-z]*)-?([^.]*)\.?(.*)$/);
    if (!words[kind]) return at;
    if (kind === "annex") return `${words.annex} ${rest}`;
    const place = `${words[kind]} ${words[which] || which}`.trim();
    const row = rest.match(/^r(\d+)$/);
    if (row) return row[1] === "0" ? place : `${place}, ${words.row} ${row[1]}`;
    return rest ? `${place}, ${words.paragraph} ${rest}` : place;
  };

  /* LOCATORS in the words of PATTERNS: numbered paragraphs together, then each other place. */
  const places = (patterns, locators) => {
    const names = locators.map((at) => placed(at, JSON.parse(patterns.places)));
    const plain = names.filter((name, index) => name === locators[index]).join(", ");
    const others = names.filter((name, index) => name !== locators[index]).map((name) => `, ${name}`);
    return (plain && patterns.paragraph.replace("{}", plain)) + others.join("");
  };
  const told = (patterns, part) => (part.kind === "paragraph" ? places(patterns, [part.title]) : patterns[part.kind].replace("{}", () => part.title));
  const slot = (element, name, text) => { for (const one of element.querySelectorAll(`[data-slot=${name}]`)) one.textContent = text; };
  const tex = (text) => text.replace(/([&%$#_])/g, "\\$1");

  class Citing {
    constructor() {
      this.words = panel.dataset;
      this.body = panel.querySelector(".hb-citing__body");
      this.sentences = [...this.body.querySelectorAll(".hb-copy[data-section]")];
      this.patterns = this.sentences.find((one) => one.lang === document.documentElement.lang).dataset;
      this.files = [...this.body.querySelectorAll("a[data-entry]")].map((link) => ({ link, whole: link.getAttribute("href") }));
      this.parts = [SECTIONS, ...ENTRIES].flatMap((one) => [...article.querySelectorAll(one)]).map(partOf).filter(Boolean);
      this.status = Object.assign(document.createElement("p"), { className: "hb-citing__status", role: "status" });
      this.select = this.makeSelect();
      this.body.append(this.status);
      for (const text of this.body.querySelectorAll(".hb-copy")) text.after(" ", this.copier(text));
      this.listen();
    }

    makeSelect() {
      const label = Object.assign(document.createElement("label"), { className: "hb-citing__what" });
      const select = document.createElement("select");
      const name = (part) => (part.kind === "paragraph" ? placed(part.title, JSON.parse(this.patterns.places)) : part.title);
      const option = (part) => new Option(`${part.element.tagName === "H3" ? "– " : ""}${name(part)}`, part.id);
      select.append(new Option(this.words.whole, ""), ...this.parts.map(option));
      select.addEventListener("change", () => this.show(select.value));
      label.append(this.words.what, " ", select);
      if (this.parts.length) this.body.prepend(label);
      return select;
    }

    copier(text) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "hb-citing__copy", textContent: this.words.copy });
      const row = text.closest("dl > div").querySelector("dt").textContent;
      button.setAttribute("aria-label", `${this.words.copy}: ${row}`);
      button.addEventListener("click", async () => {
        // A page that is not served safely may not write to the clipboard: then the text is at least selected.
        try {
          await navigator.clipboard.writeText(text.textContent);
          this.say(`${this.words.copied}: ${row}`, button);
        } catch {
          getSelection().selectAllChildren(text);
          this.say(this.words.selected, button);
        }
      });
      return button;
    }

    say(text, button) {
      this.status.textContent = text;
      this.body.querySelectorAll(".hb-citing__copy--done").forEach((one) => one.classList.remove("hb-citing__copy--done"));
      button?.classList.add("hb-citing__copy--done");
    }

    makeDialog() {
      const dialog = Object.assign(document.createElement("dialog"), { className: "hb-cite-dialog" });
      const title = Object.assign(document.createElement("h2"), { id: "hb-cite-title", textContent: this.words.cite });
      const close = Object.assign(document.createElement("button"), { type: "button", className: "hb-cite-dialog__close", textContent: this.words.close });
      dialog.setAttribute("aria-labelledby", title.id);
      dialog.append(title, close);
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      dialog.addEventListener("close", () => { panel.append(this.body); this.say(""); });
      panel.parentElement.append(dialog);
      return dialog;
    }

    listen() {
      const plain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      document.querySelector(".hb-strip a[href='#hb-cite']")?.addEventListener("click", (event) => {
        if (!plain(event)) return;
        event.preventDefault();
        this.open("");
      });
      // A permanent link still leads to its place; there its citation waits.
      article.addEventListener("click", (event) => {
        const link = event.target.closest("a.headerlink, a.hb-locator, a.hb-permalink");
        if (link && plain(event)) setTimeout(() => this.open(hashId(link.hash)));
      });
      const contents = document.querySelector(".md-nav--secondary");
      if (!contents || !this.parts.some((part) => part.kind === "section")) return;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "hb-cite-here", textContent: this.words.citePart });
      button.addEventListener("click", () => this.open(this.here()));
      contents.append(button);
    }

    /* The section that the reader is in, as the contents beside the page mark it. */
    here() {
      return hashId(document.querySelector(".md-nav--secondary .md-nav__link--active")?.hash || "");
    }

    open(id) {
      if (this.dialog?.open) return;
      this.dialog ??= this.makeDialog();
      this.show(id);
      this.dialog.append(this.body);
      this.dialog.showModal();
      this.body.querySelector("button").focus();
    }

    /* The citation of the part ID, or of the whole page. */
    show(id) {
      const part = this.parts.find((one) => one.id === id);
      const anchor = part ? `#${part.id}` : "";
      this.select.value = part ? part.id : "";
      this.say("");
      for (const sentence of this.sentences) slot(sentence, "part", part ? told(sentence.dataset, part) : "");
      slot(this.body, "anchor", anchor);
      for (const { link, whole } of this.files) this.file(link, whole, part, anchor);
      const sources = part && grounds(part);
      for (const item of this.body.querySelectorAll("[data-source]")) {
        const found = sources?.get(item.dataset.source);
        item.hidden = Boolean(part) && !found;
        slot(item, "part", found ? places(this.patterns, [...found]) : "");
      }
      const rows = this.body.querySelector("[data-source]")?.closest("dl > div");
      if (rows) rows.hidden = !rows.querySelector("[data-source]:not([hidden])");
    }

    file(link, whole, part, anchor) {
      const name = whole.split("/").pop();
      const [stem, ending] = name.split(".");
      const title = part && (part.kind === "paragraph" ? told(this.patterns, part) : `: ${part.title}`);
      // A page's own text has no carriage returns, but RIS wants them.
      const fill = (text) => (ending === "ris" ? text.replace(/\r?\n/g, "\r\n") : text).replace("{part}", () => (ending === "bib" ? tex(title) : title)).replace("{id}", `-${part.id}`).replace("{anchor}", anchor);
      link.href = part ? `data:text/plain;charset=utf-8,${encodeURIComponent(fill(link.dataset.entry))}` : whole;
      link.download = part ? `${stem}-${part.id}.${ending}` : name;
    }
  }

  /* The step of a path at which the reader is stands in the address, ?step=, and is handed on from step to step. */
  const carry = (link, step) => {
    const address = new URL(link.href);
    address.searchParams.set("step", step);
    link.href = address;
  };

  const followPath = () => {
    for (const item of document.querySelectorAll("ol.hb-steps > li[id]")) {
      const link = item.querySelector("p > a[href]");
      if (link) carry(link, item.id);
    }
    const step = new URLSearchParams(location.search).get("step");
    const nav = document.querySelector("nav.hb-paths");
    const here = [...(nav?.querySelectorAll("li") || [])].find((item) => item.dataset.step === step);
    if (!here) return;
    for (const item of nav.querySelectorAll("li")) item.hidden = item !== here;
    for (const link of here.querySelectorAll("a[data-to]")) carry(link, link.dataset.to);
    const above = Object.assign(document.createElement("div"), { className: "hb-paths hb-paths--above" });
    above.append(nav.firstElementChild.cloneNode(true));
    document.querySelector(".hb-strip").after(above);
    const other = document.querySelector(".hb-language");
    if (other) carry(other, step);
  };

  if (article && panel?.querySelector(".hb-citing__body") && "showModal" in HTMLDialogElement.prototype) new Citing();
  followPath();
}
