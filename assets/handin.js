// The form at the end of a lesson: it makes one line of text of what this browser has answered and what is typed here. The
// line is read by pages/shared/handin.py. What is typed is kept until the tab is closed, and is sent nowhere.

import { setAttribute } from "./dom.js";
import { downloadCsv } from "./export.js";
import { answers } from "./question.js";
import { copyFrom } from "./share.js";

const TYPED = "nonlinear.handin"; // in sessionStorage, by lesson: what each field holds

let memory = {}; // for a browser that lets nothing be kept
function typed() {
  try {
    return JSON.parse(sessionStorage.getItem(TYPED)) ?? memory;
  } catch {
    return memory;
  }
}

function keep(lesson, fields) {
  memory = { ...typed(), [lesson]: fields };
  try {
    sessionStorage.setItem(TYPED, JSON.stringify(memory));
  } catch {
    // The variable has it.
  }
}

const fieldsOf = (form) => [...form.querySelectorAll("[data-field]")];
const valuesOf = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.dataset.field, field.value]));

// JSON on one line. Quotes and braces that were typed are spelled, so that those of the line can be told from them even
// where a mail program has curled the quotes; so are the signs by which one quotes a line.
function spelled(text) {
  const code = (found) => `\\u${found.at(-1).charCodeAt(0).toString(16).padStart(4, "0")}`;
  const inside = JSON.stringify(text.replace(/\s+/g, " ").trim()).slice(1, -1);
  return `"${inside.replace(/\\"|[“”„‟«»″＂{}<>]/g, code)}"`;
}

const object = (parts) => `{${Object.entries(parts).map(([name, part]) => `${spelled(name)}:${part}`).join(",")}}`;

function lineOf(form) {
  const given = [...form.querySelectorAll("[data-given]")].map((item) => [item.dataset.page, spelled(item.dataset.given)]);
  const { n, s, u } = valuesOf(form);
  return `${form.dataset.mark} ${object({ n: spelled(n), l: spelled(form.dataset.lesson), a: object(Object.fromEntries(given)), s: spelled(s), u: spelled(u) })}`;
}

function write(form) {
  const line = form.querySelector(".line");
  line.value = lineOf(form);
  form.querySelector(".mail").href = `mailto:?subject=${encodeURIComponent(form.dataset.subject)}&body=${encodeURIComponent(line.value)}`;
}

// Python draws the form; a form that it draws anew is filled anew.
function fill() {
  const form = document.querySelector(".nl-handin:not([data-filled])");
  if (!form) return;
  setAttribute(form, "data-filled", "yes");
  const before = typed()[form.dataset.lesson] ?? {};
  for (const field of fieldsOf(form)) field.value = before[field.dataset.field] ?? field.value;
  const known = answers();
  for (const item of form.querySelectorAll("[data-page]")) {
    const answer = known[item.dataset.page];
    const text = answer === "shown" ? form.dataset.shown : item.getAttribute(`data-choice-${answer}`);
    if (!text) continue;
    item.dataset.given = answer;
    item.querySelector("b").textContent = text;
    item.querySelector("a").hidden = true;
  }
  write(form);
}

// Printed from the menu of the browser, a lesson is a sheet with a page for each step.
function printForm() {
  document.documentElement.dataset.prints = "handin";
  addEventListener("afterprint", () => delete document.documentElement.dataset.prints, { once: true });
  print();
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.(".nl-handin");
  if (!form) return;
  keep(form.dataset.lesson, valuesOf(form));
  write(form);
});

document.addEventListener("click", ({ target }) => {
  const form = target.closest?.(".nl-handin");
  if (form && target.matches(".copy")) copyFrom(form.querySelector(".line"), form.querySelector(".said"), JSON.parse(document.querySelector(".nl-head").dataset.share));
  else if (form && target.matches(".print")) printForm();
  // The table of /tally, which Python has written: a file of the server would have to be stored there.
  const table = target.closest?.(".nl-tally-csv");
  if (table) downloadCsv(table.dataset.csv, table.dataset.name);
});

new MutationObserver(fill).observe(document.body, { childList: true, subtree: true });
