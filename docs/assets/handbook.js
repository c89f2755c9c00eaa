/* Enhancements only: every page reads without this file. Filters for lists, and definitions and notes shown in place. */

"use strict";

/* The id in HASH (`#id`). Whoever wrote an address may have put anything there: what cannot be decoded is taken as it stands. */
function hashId(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}

/* What HASH leads to on this page, or null. */
function hashTarget(hash) { return document.getElementById(hashId(hash)); }

/* Fills FIELD with what the links in ROWS name, and lets each row carry those it names. */
function nameByLinks(field, rows) {
  const names = new Map();
  for (const row of rows) {
    const ids = [];
    for (const link of row.querySelectorAll(field.dataset.namedBy)) {
      const id = link.hash.slice(1) || link.pathname.replace(/(\/|\/index\.html)$/, "").split("/").pop();
      names.set(id, link.textContent);
      ids.push(id);
    }
    row.dataset[field.dataset.filter] = ids.join(" ");
  }
  const sorted = [...names].sort(([, one], [, other]) => one.localeCompare(other, document.documentElement.lang));
  field.append(...sorted.map(([id, name]) => new Option(name, id)));
}

/* The choice made in FIELDS stands in the address, so that a filtered list can be sent and cited. */
function keepInAddress(fields) {
  const address = new URL(location);
  for (const field of fields) {
    const key = field.dataset.filter;
    if (field.value) address.searchParams.set(key, field.value);
    else address.searchParams.delete(key);
  }
  // In a folder without a server a browser lets no script change the address.
  if (address.href !== location.href && location.protocol !== "file:") history.replaceState(history.state, "", address);
}

function filterLists() {
  for (const form of document.querySelectorAll("form.hb-filter")) {
    const name = form.dataset.filters;
    const rows = document.querySelectorAll(`#${name} tbody tr, [data-filtered="${name}"] > li`);
    const output = form.querySelector("output");
    const fields = form.querySelectorAll("[data-filter]");
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      if (field.dataset.namedBy) nameByLinks(field, rows);
      field.value = asked.get(field.dataset.filter) ?? "";
      // What the list does not know it does not filter by.
      if (field.selectedIndex === -1) field.value = "";
    }
    const update = () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = ![...fields].every((field) => {
          const wanted = field.value.trim();
          if (!wanted) return true;
          if (field.dataset.filter === "text") return row.textContent.toLowerCase().includes(wanted.toLowerCase());
          return (row.dataset[field.dataset.filter] || "").split(" ").includes(wanted);
        });
        shown += row.hidden ? 0 : 1;
      }
      for (const list of document.querySelectorAll(`[data-filtered="${name}"]`)) {
        const empty = ![...list.children].some((item) => !item.hidden);
        list.hidden = empty;
        if (list.previousElementSibling?.tagName === "H2") list.previousElementSibling.hidden = empty;
      }
      output.textContent = `${shown} ${form.dataset.found}`;
    };
    form.hidden = false;
    form.addEventListener("input", () => { update(); keepInAddress(fields); });
    form.addEventListener("submit", (event) => event.preventDefault());
    update();
  }
}

/* One tip for the page: on hover and on focus, stays while the pointer is on it, closes on Escape (WCAG 1.4.13). */
function showTips() {
  const tip = document.createElement("div");
  tip.className = "hb-tip";
  tip.id = "hb-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  // Inside the main landmark, so that nothing on the page stands outside one.
  document.querySelector("main").append(tip);
  let owner = null;
  let timer = 0;

  const close = () => {
    tip.hidden = true;
    owner?.removeAttribute("aria-describedby");
    owner = null;
  };
  const closeSoon = () => { timer = setTimeout(close, 200); };
  const open = (link) => {
    clearTimeout(timer);
    if (owner === link) return;
    close();
    if (link.dataset.tip) {
      tip.textContent = link.dataset.tip;
    } else {
      const note = hashTarget(link.hash);
      if (!note) return;
      tip.replaceChildren(...[...note.cloneNode(true).childNodes]);
      tip.querySelectorAll(".footnote-backref").forEach((back) => back.remove());
      tip.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    }
    owner = link;
    link.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    const place = link.getBoundingClientRect();
    const left = Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    const below = place.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.setProperty("left", `${Math.max(8, left) + scrollX}px`);
    tip.style.setProperty("top", `${(below ? place.bottom + 4 : place.top - tip.offsetHeight - 4) + scrollY}px`);
  };

  for (const link of document.querySelectorAll("a.hb-term, a.footnote-ref")) {
    link.addEventListener("mouseenter", () => open(link));
    link.addEventListener("focus", () => open(link));
    link.addEventListener("mouseleave", closeSoon);
    // At once: the tip must not lie over the next stop (2.4.11), unless the pointer is reading it.
    link.addEventListener("blur", () => { if (!tip.matches(":hover")) close(); });
  }
  tip.addEventListener("mouseenter", () => clearTimeout(timer));
  tip.addEventListener("mouseleave", closeSoon);
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
}

filterLists();
showTips();
