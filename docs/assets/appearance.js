/* What must be settled before anything is drawn: that there is JavaScript, and light or dark. Only a choice against the system's own is kept, in the reader's browser. */

"use strict";

{
  // From here on what needs JavaScript takes its room, so that nothing moves when the other scripts come.
  document.documentElement.classList.replace("no-js", "js");
  const KEY = "handbook-appearance";
  const system = matchMedia("(prefers-color-scheme: dark)");
  // Storage may be closed to us: then the choice lasts as long as the page.
  const read = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const keep = (choice) => {
    try {
      if (choice) localStorage.setItem(KEY, choice);
      else localStorage.removeItem(KEY);
    } catch { /* as above */ }
  };
  const own = () => (system.matches ? "dark" : "light");

  const show = (appearance) => {
    const scheme = appearance === "dark" ? "slate" : "default";
    // Said again, it would cost a long page its whole style again.
    if (document.body.dataset.mdColorScheme !== scheme) document.body.dataset.mdColorScheme = scheme;
    document.querySelector(".hb-appearance")?.setAttribute("aria-pressed", String(appearance === "dark"));
  };

  show(read() || own());
  system.addEventListener("change", () => show(read() || own()));
  document.addEventListener("DOMContentLoaded", () => {
    show(read() || own());
    document.querySelector(".hb-appearance")?.addEventListener("click", () => {
      const next = document.body.dataset.mdColorScheme === "slate" ? "light" : "dark";
      keep(next === own() ? null : next);
      show(next);
    });
  });
}
