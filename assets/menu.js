// The button that opens the map where it is put away: on a phone, and at a desk whose reader has closed it.

const mapIsOpen = () => document.querySelector("[data-testid=stSidebar]")?.dataset.collapsed === "false";
const sidebarButton = () => document.querySelector(mapIsOpen() ? "[data-testid=stSidebarCollapseButton] button" : "[data-testid=stExpandSidebarButton]");

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

function tellMenu() {
  setAttribute(document.querySelector(".nl-menu"), "aria-expanded", String(mapIsOpen()));
  setAttribute(document.documentElement, "data-map", mapIsOpen() ? "open" : "closed");
}

document.addEventListener("click", onMenu);
document.addEventListener("keydown", onMapEscape);
new MutationObserver(tellMenu).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-collapsed"] });
