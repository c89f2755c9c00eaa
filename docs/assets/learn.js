/* Quizzes, mixed tests and reading progress. Without this file the answers stand open to everyone under "Answer and explanation". */

"use strict";

for (const form of document.querySelectorAll("form.hb-quiz")) {
  const verdict = form.querySelector(".hb-verdict");
  const explanation = form.parentElement.querySelector("details");
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = new FormData(form).values().next().value;
    const right = chosen === form.dataset.answer;
    // Emptied first, so that the same verdict twice is told twice.
    verdict.textContent = "";
    const words = chosen === undefined ? verdict.dataset.choose : right ? verdict.dataset.right : verdict.dataset.wrong;
    requestAnimationFrame(() => (verdict.textContent = words));
    if (right && !explanation.open) explanation.open = form.opened = true;
    if (chosen !== undefined) form.dataset.first ??= right ? "right" : "wrong";
    form.dispatchEvent(new CustomEvent("answered", { bubbles: true }));
  });
  // Another option is another answer: the old verdict goes, and the explanation that it opened; what the reader opened stays.
  form.addEventListener("change", () => {
    verdict.textContent = "";
    if (form.opened) explanation.open = form.opened = false;
  });
}

/* A mixed test: one question a theme, drawn from the rounds that readers without script see whole. Only the first answer counts. */
for (const test of document.querySelectorAll(".hb-mixed")) {
  const bar = test.querySelector(".hb-draw");
  const tally = bar.querySelector("output");
  const rounds = [...test.querySelectorAll(".hb-round")];
  const questions = [...test.querySelectorAll(".hb-question")];
  const themes = groupByTheme(questions);
  const score = () => {
    const forms = questions.filter((question) => !question.hidden).map((question) => question.querySelector("form"));
    const right = forms.filter((form) => form.dataset.first === "right").length;
    tally.textContent = `${right} ${tally.dataset.of} ${forms.length} ${tally.dataset.score}`;
  };
  const draw = () => {
    for (const question of questions) {
      question.hidden = true;
      question.querySelector("details").open = false;
      const form = question.querySelector("form");
      form.reset();
      form.opened = false;
      delete form.dataset.first;
      form.querySelector(".hb-verdict").textContent = "";
    }
    for (const one of themes.values()) one[Math.floor(Math.random() * one.length)].hidden = false;
    score();
  };
  for (const round of rounds) {
    round.open = true;
    round.classList.add("hb-round--drawn");
  }
  bar.querySelector("[data-draw]").addEventListener("click", draw);
  test.addEventListener("answered", score);
  bar.hidden = false;
  draw();
}

function groupByTheme(questions) {
  const themes = new Map();
  for (const question of questions) themes.set(question.dataset.theme, [...(themes.get(question.dataset.theme) || []), question]);
  return themes;
}

/* What is marked read stays in this browser, under one key, and nowhere else. */
const KEY = "handbook.read";

function readSteps() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) || "[]"));
  } catch {
    return new Set();
  }
}

/* The bar above a path: what is read, kept, taken along as a file, read back and cleared. */
class Progress {
  constructor(bar) {
    this.bar = bar;
    this.boxes = [...document.querySelectorAll("input[data-step]")];
    this.file = bar.querySelector("input[type=file]");
    this.clearing = bar.querySelector("[data-clear]");
    for (const box of this.boxes) {
      box.parentElement.hidden = false;
      box.addEventListener("change", () => this.mark(box));
    }
    const on = (name, act) => bar.querySelector(`[data-${name}]`).addEventListener("click", act);
    on("export", () => this.save());
    on("import", () => this.file.click());
    on("clear", () => this.ask(true));
    on("no", () => this.ask(false));
    on("yes", () => this.clear());
    this.file.addEventListener("change", () => this.readBack());
    bar.addEventListener("keydown", (event) => event.key === "Escape" && this.ask(false));
    bar.hidden = false;
    this.show();
  }

  show() {
    const steps = readSteps();
    const done = this.boxes.filter((box) => (box.checked = steps.has(box.dataset.step))).length;
    this.bar.querySelector("progress").value = done;
    this.bar.querySelector("output").textContent = `${done}/${this.boxes.length}`;
  }

  store(steps) {
    try {
      if (steps.size) localStorage.setItem(KEY, JSON.stringify([...steps].sort()));
      else localStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing: the boxes fall back to what is stored.
    }
    this.show();
  }

  mark(box) {
    const steps = readSteps();
    if (box.checked) steps.add(box.dataset.step);
    else steps.delete(box.dataset.step);
    this.store(steps);
  }

  save() {
    const link = document.createElement("a");
    link.href = `data:application/json,${encodeURIComponent(JSON.stringify({ read: [...readSteps()].sort() }, null, 2))}`;
    link.download = "handbook-progress.json";
    link.click();
  }

  async readBack() {
    const [file] = this.file.files;
    if (!file) return;
    try {
      const { read } = JSON.parse(await file.text());
      if (!Array.isArray(read) || !read.every((step) => /^[a-z0-9-]+\/[a-z0-9-]+$/.test(step))) throw new TypeError();
      this.store(new Set([...readSteps(), ...read]));
      this.tell("imported");
    } catch {
      this.tell("unreadable");
    }
    // So that the same file, mended, is a change again.
    this.file.value = "";
  }

  /* Shows the question whether to clear, or takes it away; the focus goes along. */
  ask(open) {
    const question = this.bar.querySelector("[data-sure]");
    if (question.hidden !== open) return;
    question.hidden = !open;
    this.clearing.setAttribute("aria-expanded", open);
    (open ? this.bar.querySelector("[data-yes]") : this.clearing).focus();
  }

  clear() {
    this.store(new Set([...readSteps()].filter((step) => !step.startsWith(`${this.bar.dataset.path}/`))));
    this.ask(false);
    this.tell("cleared");
  }

  tell(name) {
    const status = this.bar.querySelector("[role=status]");
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = status.dataset[name]));
  }
}

for (const bar of document.querySelectorAll(".hb-progress")) new Progress(bar);
