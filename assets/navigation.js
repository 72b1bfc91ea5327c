// Leads from page to page without a new session: a plain link becomes one step of the browser's history, and what was set
// on a page is carried back to it.

import { setAttribute } from "./dom.js";
import { CRAMPED } from "./slide.js";

// Streamlit adds a step to the browser's history for each value that Python sets. Only a change of page is one.
const push = history.pushState.bind(history);
const inPlace = (url) => new URL(url ?? "", location.href).pathname === location.pathname;
const pushOrReplace = (state, title, url) => (inPlace(url) ? history.replaceState(state, title, url) : push(state, title, url));

// What the address of each page asked for last in this visit, by path; links between pages carry it on. Noted at every
// change of the address: once the browser has gone back, that of the page which was left is gone.
const lastQuery = {};
const noteQuery = () => (lastQuery[location.pathname] = location.search);
const replace = history.replaceState.bind(history);
const ABOUT_READER = ["lang", "present", "predict", "key", "frame", "hide", "lock", "lesson", "place"];

function go(link) {
  const to = new URL(link.href);
  const plain = [...to.searchParams.keys()].every((name) => [...ABOUT_READER, "x0"].includes(name));
  const same = to.pathname === location.pathname;
  noteQuery();
  const here = new URLSearchParams(location.search);
  for (const [name, value] of plain ? new URLSearchParams(lastQuery[to.pathname]) : [])
    if (!ABOUT_READER.includes(name) && (same || name !== "x0")) to.searchParams.append(name, value);
  if (plain && !same && to.searchParams.has("x0") && document.querySelector(".st-key-x0")) {
    if (here.has("x0")) to.searchParams.set("x0", here.get("x0"));
    else to.searchParams.delete("x0");
  }
  // A lesson goes on wherever a reader goes, unless a link says that it ends.
  for (const name of ["lesson", "place"]) {
    if (!to.searchParams.has(name) && here.has(name)) to.searchParams.set(name, here.get(name));
    if (to.searchParams.get(name) === "") to.searchParams.delete(name);
  }
  push({}, "", to);
  // What Streamlit does when the reader goes back: the page of the address, as the address says.
  dispatchEvent(new PopStateEvent("popstate"));
  if (!same || to.searchParams.get("q") !== here.get("q")) document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
  if (innerWidth < 768) document.querySelector("[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarCollapseButton] button")?.click();
}

function onClick(event) {
  const link = event.target.closest?.("a[href]");
  const ours = link && !link.hasAttribute("download") && !/^([a-z]+:|[#/])/.test(link.getAttribute("href")) && !event.defaultPrevented;
  if (!ours || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link);
}

// Leads to a part of this page without a step of the browser's history.
function onPartLink(event) {
  const part = event.target.closest?.(".nl-sections a, .nl-families a");
  const found = part && document.getElementById(part.hash.slice(1));
  if (!found) return;
  event.preventDefault();
  found.scrollIntoView();
  found.focus({ preventScroll: true });
}

// Streamlit says that every page is English, and the style sheets ask which page it is; a link that is handed on should
// say in which language it was read.
function describePage() {
  // What scrolls by itself has to be reached by keyboard.
  for (const wide of document.querySelectorAll(".st-key-book, [data-testid=stMain] pre")) wide.tabIndex = 0;
  const head = document.querySelector(".nl-head");
  if (!head) return;
  // A page without a chart, whose script would say so, is ready when its last part is there.
  if (document.querySelector("[data-ready]")) document.documentElement.classList.add("ready");
  for (const name of ["lang", "data-page", "data-slide", "data-frame", "data-key"]) {
    const value = name === "data-slide" && head.dataset.slide === "yes" && CRAMPED.matches ? "small" : head.getAttribute(name);
    setAttribute(document.documentElement, name, value);
  }
  const here = new URL(location.href);
  if (here.searchParams.has("lang")) return;
  here.searchParams.set("lang", head.lang.slice(0, 2));
  history.replaceState(history.state, "", here);
}

// The style sheets ask whether a thumb is held, and of which slider.
function onHold({ target }) {
  const slider = target.closest?.("[data-testid=stSlider]")?.closest("[class*=st-key-]");
  if (slider) document.documentElement.dataset.held = slider.className.match(/st-key-(\S+)/)[1];
}

function onRelease() {
  delete document.documentElement.dataset.held;
}

history.pushState = pushOrReplace;
history.replaceState = (...state) => {
  replace(...state);
  noteQuery();
};
// The server says what an address means that is none of ours: it knows other names, and has a page for the rest.
const known = () => [...document.querySelectorAll(".nl-map a, .nl-bar a")].some((link) => link.pathname === location.pathname);
addEventListener("popstate", (event) => {
  noteQuery();
  if (!document.querySelector(".nl-head") || known()) return;
  event.stopImmediatePropagation();
  location.reload();
});
new MutationObserver(describePage).observe(document.body, { childList: true, subtree: true });
describePage();
document.addEventListener("click", onPartLink);
document.addEventListener("click", onClick);
document.addEventListener("pointerdown", onHold, true);
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, onRelease, true);
