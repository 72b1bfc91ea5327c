// The question of a page. Only the browser knows what a reader has answered, and it stores that from visit to visit. So
// a page has its question, all choices and all reasons, and this script decides which of them are visible.

import { setAttribute } from "./dom.js";
import { forgetHands, presenting, showHands } from "./slide.js";
import { commitSlider, findSlider, glideSlider } from "./slider.js";
import { storage } from "./storage.js";
import { forgetVisits, visited } from "./visited.js";

const ANSWERS = "nonlinear.answers";
const ASK_FIRST = "nonlinear.ask-first"; // "yes" where the reader's own switch is on
const GLIDE = 1.4; // seconds that a slider takes to the setting that shows the answer

// What this browser has answered: by page, the number of a choice or "shown".
export function answers() {
  try {
    return JSON.parse(storage.read(ANSWERS)) ?? {};
  } catch {
    return {};
  }
}

function saveAnswer(page, answer) {
  const { [page]: _, ...others } = answers();
  const noted = answer ? { ...others, [page]: answer } : others;
  storage.write(ANSWERS, Object.keys(noted).length ? JSON.stringify(noted) : null);
}

const CHOICE = ".st-key-question a[href*='#answer-']";
const numberOf = (choice) => choice.getAttribute("href").split("#answer-")[1];
const question = () => document.querySelector(".nl-question");
// On a slide nothing is stored: every class begins without an answer, also where the teacher has given one.
const answersOfClass = {};
// An answer key shows the answer whatever was answered; nobody has to give one.
const showsKey = () => document.querySelector(".nl-head")?.dataset.key === "yes";
const answerOf = (asked) => (!asked ? undefined : showsKey() ? "shown" : (presenting() ? answersOfClass : answers())[asked.dataset.page]);

function noteAnswer(page, answer) {
  if (presenting()) answersOfClass[page] = answer;
  else saveAnswer(page, answer);
}

const asksFirst = () => new URLSearchParams(location.search).get("predict") === "1";

// Shows what has been answered: in the document's attributes, for curtains and guesses, and at each choice.
let appliedFor; // the question whose awaited setting has been put in place
function showAnswer() {
  const asked = question();
  const answer = answerOf(asked);
  setAttribute(document.documentElement, "data-answered", answer);
  for (const control of document.querySelectorAll(".nl-ask-first")) setAttribute(control, "aria-checked", String(asksFirst()));
  for (const control of document.querySelectorAll(".nl-forget")) control.hidden = Object.keys(answers()).length + visited().size === 0;
  const verdict = document.querySelector(".nl-verdict");
  if (!asked || !verdict) return;
  const { right, verdictRight, verdictWrong, verdictShown, noteYours, noteCorrect, noteIncorrect } = asked.dataset;
  setAttribute(document.querySelector(".st-key-question"), "data-answered", answer);
  const text = !answer ? "" : answer === "shown" ? verdictShown : answer === right ? verdictRight : verdictWrong;
  if (verdict.textContent !== text) verdict.textContent = text;
  for (const choice of document.querySelectorAll(CHOICE)) {
    const number = numberOf(choice);
    const yours = number === answer;
    const part = !answer ? null : yours ? "yours" : number === right ? "right" : "other";
    const notes = !answer ? [] : [yours && noteYours, number === right ? `✓ ${noteCorrect}` : yours && `✗ ${noteIncorrect}`];
    setAttribute(choice.closest("li"), "data-part", part);
    setAttribute(choice, "data-note", notes.filter(Boolean).map((note) => ` · ${note}`).join("") || null);
    setAttribute(choice, "role", "button");
    const open = showsKey() || (part === "other" ? choice.getAttribute("aria-expanded") === "true" : part !== null);
    setAttribute(choice, "aria-expanded", answer ? String(open) : null);
  }
  showHands();
  applyWithheld(asked, answer);
}

// A link that asks first may also set the slider that shows the answer. Its value is withheld until there is an answer;
// in a browser that has given the answer before, it is used at once.
function applyWithheld(asked, answer) {
  const withheld = Object.entries(JSON.parse(asked.dataset.withheld));
  if (!answer || !withheld.length || appliedFor === asked || !withheld.every(([name]) => findSlider(name))) return;
  appliedFor = asked;
  for (const [name, value] of withheld) commitSlider(findSlider(name), value);
}

function answerWith(answer) {
  const asked = question();
  appliedFor = asked;
  noteAnswer(asked.dataset.page, answer);
  showAnswer();
  document.querySelector(".nl-verdict").focus();
  showSetting();
}

// Moves choices and sliders, where all can see it, to the setting that shows the answer.
async function showSetting() {
  const answerState = Object.entries(JSON.parse(question().dataset.answerState));
  const choices = answerState.filter(([, value]) => typeof value === "string");
  const here = new URL(location.href);
  const others = choices.filter(([name, value]) => here.searchParams.get(name) !== value);
  if (others.length) {
    for (const [name, value] of others) here.searchParams.set(name, value);
    history.replaceState(history.state, "", here);
    dispatchEvent(new PopStateEvent("popstate"));
    await pageRedrawn();
  }
  for (const [name, value] of answerState) {
    if (typeof value === "string") continue;
    const input = await sliderOnceDrawn(name);
    if (input && Number(input.value) !== value) await glideSlider(input, value, GLIDE);
  }
}

// Until Python has drawn the page for a new address, it may still set a slider back that is moved meanwhile.
async function pageRedrawn() {
  const state = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
  await until(() => state() !== "notRunning", 1);
  await until(() => state() === "notRunning", 10);
}

// A slider that a choice brings is there only once the page has been drawn again.
async function sliderOnceDrawn(name) {
  await until(() => findSlider(name), 5);
  return findSlider(name);
}

async function until(condition, seconds) {
  for (let tries = 0; tries < 20 * seconds && !condition(); tries++) await new Promise((go) => setTimeout(go, 50));
}

function askAgain() {
  noteAnswer(question().dataset.page, null);
  forgetHands(question().dataset.page);
  showAnswer();
  document.querySelector(CHOICE)?.focus();
}

// The reader's switch on the map is storage; a link's ``predict=1`` holds for the visit, since all links carry it on.
function switchAskFirst() {
  const here = new URL(location.href);
  const on = !asksFirst();
  storage.write(ASK_FIRST, on ? "yes" : null);
  on ? here.searchParams.set("predict", "1") : here.searchParams.delete("predict");
  history.replaceState(history.state, "", here);
  dispatchEvent(new PopStateEvent("popstate"));
}

function onAnswer(event) {
  const control = event.target.closest?.(`${CHOICE}, .nl-reveal, .nl-replay, .nl-again, .nl-ask-first, .nl-forget`);
  if (!control) return;
  event.preventDefault();
  const is = (name) => control.classList.contains(name);
  if (is("nl-ask-first")) switchAskFirst();
  else if (is("nl-forget")) [storage.write(ANSWERS, null), forgetVisits(), keeper?.hand(), showAnswer()];
  else if (is("nl-reveal")) answerWith("shown");
  else if (is("nl-replay")) showSetting();
  else if (is("nl-again")) askAgain();
  else if (!answerOf(question())) answerWith(numberOf(control));
  else setAttribute(control, "aria-expanded", String(control.getAttribute("aria-expanded") !== "true"));
}

// The cards of /myths are drawn by Python from what was answered. It knows the answers of its session, and writes them
// here; on arriving, and when its session is a new one, the browser hands it what it has kept, and that counts.
const sessions = new WeakMap();
let keeper; // hands over to the page that is there
export function keepAnswers({ data: { page, session, given }, parentElement, setStateValue }) {
  const kept = () => answers()[page] ?? {};
  const mine = (keeper = { hand: () => setStateValue("kept", JSON.stringify({ session, given: kept(), at: Date.now() })) });
  const arrived = sessions.get(parentElement) !== session;
  sessions.set(parentElement, session);
  if (!arrived) saveAnswer(page, Object.keys(given).length ? { ...kept(), ...given } : null);
  else if (Object.keys({ ...kept(), ...given }).some((card) => kept()[card] !== given[card])) mine.hand();
  showAnswer();
  return () => keeper === mine && (keeper = null);
}

// A choice is a link for those whose browser runs no script, and a button for all others.
function onChoiceKey(event) {
  if (event.key === " " && event.target.matches?.(CHOICE)) onAnswer(event);
}

document.addEventListener("keydown", onChoiceKey);
document.addEventListener("click", onAnswer, true);
new MutationObserver(showAnswer).observe(document.body, { childList: true, subtree: true });

// Before Streamlit has read the address.
if (storage.read(ASK_FIRST) === "yes" && !new URLSearchParams(location.search).has("predict")) {
  const here = new URL(location.href);
  here.searchParams.set("predict", "1");
  history.replaceState(history.state, "", here);
}
