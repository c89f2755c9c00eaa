/* What the pages need beyond links, for the keyboard and for assistive technology too: menu, contents, folds, tables, the other language. */

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
  // The browser does not move to what it shows a hair of; by key, the focus brings all of it into the box.
  const show = ({ target, currentTarget }) => {
    if (target !== currentTarget && target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  document.querySelectorAll(".hb-scroll").forEach((box) => {
    observer.observe(box);
    box.addEventListener("focusin", show);
  });
}

/* What is folded opens for whoever is led into it, and on paper, which cannot be opened. */
function openDetails() {
  const lead = () => {
    const target = hashTarget(location.hash);
    const folded = target && target.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    target.scrollIntoView();
  };
  lead();
  addEventListener("hashchange", lead);
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
}

/* The way back to the top shows while the reader scrolls up, a screen or more down the page. */
function backToTop() {
  const button = one(".md-top");
  if (!button) return;
  let before = 0;
  // It must not lie over what has the focus (2.4.11).
  const giveWay = () => {
    const focused = document.activeElement;
    if (button.hidden || focused === button || focused === document.body) return;
    const own = button.getBoundingClientRect(), its = focused.getBoundingClientRect();
    button.hidden = own.left < its.right && its.left < own.right && own.top < its.bottom && its.top < own.bottom;
  };
  addEventListener("scroll", () => {
    button.hidden = scrollY > before || scrollY < innerHeight;
    before = scrollY;
    giveWay();
  }, { passive: true });
  addEventListener("focusin", giveWay);
  button.addEventListener("click", () => {
    scrollTo({ top: 0 });
    document.getElementById("main-content").focus({ preventScroll: true });
  });
}

/* The contents beside the page mark the heading that the reader is under, and scroll along with both lists. */
function followContents() {
  const show = (link) => {
    const box = link.closest(".md-sidebar__scrollwrap");
    const place = link.getBoundingClientRect(), frame = box.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) box.scrollTop += place.top - frame.top - frame.height / 2;
  };
  const current = one(".md-sidebar--primary [aria-current=page]");
  if (current && !narrow.matches) show(current);

  const links = [...document.querySelectorAll(".md-nav--secondary a[href^='#']")];
  const headings = links.map((link) => hashTarget(link.hash));
  if (!links.length) return;
  let active = null, asked = false;
  const update = () => {
    asked = false;
    // A heading that a link leads to stops at 87 pixels at most (scroll-margin in frame.css); what stands right below it has not been passed yet.
    const passed = headings.findLastIndex((heading) => heading && heading.offsetParent && heading.getBoundingClientRect().top < 90);
    const now = links[passed] || null;
    if (now === active) return;
    active?.classList.remove("md-nav__link--active");
    now?.classList.add("md-nav__link--active");
    active = now;
    if (now) show(now);
  };
  addEventListener("scroll", () => {
    if (!asked) requestAnimationFrame(update);
    asked = true;
  }, { passive: true });
  update();
}

/* The same place on the same page in the other language: both languages share their anchors. */
function samePlace() {
  const link = one(".hb-language");
  // What the reader is at stands just below the header: what is scrolled to stops at 87 pixels at most.
  const near = (element) => {
    const { top, height } = element.getBoundingClientRect();
    return height > 0 && top < 90;
  };
  link?.addEventListener("click", () => {
    const target = hashTarget(location.hash);
    const passed = [...document.querySelectorAll("#main-content :is(h2, h3, h4, li, tr, article, figure, dl > div)[id]")].filter(near);
    link.hash = target && near(target) && target.getBoundingClientRect().bottom > 0 ? target.id : scrollY > 0 && passed.length ? passed.at(-1).id : "";
  });
}

menu();
openDetails();
backToTop();
followContents();
scrollRegions();
samePlace();
