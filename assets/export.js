// What a reader takes along: the picture as it stands now, exactly the numbers drawn in it, a table to read.
// Pictures and numbers say what page, setting and address they are of.

import { isLocked } from "./locked.js";
import { withoutMarks } from "./marks.js";
import { drawnRows, plainNumber } from "./rows.js";
import { sharedAddress } from "./share.js";
import { findSlider, glideSlider } from "./slider.js";

const STYLE = `.keep { display: flex; flex-wrap: wrap; gap: 0.2rem 0.9rem; align-items: center; font-size: 0.85rem; }
  .keep button { font: inherit; padding: 0.15rem 0; color: inherit; background: none; cursor: pointer; border: 0; border-radius: 4px; text-decoration: underline; text-underline-offset: 3px; }
  .keep button:hover { background: none; text-decoration-thickness: 2px; } .keep button:focus-visible { outline: 3px solid #3c9add; outline-offset: 2px; }
  .numbers { max-height: 18rem; overflow: auto; margin-top: 0.4rem; font-size: 0.8rem; }
  .numbers:focus-visible { outline: 3px solid #3c9add; }
  .numbers :is(th, td) { text-align: right; padding: 0.05rem 0.8rem 0.05rem 0; font-variant-numeric: tabular-nums; } .numbers :is(th, td):first-child { text-align: left; }`;

const MODES = ["lang", "present", "predict", "key", "frame", "embed", "hide", "lock", "lesson", "place", "code"]; // of the address: they do not change the picture
const RESET = 0.4; // seconds that a slider takes back to its default
const ANSWERED_WITHIN = 800; // milliseconds that Python is waited for
const LINE = 17; // pixels of a line of a caption
const LONGEST = 120; // characters of a file's name

// Where what is taken along of a picture is offered: under it, on a phone below the sliders.
const NARROW = matchMedia("(max-width: 640px)");

export class Exporter {
  constructor(root) {
    const style = document.createElement("style");
    style.textContent = STYLE;
    [this.root, this.style] = [root, style];
    [this.row, this.buttonRow] = [0, 1].map(() => Object.assign(document.createElement("div"), { className: "keep" }));
    this.table = Object.assign(document.createElement("div"), { className: "numbers", hidden: true, tabIndex: 0 });
    root.append(style, this.row, this.table);
    NARROW.addEventListener("change", () => this.root.isConnected && this.place());
  }

  // ``words`` for each button by what it does; ``follower`` is the chart that is shown now; ``defaults`` by a slider's key.
  follow(follower, words, defaults) {
    this.follower = follower;
    if (this.words?.table !== words.table) {
      this.words = words;
      const actions = { defaults: () => this.reset(), svg: () => this.image("svg"), png: () => this.image("png"), csv: () => this.csv(), share: () => {}, table: () => this.show() };
      this.buttons = Object.keys(actions).map((name) => button(words[name], actions[name]));
      this.buttons[4].classList.add("nl-share");
      this.row.replaceChildren(this.buttons[0]);
      this.buttonRow.replaceChildren(...this.buttons.slice(1));
    }
    this.place();
    this.defaults = defaults;
    this.buttons.at(-1).ariaExpanded = !this.table.hidden;
    this.row.hidden = Object.keys(defaults).length === 0;
    if (!this.table.hidden) this.fill();
  }

  // Under the picture, in the place of what another chart offered there.
  place() {
    const under = NARROW.matches ? null : document.querySelector(".nl-keep");
    if (!under) this.table.before(this.buttonRow);
    else if (this.buttonRow.parentNode !== under) under.replaceChildren(this.style.cloneNode(true), this.buttonRow);
  }

  async image(format) {
    const plot = this.follower.flush();
    const size = { width: plot.clientWidth, height: plot.clientHeight };
    const figure = captioned(plot, size, [[pageTitle(), spelledOut(this.settings())].filter(Boolean).join(" · "), sharedAddress()]);
    const url = await window.Plotly.toImage(figure, { format, width: size.width, height: figure.layout.height, scale: format === "png" ? 2 : 1 });
    download(url, `${this.name()}.${format}`);
  }

  // Every row has the page, setting and address, because the file is opened without the page.
  csv() {
    const [head, ...body] = this.numbers();
    const settings = this.settings();
    const origin = [[this.words.page, pageTitle()], ...settings, [this.words.address, sharedAddress()]];
    const rows = [[...head, ...origin.map(([name]) => name)], ...body.map((row) => [...row, ...origin.map(([, value]) => value)])];
    downloadCsv(`${rows.map((row) => row.map(csvCell).join(",")).join("\n")}\n`, this.name());
  }

  // One slider after another, because only Python knows what two sliders move together.
  async reset() {
    for (const [key, value] of Object.entries(this.defaults)) {
      const input = findSlider(key);
      if (!input || isLocked(input) || Math.abs(Number(input.value) - value) < input.step / 2) continue;
      if (!(await glideSlider(input, value, RESET))) return;
      await this.answered(key, Number(input.value));
    }
  }

  // Until Python has answered a slider; one that asks nothing of it is not waited for long.
  async answered(key, value) {
    const until = performance.now() + ANSWERED_WITHIN;
    const known = () => this.follower.sliders.some((slider) => slider.key === key && Math.abs(slider.value - value) < slider.step / 2);
    while (!known() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  show() {
    this.table.hidden = !this.table.hidden;
    this.buttons.at(-1).ariaExpanded = !this.table.hidden;
    if (!this.table.hidden) this.fill();
  }

  fill() {
    const [head, ...body] = this.numbers();
    const line = (kind) => (row) => element("tr", row.map((value) => element(kind, [String(value)])));
    this.table.replaceChildren(element("table", [element("thead", [head].map(line("th"))), element("tbody", body.map(line("td")))]));
  }

  numbers() {
    return drawnRows(this.follower, this.words);
  }

  // What the page is set to, by the names in its address: what was chosen, and where each slider stands.
  settings() {
    const asked = new URLSearchParams(location.search);
    const chosen = [...new Set(asked.keys())].filter((name) => !MODES.includes(name)).map((name) => [name, asked.getAll(name).join("+")]);
    const stands = this.follower.sliders.map(({ key }) => [key, findSlider(key)?.getAttribute("aria-valuetext")]);
    const plain = ([name, value]) => [name, Number.isFinite(Number(value)) ? String(Number(value)) : value];
    return Object.entries(Object.fromEntries([...chosen, ...stands].filter(([, value]) => value).map(plain)));
  }

  name() {
    const page = this.follower.page.split(" ")[0] || "home";
    const parts = ["nonlinear", page, ...this.settings().flat()].join("-").replaceAll("\u2212", "-");
    return parts.replace(/[^A-Za-z0-9.+-]+/g, "_").slice(0, LONGEST);
  }
}

// What is copied is without the marks around printed numbers, and a number alone is one that programs read.
document.addEventListener("copy", (event) => {
  const chosen = getSelection();
  const text = chosen.toString();
  const plain = plainNumber(withoutMarks(text));
  if (plain === text || event.defaultPrevented) return;
  const copy = document.createElement("div");
  for (let k = 0; k < chosen.rangeCount; k++) copy.append(chosen.getRangeAt(k).cloneContents());
  event.clipboardData.setData("text/plain", plain);
  event.clipboardData.setData("text/html", withoutMarks(copy.innerHTML));
  event.preventDefault();
});

// The figure with a line of its title and setting above, and its address below.
function captioned(plot, { width, height }, [above, below]) {
  const { margin, annotations = [] } = plot.layout;
  const [top, foot] = [above, below].map((text) => wrapped(text, width));
  const [more, less] = [top, foot].map((lines) => LINE * lines.length + 6);
  const note = { showarrow: false, align: "left", xref: "paper", yref: "paper", x: 0, xanchor: "left", xshift: 6 - margin.l };
  const notes = [
    { ...note, text: top.join("<br>"), y: 1, yanchor: "bottom", yshift: margin.t, font: { size: 13 } },
    { ...note, text: foot.join("<br>"), y: 0, yanchor: "top", yshift: -margin.b, font: { size: 11 } },
  ];
  const layout = { ...plot.layout, width, height: height + more + less, margin: { ...margin, t: margin.t + more, b: margin.b + less }, annotations: [...annotations, ...notes] };
  return { data: plot.data, layout };
}

// A text in lines that fit into so many pixels.
function wrapped(text, width) {
  const escaped = (line) => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return text.match(new RegExp(`.{1,${Math.max(20, Math.floor(width / 8))}}(?:\\s|&|,|$)|.{1,${Math.floor(width / 8)}}`, "g")).map(escaped);
}

const pageTitle = () => document.querySelector("h1")?.textContent.trim() ?? "";
const spelledOut = (settings) => settings.map(([name, value]) => `${name} = ${value}`).join(", ");

const csvCell = (value) => (/[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);

function element(kind, children) {
  const made = document.createElement(kind);
  made.append(...children);
  return made;
}

function button(text, action) {
  return Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick: action });
}

export function downloadCsv(text, name) {
  // Spreadsheets take a file without this mark for one of their own alphabet.
  const url = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv" }));
  download(url, `${name}.csv`);
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function download(url, name) {
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
}
