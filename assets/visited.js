// Which pages a reader has seen is known to their browser alone; the map and the path of home carry ticks for them.

const VISITED = "nonlinear.visited"; // paths, as a list

function visited() {
  try {
    return new Set(JSON.parse(remembered.read(VISITED)) ?? []);
  } catch {
    return new Set();
  }
}

const pageOf = (link) => link.pathname.split("/").pop();

function noteVisit() {
  const head = document.querySelector(".nl-head");
  const [page, seen] = [head?.dataset.room, visited()];
  if (page && !seen.has(page)) remembered.write(VISITED, JSON.stringify([...seen.add(page)]));
  if (head) tick(seen, head.dataset.visited);
}

// ``said`` is what a tick is called. On the path the first page without one is where to go on.
function tick(seen, said) {
  for (const link of document.querySelectorAll(":is(.nl-map, .nl-path) li a")) setAttribute(link, "data-visited", seen.has(pageOf(link)) ? said : null);
  const path = document.querySelector(".nl-path");
  const steps = [...(path?.querySelectorAll("a") ?? [])];
  const next = steps.find((step) => !step.dataset.visited);
  for (const step of steps) setAttribute(step, "data-next", step !== next ? null : step === steps[0] ? path.dataset.start : path.dataset.continue);
}

// Leads to a part of this page without a step of the browser's history.
function onDoor(event) {
  const part = event.target.closest?.(".nl-doors a, .nl-families a");
  const found = part && document.getElementById(part.hash.slice(1));
  if (!found) return;
  event.preventDefault();
  found.scrollIntoView();
  found.focus({ preventScroll: true });
}

document.addEventListener("click", onDoor);
new MutationObserver(noteVisit).observe(document.body, { childList: true, subtree: true });
