// What paper needs and a screen does not: the settings as a line, the address with its code, the date and the licence. It
// is written when the page is printed, because only then is it known what stands on it.

import { sharedAddress } from "./share.js";

const WIDE = 680; // pixels of a line of text on A4 or Letter within the margins of the style sheet
const LARGEST = 1.2; // times that a chart is magnified
const PALE = 140; // of 255 that every part of a pale colour has

// Whether a text was drawn for a dark page. White is a text on a dark cell of a map.
function isPale(colour) {
  const parts = colour.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
  return parts.length === 3 && Math.min(...parts) > PALE && Math.min(...parts) < 255;
}

function paper(kind, ...children) {
  const made = document.createElement("div");
  made.className = `nl-paper ${kind}`;
  made.append(...children);
  return made;
}

const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

// Each slider with its value, and each choice that has one: as they are named on the page.
function settings() {
  const shown = (css) => [...document.querySelectorAll(`[data-testid=stMain] ${css}`)].filter((control) => !control.closest("details:not([open])"));
  const sliders = shown("[data-testid=stSlider]").map((slider) => {
    const input = slider.querySelector("input[type=range]");
    return `${text(slider.querySelector("label"))}: ${input?.getAttribute("aria-valuetext") ?? ""}`;
  });
  const chosen = shown("[class*=st-key-choice-] [data-testid=stButtonGroup]").map((group) => {
    const pressed = [...group.querySelectorAll("button")].filter((button) => button.ariaChecked === "true" || button.ariaPressed === "true").map(text);
    // A choice without a label has its name in the address for one.
    const label = text(group.querySelector("[data-testid=stWidgetLabel]"));
    return [group.closest(`.st-key-choice-${CSS.escape(label)}`) ? "" : label, pressed.join(", ")].filter(Boolean).join(": ");
  });
  const tags = shown("[data-testid=stMultiSelect] [data-baseweb=tag], [data-testid=stMain] [data-testid=stSelectbox] [value]").map((tag) => tag.value || text(tag));
  return [...chosen, ...tags, ...sliders].filter(Boolean).join(" · ");
}

// At once, because the browser prints as soon as this returns.
function code(address) {
  const request = new XMLHttpRequest();
  try {
    request.open("GET", `qr.svg?to=${encodeURIComponent(address)}`, false);
    request.send();
  } catch {
    return ""; // Without the server there is the address alone.
  }
  return request.status === 200 ? document.createRange().createContextualFragment(request.responseText) : "";
}

let opened = [];
function prepare() {
  tidy();
  const head = document.querySelector(".nl-head");
  if (!head) return;
  const words = JSON.parse(head.dataset.printed);
  const address = sharedAddress(head.dataset.key === "yes" ? { key: 1 } : {});
  const stage = document.querySelector(".st-key-stage");
  const set = settings();
  if (stage && set) stage.before(paper("settings", `${words.settings} ${set}`));
  const lines = [address, words.date.replace("{date}", new Date().toLocaleDateString(document.documentElement.lang)), words.licence];
  const foot = paper("foot", code(address), paper("", ...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line }))));
  document.querySelector("[data-testid=stMainBlockContainer]")?.append(foot);
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    plot.style.setProperty("--print-scale", String(Math.min(LARGEST, WIDE / plot.offsetWidth)));
    for (const label of plot.querySelectorAll("text")) label.classList.toggle("nl-pale", isPale(getComputedStyle(label).fill));
  }
  if (head.dataset.key !== "yes") return;
  opened = [...document.querySelectorAll("[data-testid=stMain] details:not([open])")];
  for (const fold of opened) fold.open = true;
}

function tidy() {
  for (const added of document.querySelectorAll(".nl-paper.settings, .nl-paper.foot")) added.remove();
  for (const fold of opened) fold.open = false;
  opened = [];
}

addEventListener("beforeprint", prepare);
addEventListener("afterprint", tidy);
document.addEventListener("click", ({ target }) => target.closest?.(".nl-print") && print());
