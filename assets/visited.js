// Which pages a reader has seen is known to their browser alone; the map and the path of home carry ticks for them.

import { setAttribute } from "./dom.js";
import { storage } from "./storage.js";

const VISITED = "nonlinear.visited"; // paths, as a list

export function visited() {
  try {
    return new Set(JSON.parse(storage.read(VISITED)) ?? []);
  } catch {
    return new Set();
  }
}

const pageOf = (link) => link.pathname.split("/").pop();

function noteVisit() {
  const head = document.querySelector(".nl-head");
  const [page, seen] = [head?.dataset.page, visited()];
  if (page && !seen.has(page)) storage.write(VISITED, JSON.stringify([...seen.add(page)]));
  if (head) tick(seen, head.dataset.visited);
}

// ``label`` is what a tick is called. On the path the first page without one is where to go on.
function tick(seen, label) {
  for (const link of document.querySelectorAll(":is(.nl-map, .nl-path) li a")) setAttribute(link, "data-visited", seen.has(pageOf(link)) ? label : null);
  const path = document.querySelector(".nl-path");
  const steps = [...(path?.querySelectorAll("a") ?? [])];
  const next = steps.find((step) => !step.dataset.visited);
  for (const step of steps) setAttribute(step, "data-next", step !== next ? null : step === steps[0] ? path.dataset.start : path.dataset.continue);
}

// Takes all ticks away but that of this page.
export function forgetVisits() {
  storage.write(VISITED, null);
  noteVisit();
}

new MutationObserver(noteVisit).observe(document.body, { childList: true, subtree: true });
