/* Quizzes and reading progress. Without this file the answers stand open to everyone under "Answer and explanation". */

"use strict";

for (const form of document.querySelectorAll("form.hb-quiz")) {
  const verdict = form.querySelector(".hb-verdict");
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = new FormData(form).values().next().value;
    const right = chosen === form.dataset.answer;
    verdict.textContent = chosen === undefined ? verdict.dataset.choose : right ? verdict.dataset.right : verdict.dataset.wrong;
    if (right) form.parentElement.querySelector("details").open = true;
  });
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
    if (steps.size) localStorage.setItem(KEY, JSON.stringify([...steps].sort()));
    else localStorage.removeItem(KEY);
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
