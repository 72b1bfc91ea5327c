// The button that opens the map where it is put away: on a phone, and at a desk whose reader has closed it.

import { setAttribute } from "./dom.js";

export const mapIsOpen = () => document.querySelector("[data-testid=stSidebar]")?.dataset.collapsed === "false";
export const sidebarButton = () => document.querySelector(mapIsOpen() ? "[data-testid=stSidebarCollapseButton] button" : "[data-testid=stExpandSidebarButton]");

function onMenu({ target }) {
  if (!target.closest?.(".nl-menu")) return;
  sidebarButton()?.click();
  // The sidebar draws itself first.
  setTimeout(() => document.querySelector(".nl-map a[aria-current]")?.focus({ preventScroll: true }), 100);
}

// Escape leads from the map back to the button, where there is one.
function onMapEscape(event) {
  const menu = document.querySelector(".nl-menu");
  if (event.key !== "Escape" || event.target.matches?.("input") || !event.target.closest?.("[data-testid=stSidebar]")) return;
  if (!menu?.checkVisibility()) return;
  sidebarButton()?.click();
  menu.focus();
}

// Of the two tabs of the map one is open.
function openTab(tab) {
  for (const other of document.querySelectorAll(".nl-tabs button")) {
    setAttribute(other, "aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = other !== tab;
  }
}

function onTabKey(event) {
  if (!event.target.matches?.(".nl-tabs button") || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const tab = event.target.nextElementSibling ?? event.target.previousElementSibling;
  openTab(tab);
  tab.focus();
}

// The entry of this page is in sight when the page or the map has been opened.
let scrolledTo;
function showCurrent() {
  const current = mapIsOpen() ? document.querySelector(".nl-map a[aria-current]") : null;
  if (current === scrolledTo) return;
  current?.scrollIntoView({ block: "nearest" });
  // Not before it has been laid out.
  const { height, bottom } = current?.getBoundingClientRect() ?? {};
  scrolledTo = current && height && bottom <= innerHeight ? current : null;
}

function updateMenu() {
  showCurrent();
  setAttribute(document.querySelector(".nl-menu"), "aria-expanded", String(mapIsOpen()));
  setAttribute(document.documentElement, "data-map", mapIsOpen() ? "open" : "closed");
}

document.addEventListener("click", onMenu);
document.addEventListener("click", ({ target }) => target.closest?.(".nl-tabs button") && openTab(target.closest("button")));
document.addEventListener("keydown", onTabKey);
document.addEventListener("keydown", onMapEscape);
new MutationObserver(updateMenu).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-collapsed"] });
