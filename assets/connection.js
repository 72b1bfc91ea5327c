// Says when the server cannot be reached, and keeps still what would then print something false. What is sent ahead for
// one slider holds while the others stand where Python saw them last: without an answer from it only one slider may move.

import { markedNodes } from "./marks.js";
import { commitSlider, findSlider } from "./slider.js";

const DOUBT = 1000; // milliseconds after which an answer is late: a second slider waits, and the server is looked for
const SILENCE = 4000; // milliseconds after which the reader is informed
const ASKS_PYTHON = [
  ...["Slider", "ButtonGroup", "Selectbox", "MultiSelect", "Checkbox", "Button", "TextInput", "TextArea"].map((name) => `[data-testid=st${name}]`),
  ".st-key-question", ".nl-head nav", ".nl-bar",
].join();
const LEADS = ".nl-map :is(.nl-switches, .nl-foot) button, a[href]:not([href^=http], [href^='#'], [download])"; // to other pages, or to this one asked anew
const appState = () => document.querySelector("[data-testid=stApp]")?.dataset ?? {};
const socketOpen = () => appState().testConnectionState === "CONNECTED";

class Connection {
  constructor() {
    this.line = Object.assign(document.createElement("div"), { className: "nl-lost" });
    this.line.setAttribute("role", "status");
    document.body.append(this.line);
    this.asked = Infinity; // when the first message was sent that has had no answer
    this.waiting = new Set();
    this.unsure = new Set();
    this.listen();
    new MutationObserver(() => this.check()).observe(document.body, { subtree: true, attributeFilter: ["data-test-connection-state"] });
    new MutationObserver(() => this.dismiss()).observe(document.body, { childList: true });
    for (const kind of ["online", "offline"]) addEventListener(kind, () => this.ping());
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => this.check(), true);
    document.addEventListener("click", (event) => this.block(event), true);
    setInterval(() => this.check(), 250);
  }

  // This script runs before Streamlit's own, which opens the socket.
  listen() {
    const [connection, send, heard] = [this, WebSocket.prototype.send, new WeakSet()];
    WebSocket.prototype.send = function (data) {
      if (!heard.has(this)) this.addEventListener("message", () => (connection.asked = Infinity));
      heard.add(this);
      connection.asked = Math.min(connection.asked, performance.now());
      return send.call(this, data);
    };
  }

  // ``follower``: the chart, with where each of its sliders stood when Python computed it.
  follow(follower) {
    this.follower = follower;
    this.check();
  }

  // A browser without any network may still reach a server on its own machine.
  async ping() {
    if (this.pinging) return;
    this.pinging = true;
    const answer = fetch("_stcore/health", { cache: "no-store", signal: AbortSignal.timeout(3000) });
    this.unreachable = !(await answer.then(({ ok }) => ok, () => false));
    [this.pinging, this.pinged] = [false, performance.now()];
    this.check();
  }

  // Streamlit says it in English, over the page.
  dismiss() {
    if (!socketOpen()) document.querySelector("[data-testid=stDialog] section > button")?.click();
  }

  // Keys and links lead to controls that wait, or to other pages.
  block(event) {
    const waits = [...this.waiting].some((control) => control.contains(event.target));
    const leads = this.line.textContent && event.target.closest?.(LEADS);
    if (!waits && !leads) return;
    event.preventDefault();
    event.stopPropagation();
  }

  check() {
    const [now, connected] = [performance.now(), socketOpen()];
    this.begun ||= connected;
    if (!this.begun) return;
    if (!connected) this.asked = Infinity; // Streamlit asks again when it is connected
    const silent = now - this.asked;
    if (connected && (this.unreachable || silent > DOUBT) && !(now - this.pinged < DOUBT)) this.ping();
    const lost = !connected || this.unreachable ? "lost" : silent > SILENCE ? "slow" : "";
    this.closed = !connected;
    this.holdControls(lost || silent > DOUBT);
    this.showLine(lost);
    if (this.closed) [this.unreported, this.rested] = [this.away(), 0];
    else if (this.unreported?.length && this.asked === Infinity && appState().testScriptState === "notRunning" && ++this.rested > 2) this.report();
  }

  // The sliders of the picture, and those that stand elsewhere than where Python saw them last.
  sliders() {
    return (this.follower?.sliders ?? []).map((slider) => ({ ...slider, input: findSlider(slider.key) })).filter(({ input }) => input);
  }

  away() {
    return this.sliders().map((slider) => ({ ...slider, now: Number(slider.input.value) })).filter(({ now, value, step }) => Math.abs(now - value) > step / 2);
  }

  // While the server is away: what asks it waits, and all sliders but the one that was moved, or any one if none was.
  holdControls(waits) {
    const [away, all] = waits ? [this.away(), this.sliders()] : [[], []];
    const free = new Set([all, away, []][Math.min(away.length, 2)].map(({ input }) => input.closest("[data-testid=stSlider]")));
    const waiting = new Set(waits ? [...document.querySelectorAll(ASKS_PYTHON)].filter((control) => !free.has(control)) : []);
    for (const control of new Set([...this.waiting, ...waiting])) {
      control.inert = waiting.has(control);
      // What moves sliders for the reader asks whether they are disabled. Without a socket Streamlit disables them all.
      const input = control.querySelector("input[type=range]");
      if (input && !this.closed) input.disabled = control.inert;
    }
    this.waiting = waiting;
    this.moves = !this.closed && free.size > 0;
    // What is not sent ahead but looked up stands where it was; the style sheet hides it, as while a thumb is held.
    document.documentElement.toggleAttribute("data-ahead", away.length > 0);
    this.hide(away.length > 1);
  }

  // Two sliders were moved before it was known that no answer would come: what was sent ahead holds for neither.
  hide(hides) {
    const texts = hides ? [...markedNodes()].map((text) => text.parentElement.closest("[data-testid=stMarkdownContainer]")) : [];
    const unsure = new Set(hides ? [...texts, ...document.querySelectorAll("[data-testid=stMain] [role=figure]")] : []);
    for (const element of new Set([...this.unsure, ...unsure])) element?.classList.toggle("nl-unsure", unsure.has(element));
    this.unsure = unsure;
  }

  showLine(lost) {
    document.documentElement.toggleAttribute("data-lost", Boolean(lost));
    const words = document.querySelector(".nl-head")?.dataset ?? {};
    const text = lost ? [words[lost], this.unsure.size ? words.unsure : this.moves ? words.moves : words.waits].join(" ").replace("。 ", "。") : "";
    if (this.line.textContent !== text) this.line.textContent = text;
  }

  // If a thumb was held when the socket closed, Python does not know its position. It first draws the one it knows.
  report() {
    for (const { key, now } of this.unreported) if (findSlider(key)) commitSlider(findSlider(key), now);
    this.unreported = [];
  }
}

export const connection = new Connection();
