/* Quizzes, mixed tests and reading progress. Without this file the answers stand open to everyone under "Answer and explanation". */

"use strict";

for (const form of document.querySelectorAll("form.hb-quiz")) {
  const verdict = form.querySelector(".hb-verdict");
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = new FormData(form).values().next().value;
    const right = chosen === form.dataset.answer;
    // Emptied first, so that the same verdict twice is told twice.
    verdict.textContent = "";
    const words = chosen === undefined ? verdict.dataset.choose : right ? verdict.dataset.right : verdict.dataset.wrong;
    requestAnimationFrame(() => (verdict.textContent = words));
    if (right) form.parentElement.querySelector("details").open = true;
    if (chosen !== undefined) form.dataset.first ??= right ? "right" : "wrong";
    form.dispatchEvent(new CustomEvent("answered", { bubbles: true }));
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

for (const bar of document.querySelectorAll(".hb-progress")) {
  const boxes = [...document.querySelectorAll("input[data-step]")];
  const show = () => {
    const steps = readSteps();
    const done = boxes.filter((box) => (box.checked = steps.has(box.dataset.step))).length;
    bar.querySelector("progress").value = done;
    bar.querySelector("output").textContent = `${done}/${boxes.length}`;
  };
  const store = (steps) => {
    try {
      if (steps.size) localStorage.setItem(KEY, JSON.stringify([...steps].sort()));
      else localStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing: the boxes fall back to what is stored.
    }
    show();
  };
  for (const box of boxes) {
    box.parentElement.hidden = false;
    box.addEventListener("change", () => {
      const steps = readSteps();
      if (box.checked) steps.add(box.dataset.step);
      else steps.delete(box.dataset.step);
      store(steps);
    });
  }
  bar.querySelector("[data-clear]").addEventListener("click", () => store(new Set([...readSteps()].filter((step) => !step.startsWith(`${bar.dataset.path}/`)))));
  bar.querySelector("[data-export]").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = `data:application/json,${encodeURIComponent(JSON.stringify({ read: [...readSteps()].sort() }, null, 2))}`;
    link.download = "handbook-progress.json";
    link.click();
  });
  bar.hidden = false;
  show();
}
