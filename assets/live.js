// Reads native sliders while they are dragged, and draws what Python computed for where they stand: into Plotly's own
// picture, and between the invisible marks in the page's text.

import { connection } from "./connection.js";
import { decodeHead, frameAt, frameOf, inflateSweeps, varies } from "./decoding.js";
import { Exporter } from "./export.js";
import { HandleDrag } from "./handles.js";
import { markedNodes, withTexts } from "./marks.js";
import { Painter } from "./painter.js";
import { Player } from "./player.js";
import { drawnMeta } from "./plotly_internals.js";
import { findSlider } from "./slider.js";
import { dropNotes, followTyping, prepareSliders } from "./typing.js";
import { reloadIfOutdated } from "./version.js";

const IDLE = 9; // frames without movement after which Plotly gets the arrays that the picture shows
const UNKNOWN = "\u2026"; // printed for a number that only Python can compute
let reportedSession; // the session that knows that this browser draws

function rowsOf(cells, width) {
  return Array.from({ length: cells.length / width }, (_, row) => cells.subarray(row * width, (row + 1) * width));
}

// The traces guess_1, guess_2 … and the labels guess_1_word … are what a reader who chose that answer expected to see.
const chosenAnswer = () => document.documentElement.dataset.answered;
const isChosen = (name) => name.split("_")[1] === chosenAnswer();
const guessVisibility = (name) => (name?.startsWith("guess_") ? { visible: isChosen(name) } : {});

// The opacities of dots belong to their markers; a dot without one is not seen.
function withOpacity({ marker }, { opacity, ...patch } = {}) {
  return opacity ? { ...patch, marker: { ...marker, opacity: marker.opacity.map((_, k) => opacity[k] || 0) } } : patch;
}

// What changed, by trace: { x, y, z, text, opacity }.
function patchesOf(frame) {
  const patches = {};
  for (const [name, value] of Object.entries(frame)) {
    const [trace, attribute] = name.split(".");
    if (["x", "y", "z", "text", "opacity"].includes(attribute)) (patches[trace] ??= {})[attribute] = value;
  }
  return patches;
}

// A chart that follows its sliders.
class Follower {
  // ``again``: the chart was drawn before, and what it shows may be older than what Python and the sliders say now.
  constructor(head, again) {
    Object.assign(this, head);
    for (const slider of this.sliders) slider.last = again ? NaN : slider.value;
    this.frame = again ? frameOf(this.unmoved) : {}; // what has changed since Python drew the chart
    this.answered = undefined; // Python draws every guess hidden
    this.idle = Infinity;
  }

  plot() {
    if (!this.node?.isConnected) this.node = document.querySelector(`.st-key-${this.chart} .js-plotly-plot`);
    return window.Plotly && drawnMeta(this.node) === this.page ? this.node : null;
  }

  valueOf(slider) {
    if (!slider.input?.isConnected) slider.input = findSlider(slider.key);
    return slider.input ? Number(slider.input.value) : slider.last;
  }

  // What changes because a slider stands elsewhere than before.
  readSliders() {
    const moved = this.sliders.filter((slider) => this.valueOf(slider) !== slider.last);
    for (const slider of moved) slider.last = this.valueOf(slider);
    if (moved.length === 0) return {};
    const away = this.sliders.filter(({ last, value, step }) => Math.abs(last - value) > step / 2);
    const frames = new Map([...moved, ...away].map((slider) => [slider, frameAt(slider, slider.last)]));
    const frame = Object.assign({}, ...frames.values());
    if (away.length < 2) return frame;
    // Each sweep was computed with the other sliders where Python knows them. What only one of them moves is right;
    // what two move is not shown before Python has computed it.
    for (const name of Object.keys(frame)) {
      const movers = away.filter((slider) => varies(slider, name));
      if (movers.length === 1) frame[name] = frames.get(movers[0])[name];
      if (movers.length > 1) frame[name] = typeof frame[name] === "string" ? UNKNOWN : frame[name].map(() => NaN);
    }
    return frame;
  }

  draw(plot, changed) {
    if (this.painter?.plot !== plot || plot.data !== this.drawn) return this.syncPlotly(plot);
    const done = Object.entries(patchesOf(changed)).map(([name, patch]) => this.painter.paint(name, patch));
    if (!done.every(Boolean)) this.syncPlotly(plot);
    this.writeTexts();
  }

  // Gives Plotly what the picture shows: what hovering, resizing and saving go by.
  syncPlotly(plot) {
    const patches = patchesOf(this.frame);
    const layout = { ...plot.layout };
    for (const [axis, changed] of Object.entries(this.layout)) layout[axis] = { ...layout[axis], ...changed };
    this.drawn = plot.data.map((trace) => ({ ...trace, ...this.traces[trace.name], ...withOpacity(trace, patches[trace.name]), ...guessVisibility(trace.name) }));
    this.drawn.forEach((trace, k) => {
      if (typeof trace.text === "string") trace.text = [trace.text];
      const before = plot.data[k].z;
      if (trace.z instanceof Float32Array) trace.z = rowsOf(trace.z, trace.z.length / (parseInt(before.shape) || before.length));
    });
    this.painter?.restore();
    window.Plotly.react(plot, this.drawn, layout);
    this.painter = new Painter(plot);
    this.answered = chosenAnswer();
    this.idle = Infinity;
    this.markedNodes = null; // the page may have grown meanwhile
    this.writeTexts();
  }

  // The chart, after Plotly has what the sliders say now; a frame may be due that has not come yet.
  flush() {
    const plot = this.plot();
    Object.assign(this.frame, this.readSliders());
    if (Object.keys(this.frame).length) [this.moved] = [true, this.syncPlotly(plot)];
    return plot;
  }

  // The nodes are kept and only their text is changed: they belong to the page's own renderer.
  writeTexts() {
    if (!this.markedNodes?.every((node) => node.isConnected)) this.markedNodes = [...markedNodes()];
    const texts = this.names.map((name, k) => this.frame[name] ?? this.texts[k]);
    const figure = this.node.closest("[role=figure]") ?? document.querySelector(`.st-key-${this.chart} [role=figure]`);
    for (const node of [...this.markedNodes, figure?.getAttributeNode("aria-label")]) {
      const text = node && withTexts(node.nodeValue, texts);
      if (node && text !== node.nodeValue) node.nodeValue = text;
    }
  }

  // ``drawing`` is called once this browser draws.
  run(drawing) {
    const tick = () => {
      if (this.stopped) return;
      prepareSliders();
      const plot = this.plot();
      if (plot) {
        this.handleDrag?.attach(plot);
        // Only a browser that really hands out frames may claim to be alive.
        drawing?.();
        drawing = null;
        // The page's renderer leaves a node alone that it believes to have the text already, though a drag on the page
        // before has written another number there.
        if (!this.markedNodes) this.writeTexts();
        const changed = this.readSliders();
        const moved = Object.keys(changed).length > 0;
        Object.assign(this.frame, changed);
        this.moved ||= moved;
        if (moved) dropNotes();
        if (moved) [this.idle] = [0, this.draw(plot, changed)];
        else if (this.answered !== chosenAnswer()) this.syncPlotly(plot);
        // A change of theme or size, or another run, repaints the picture that Python sent, with every guess hidden.
        else if ((this.moved || this.answered) && plot.data !== this.drawn) this.syncPlotly(plot);
        else if (this.moved && ++this.idle === IDLE) this.syncPlotly(plot);
      }
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }
}

const sameBytes = (one, other) => one.length === other.length && one.every((byte, k) => byte === other[k]);

const current = new WeakMap(); // by Streamlit's element: its last message, the follower and the controls beside the chart

// What Streamlit calls with each message: ``data`` is the message of pages/shared/live.py.
export function follow({ data, parentElement, setStateValue }) {
  const before = current.get(parentElement);
  const mine = { stopped: false, data, player: before?.player, exporter: before?.exporter, handleDrag: before?.handleDrag };
  current.set(parentElement, mine);
  document.documentElement.classList.add("ready");
  const begin = (head) => {
    before?.follower && (before.follower.stopped = true);
    if (mine.stopped || current.get(parentElement) !== mine) return;
    const drawn = before?.follower && (before.follower.page !== head.page || !before.follower.moved && sameBytes(before.data, data));
    mine.follower = new Follower(head, before && !drawn);
    // What belongs to the page and not to a chart.
    mine.player ??= new Player(parentElement);
    mine.player.follow(head.plays);
    mine.exporter ??= new Exporter(parentElement);
    mine.exporter.follow(mine.follower, head.exporting, head.defaults);
    followTyping(head.typing, head.rounded, head.page);
    mine.handleDrag ??= new HandleDrag();
    mine.handleDrag.follow(mine.follower, head.handles);
    mine.follower.handleDrag = mine.handleDrag;
    connection.follow(mine.follower);
    mine.follower.run(() => reportedSession !== head.session && setStateValue("alive", (reportedSession = head.session)));
  };
  decodeHead(data).then(async ({ head, body }) => {
    // What another version has sent these scripts may not be able to read.
    if (reloadIfOutdated(head.version)) return;
    await inflateSweeps(head, body);
    begin(head);
  });
  return () => {
    mine.stopped = true;
    if (mine.follower) mine.follower.stopped = true;
  };
}
