/* What the theme lacks for the keyboard and for assistive technology: menu, single keys, tables, the other language. */

"use strict";

const narrow = matchMedia("(max-width: 76.234375em)");
const one = (selector) => document.querySelector(selector);
const inert = (selector, on) => document.querySelectorAll(selector).forEach((element) => { element.inert = on; });

function setToggle(box, on) {
  if (box.checked === on) return;
  box.checked = on;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

/* The menu of narrow screens: while it is open nothing else can be reached, Escape closes it, the focus returns (2.4.3, 2.4.7). */
function menu() {
  const box = document.getElementById("__drawer");
  const button = one(".hb-menu");
  const drawer = one(".md-sidebar--primary");
  if (!drawer) return;
  const update = () => {
    const open = box.checked && narrow.matches;
    button.setAttribute("aria-expanded", String(open));
    drawer.inert = narrow.matches && !open;
    inert(".md-header, .md-tabs, .md-content, .md-sidebar--secondary, .md-footer, .md-top", open);
  };
  const close = () => {
    if (!box.checked) return;
    setToggle(box, false);
    button.focus();
  };
  button.addEventListener("click", () => {
    setToggle(box, true);
    one(".hb-nav__close").focus();
  });
  one(".hb-nav__close").addEventListener("click", close);
  drawer.addEventListener("click", (event) => { if (event.target.closest("a[href*='#']")) setToggle(box, false); });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && narrow.matches) close(); });
  box.addEventListener("change", update);
  narrow.addEventListener("change", update);
  update();
}

/* A letter typed by mistake, or by voice, must not do anything (2.1.4). */
function noSingleKeys() {
  addEventListener("keydown", (event) => {
    const editable = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!editable && !event.ctrlKey && !event.metaKey && !event.altKey && "fs/pn,.".includes(event.key)) event.stopImmediatePropagation();
  }, true);
}

/* A table wider than its place is a region with a name that the keyboard can scroll (2.1.1); one that fits is no extra stop. */
function scrollRegions() {
  const update = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    for (const [name, value] of [["role", "region"], ["tabindex", "0"], ["aria-label", box.dataset.name]]) {
      if (scrolls) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  const observer = new ResizeObserver((entries) => entries.forEach((entry) => update(entry.target)));
  document.querySelectorAll(".hb-scroll").forEach((box) => observer.observe(box));
}

/* The same place on the same page in the other language: both languages share their anchors. */
function samePlace() {
  const link = one(".hb-language");
  // What the reader is at stands just below the header.
  const near = (element) => {
    const { top, height } = element.getBoundingClientRect();
    return height > 0 && top < 140;
  };
  link?.addEventListener("click", () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const passed = [...document.querySelectorAll("#main-content :is(h2, h3, h4, li, tr, article, figure, dl > div)[id]")].filter(near);
    link.hash = target && near(target) && target.getBoundingClientRect().bottom > 0 ? target.id : scrollY > 0 && passed.length ? passed.at(-1).id : "";
  });
}

noSingleKeys();
menu();
scrollRegions();
samePlace();
