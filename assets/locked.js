// Controls that a link hides or locks: ``hide=w`` takes a slider away but not its label and number, ``lock=w`` holds it.

import { setAttribute } from "./dom.js";

// The containers of the control of this name in an address: a slider, a choice, or a picker of functions.
function containers(name) {
  const keys = name === "f" ? ["function", "functions", "compared"] : [name, `choice.${name}`];
  return keys.flatMap((key) => [...document.querySelectorAll(`.st-key-${CSS.escape(key.replaceAll(".", "-"))}`)]);
}

export const isLocked = (input) => Boolean(input?.closest("[data-control]"));

function apply() {
  const head = document.querySelector(".nl-head");
  if (!head) return;
  const held = new Map();
  for (const how of ["lock", "hide"])
    for (const name of (head.dataset[how] ?? "").split(" ").filter(Boolean)) for (const control of containers(name)) held.set(control, how);
  for (const control of document.querySelectorAll("[data-control]")) if (!held.has(control)) release(control);
  for (const [control, how] of held) {
    setAttribute(control, "data-control", how);
    control.inert = true;
  }
}

function release(control) {
  control.removeAttribute("data-control");
  control.inert = false;
}

new MutationObserver(apply).observe(document.body, { childList: true, subtree: true });
apply();
