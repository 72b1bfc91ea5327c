// A number typed for a slider: Enter on its thumb, a digit, or a press on the number above it opens a field. What is
// typed, or asked for in the address, between two positions or beyond the ends is said under the slider.

import { commitSlider, findSlider, sliderScale } from "./slider.js";

const THUMB_VALUE = "[data-testid=stSliderThumbValue]";
const asciiMinus = (text) => text.trim().replaceAll("\u2212", "-");
const proseMinus = (text) => String(text).replace("-", "\u2212");
let words = null; // the sentences, once Python has sent them
let [rounded, page] = [{}, ""]; // by key, the number in the address and where the slider was put for it; the page's path
const noted = new WeakMap(); // by slider, the number of the address that it has had a note about
let prepared = new WeakSet(); // sliders that have had their look and their hint

// A slider of options shows a text, not its number.
function typeable(input) {
  const shown = Number(asciiMinus(input.getAttribute("aria-valuetext") ?? ""));
  return Math.abs(shown - Number(input.value)) < Number(input.step);
}

// A number of this slider as the page prints it.
function spelledLike(input, value) {
  const decimals = (input.getAttribute("aria-valuetext").split(".")[1] ?? "").length;
  return proseMinus(Number(value).toFixed(decimals));
}

// What Python sends: the sentences, the numbers of the address, and the page that they are for.
export function followTyping(...sent) {
  [words, rounded, page] = sent;
  prepared = new WeakSet();
  prepareSliders();
}

// Once a frame, since Streamlit may draw a slider after the message about it, or another in its place.
export function prepareSliders() {
  for (const input of document.querySelectorAll("[data-testid=stSlider] input[type=range]")) {
    if (prepared.has(input) || !typeable(input)) continue;
    prepared.add(input);
    input.setAttribute("aria-description", words.hint);
    const shown = input.closest("[data-testid=stSlider]").querySelector(THUMB_VALUE);
    keepMinus(shown);
    Object.assign(shown, { title: words.hint });
    Object.assign(shown.style, { pointerEvents: "auto", cursor: "text", textDecoration: "underline dotted", textUnderlineOffset: "3px" });
  }
  for (const [key, [number, settled]] of Object.entries(rounded)) {
    const input = findSlider(key);
    const once = `${page} ${key} ${number}`;
    if (!input || noted.get(input) === once || Math.abs(Number(input.value) - settled) >= input.step / 2) continue;
    noted.set(input, once);
    showNote(input, validateTyped(input, number), number);
  }
}

// Streamlit writes a hyphen before the number above a thumb; a minus is as wide as a plus.
const watched = new WeakSet();
function keepMinus(shown) {
  const spell = () => {
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.nodeValue.includes("-")) walker.currentNode.nodeValue = proseMinus(walker.currentNode.nodeValue);
  };
  spell();
  if (!watched.has(shown)) new MutationObserver(spell).observe(shown, { characterData: true, childList: true, subtree: true });
  watched.add(shown);
}

// What is wrong with a number for this slider; empty where it is one of its positions.
function validateTyped(input, number) {
  const [low, high, step] = sliderScale(input);
  if (Number.isNaN(number)) return "not_number";
  if (number < low || number > high) return "outside";
  const place = (number - low) / step;
  return Math.abs(place - Math.round(place)) > 1e-6 ? "between" : "";
}

// Says under the slider what became of a number, or nothing any more.
function showNote(input, verdict, asked) {
  const slider = input.closest("[data-testid=stSlider]");
  slider.parentElement.querySelector(".nl-note")?.remove();
  if (!verdict) return;
  const [low, high] = sliderScale(input).map((end) => spelledLike(input, end));
  const values = { asked: proseMinus(asked), shown: spelledLike(input, input.value), low, high };
  const text = words[verdict].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const note = Object.assign(document.createElement("p"), { className: "nl-note" });
  note.setAttribute("role", "status");
  note.dataset.at = input.value;
  slider.after(note);
  note.textContent = text; // after it is there, or it would not be read out
}

function openTyping(input, begun) {
  if (!words || !typeable(input)) return;
  const slider = input.closest("[data-testid=stSlider]");
  const box = slider.querySelector(THUMB_VALUE).getBoundingClientRect();
  const field = Object.assign(document.createElement("input"), { className: "nl-typed", value: begun ?? asciiMinus(spelledLike(input, input.value)) });
  field.inputMode = Number(input.min) < 0 ? "text" : "decimal"; // not every keypad of digits has a minus
  field.setAttribute("aria-label", words.label.replace("{name}", input.getAttribute("aria-label")));
  const [left, width] = [box.left + box.width / 2, 88];
  Object.assign(field.style, { left: `${Math.min(Math.max(left - width / 2, 4), innerWidth - width - 4)}px`, top: `${box.top - 6}px`, width: `${width}px` });
  let open = true;
  const close = (taken) => {
    if (!open) return;
    open = false;
    const text = field.value;
    field.remove();
    if (taken) applyNumber(input, text);
  };
  field.onblur = () => close(field.value !== field.defaultValue);
  field.onkeydown = (event) => {
    event.stopPropagation(); // arrows turn the pages of a slide
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    close(event.key === "Enter");
    input.focus({ preventScroll: true });
  };
  field.defaultValue = field.value;
  document.body.append(field);
  field.focus({ preventScroll: true });
  begun ? field.setSelectionRange(begun.length, begun.length) : field.select();
}

async function applyNumber(input, text) {
  const typed = asciiMinus(text).replace(",", ".");
  const number = typed === "" ? NaN : Number(typed);
  const verdict = validateTyped(input, number);
  if (verdict === "" || verdict === "between") await commitSlider(input, number);
  showNote(input, verdict, verdict === "not_number" ? text.slice(0, 20) : typed);
}

const sliderAt = (event) => (event.target.matches?.("[data-testid=stSlider] input[type=range]") ? event.target : null);

document.addEventListener("keydown", (event) => {
  const input = sliderAt(event);
  if (!input || event.ctrlKey || event.metaKey || event.altKey || !/^(Enter|[\d.,-])$/.test(event.key)) return;
  event.preventDefault();
  openTyping(input, event.key === "Enter" ? undefined : event.key);
});

let pressedAt = null; // where the slider stood when its number was pressed
document.addEventListener("pointerdown", (event) => (pressedAt = sliderOfNumber(event)?.value ?? null), true);
document.addEventListener("click", (event) => {
  const input = sliderOfNumber(event);
  if (input && input.value === pressedAt) openTyping(input);
});

// The slider whose number is under the pointer.
function sliderOfNumber(event) {
  return event.target.closest?.(THUMB_VALUE)?.closest("[data-testid=stSlider]").querySelector("input[type=range]");
}

// A slider that was moved on is no longer what its note is about.
export function dropNotes() {
  for (const note of document.querySelectorAll(".nl-note")) {
    const input = note.parentElement.querySelector("input[type=range]");
    if (input?.value !== note.dataset.at) note.remove();
  }
}
