// A slide in front of a class: keys that choose, reveal and ask again, a minute to think, and a count of hands beside each
// choice. Counts are kept until the tab is closed, so that a teacher may turn the pages meanwhile.

import { setAttribute } from "./dom.js";

const COUNTS = "nonlinear.hands"; // in sessionStorage, by page: {votes: 1 or 2, counts: {choice: [first, second]}}
const THINKING = 60; // seconds
const LARGEST = 999; // hands
const CHOICE = ".st-key-question li:has(> p > a[href*='#answer-'], > a[href*='#answer-'])";

export const presenting = () => new URLSearchParams(location.search).get("present") === "1";
const question = () => document.querySelector(".nl-question");
const click = (selector) => document.querySelector(selector)?.click();

// A slide that is magnified, or a window too small for one, has the ordinary layout below the bar.
export const CRAMPED = matchMedia("(max-height: 599px), (max-width: 699px)");

// The text of a chart grows with that of the page: the style sheet draws the chart smaller and magnifies it.
function growChart() {
  const root = document.documentElement;
  root.style.setProperty("--grow", root.dataset.slide === "yes" ? String(parseFloat(getComputedStyle(root).fontSize) / 16) : null);
}

// A clicker sends the keys of a page up and down.
const KEYS = {
  ArrowLeft: () => click("a.previous"),
  PageUp: () => click("a.previous"),
  ArrowRight: () => click("a.next"),
  PageDown: () => click("a.next"),
  Escape: () => click("a.leave"),
  a: () => click(".st-key-question:not([data-answered]) .nl-question .nl-reveal, .st-key-shown button"),
  q: () => click(".st-key-question[data-answered] .nl-again"),
  t: switchTimer,
  h: countHands,
};
for (const number of [1, 2, 3, 4])
  KEYS[number] = () => click(`.st-key-question:not([data-answered]) a[href$='#answer-${number}']`);

function onKey(event) {
  if (!presenting() || document.querySelector("dialog[open]") || event.metaKey || event.ctrlKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const field = event.target.closest?.("input, textarea, [contenteditable], [role=slider]");
  const counts = field?.closest(".nl-hands");
  // A field for a count takes numbers and arrows, any other field takes whatever is typed.
  if (field && key !== "Escape" && !(counts && /^[a-z]$/.test(key))) {
    if (counts && key === "Enter") nextField(field);
    return;
  }
  if (!Object.hasOwn(KEYS, key)) return;
  event.preventDefault();
  KEYS[key]();
}

let ends = 0; // when the minute is over, in milliseconds; 0 where none is running
let ticking;

function switchTimer() {
  clearInterval(ticking);
  ends = ends ? 0 : Date.now() + 1000 * THINKING;
  if (ends) ticking = setInterval(showTimer, 200);
  showTimer();
}

function showTimer() {
  const shown = document.querySelector(".nl-timer");
  if (!shown) return;
  const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
  const text = !ends ? "" : left ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : shown.dataset.over;
  if (shown.textContent !== text) shown.textContent = text;
  if (ends && !left) clearInterval(ticking);
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(COUNTS)) ?? {};
  } catch {
    return memory;
  }
}

let memory = {}; // for a browser that lets nothing be kept
function keep(page, hands) {
  memory = { ...kept(), [page]: hands };
  try {
    sessionStorage.setItem(COUNTS, JSON.stringify(memory));
  } catch {
    // The variable has it.
  }
}

const handsOf = (page) => kept()[page] ?? { votes: 0, counts: {} };

// Opens the fields of the first vote, then of a second one beside them.
function countHands() {
  const asked = question();
  if (!asked || !document.querySelector(CHOICE)) return;
  const { page } = asked.dataset;
  const hands = handsOf(page);
  keep(page, { ...hands, votes: Math.min(2, hands.votes + 1) });
  showHands();
  document.querySelector(`.nl-hands input[data-vote="${handsOf(page).votes - 1}"]`)?.select();
}

function nextField(field) {
  const fields = [...document.querySelectorAll(`.nl-hands input[data-vote="${field.dataset.vote}"]`)];
  const next = fields[fields.indexOf(field) + 1];
  next ? next.select() : field.blur();
}

function onCount({ target }) {
  const field = target.closest?.(".nl-hands input");
  if (!field) return;
  const { page } = question().dataset;
  const hands = handsOf(page);
  const { choice, vote } = field.dataset;
  const both = [...(hands.counts[choice] ?? [0, 0])];
  both[vote] = Math.min(LARGEST, Math.max(0, Math.round(Number(field.value)) || 0));
  keep(page, { ...hands, counts: { ...hands.counts, [choice]: both } });
  showHands();
}

// The fields beside each choice. The bars of a vote are drawn once it is over: at the reveal, or when the next one is taken.
export function showHands() {
  const asked = question();
  const hands = asked && presenting() ? handsOf(asked.dataset.page) : { votes: 0, counts: {} };
  const frame = document.querySelector(".st-key-question");
  const answered = frame?.hasAttribute("data-answered");
  setAttribute(frame, "data-votes", hands.votes ? String(hands.votes) : null);
  const totals = [0, 1].map((vote) => Object.values(hands.counts).reduce((sum, counts) => sum + counts[vote], 0));
  for (const choice of document.querySelectorAll(CHOICE)) {
    const number = choice.querySelector("a").getAttribute("href").split("#answer-")[1];
    let fields = choice.querySelector(".nl-hands");
    if (!hands.votes) {
      fields?.remove();
      continue;
    }
    if (!fields) choice.append((fields = madeFields(asked, number)));
    for (const field of fields.querySelectorAll("input")) {
      const vote = Number(field.dataset.vote);
      const count = hands.counts[number]?.[vote] ?? 0;
      field.hidden = vote >= hands.votes;
      if (Number(field.value || 0) !== count) field.value = count || "";
      const over = totals[vote] && (answered ? vote < hands.votes : vote < hands.votes - 1);
      const bar = field.nextElementSibling;
      const text = over ? `${Math.round((100 * count) / totals[vote])} %` : "";
      if (bar.textContent !== text) bar.textContent = text;
      bar.style.setProperty("--share", over ? count / totals[vote] : 0);
    }
  }
}

function madeFields(asked, number) {
  const fields = Object.assign(document.createElement("span"), { className: "nl-hands" });
  for (const [vote, label] of [asked.dataset.handsFirst, asked.dataset.handsSecond].entries()) {
    const field = Object.assign(document.createElement("input"), { type: "number", min: 0, max: LARGEST, inputMode: "numeric", placeholder: "0" });
    field.setAttribute("aria-label", `${number}: ${label}`);
    field.title = label;
    Object.assign(field.dataset, { vote, choice: number });
    fields.append(field, document.createElement("output"));
  }
  return fields;
}

function onClick({ target }) {
  const control = target.closest?.(".nl-count-hands, .nl-minute");
  if (control) (control.matches(".nl-minute") ? switchTimer : countHands)();
}

// A question that is asked again is counted anew.
export const forgetHands = (page) => keep(page, undefined);

document.addEventListener("keydown", onKey);
document.addEventListener("input", onCount);
document.addEventListener("click", onClick);
addEventListener("resize", growChart);
new MutationObserver(growChart).observe(document.documentElement, { attributeFilter: ["data-slide"] });
