// Reads native sliders while they are dragged and redraws a native chart from frames that Python computed.
// Data is one blob: a little-endian uint32, that many bytes of JSON, then the arrays the JSON points into.

const scenes = new WeakMap();
let told = false;
const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

function open(blob) {
  const bytes = blob.slice();
  const size = new DataView(bytes.buffer).getUint32(0, true);
  const scene = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  const kinds = { f8: Float64Array, f4: Float32Array, i2: Int16Array };
  scene.array = ({ kind, start, length, low, unit }) => {
    const raw = new kinds[kind](bytes.buffer, 4 + size + start, length);
    if (kind !== "i2") return raw;
    return Float32Array.from(raw, (v) => (v === -32768 ? NaN : low + unit * (v + 32767)));
  };
  scene.base = Object.fromEntries(Object.entries(scene.base).map(([name, at]) => [name, scene.array(at)]));
  for (const slider of scene.sliders) slider.last = slider.value;
  return scene;
}

// One row between two neighbouring frames; where a gap opens or closes, the nearer of the two.
function frame(scene, track, value) {
  track.positions ??= scene.array(track.at);
  track.rows ??= scene.array(track.frames);
  const { positions: at, rows, width } = track;
  let high = 1;
  while (high < at.length - 1 && at[high] < value) high++;
  const share = Math.min(1, Math.max(0, (value - at[high - 1]) / (at[high] - at[high - 1])));
  const first = rows.subarray((high - 1) * width, high * width);
  const second = rows.subarray(high * width, (high + 1) * width);
  if (share < 1e-6) return first;
  if (share > 1 - 1e-6) return second;
  return first.map((v, k) => {
    const between = v + share * (second[k] - v);
    return Number.isFinite(between) ? between : share < 0.5 ? v : second[k];
  });
}

function number(value, form) {
  const plain = (text) => (Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−"));
  if (form === "count") return String(Math.round(value));
  if (form !== "power") return plain(value.toFixed(Number(form)));
  if (value === -Infinity) return "0";
  if (value >= -3 && value < 2.99) return (10 ** value).toPrecision(3);
  let exponent = Math.floor(value);
  let digits = (10 ** (value - exponent)).toFixed(2);
  if (digits === "10.00") [digits, exponent] = ["1.00", exponent + 1];
  return `${digits}·10${[...String(exponent)].map((c) => SUPERSCRIPT[c]).join("")}`;
}

class Scene {
  constructor(blob) {
    Object.assign(this, open(blob));
    this.state = { ...this.base };
    this.stopped = false;
    this.moved = false;
  }

  plot() {
    if (!this.node?.isConnected) this.node = document.querySelector(`.st-key-${this.chart} .js-plotly-plot`);
    return window.Plotly && this.node?.data ? this.node : null;
  }

  value(slider) {
    if (!slider.input?.isConnected) slider.input = document.querySelector(`.st-key-${slider.key} input[type=range]`);
    return slider.input ? Number(slider.input.value) : slider.last;
  }

  // Take over what every slider that stands elsewhere than before implies; true if anything did.
  follow() {
    const moved = this.sliders.filter((slider) => this.value(slider) !== slider.last);
    for (const slider of moved) slider.last = this.value(slider);
    const home = (slider) => Math.abs(slider.last - slider.value) < 1e-9;
    if (moved.length && this.sliders.every(home)) this.state = { ...this.base };
    else
      for (const slider of moved)
        for (const [name, track] of Object.entries(slider.tracks)) this.state[name] = frame(this, track, slider.last);
    return moved.length > 0;
  }

  draw(plot) {
    const patches = {};
    for (const [name, array] of Object.entries(this.state)) {
      const [trace, axis] = name.split(".");
      if (trace !== "reading") (patches[trace] ??= {})[axis] = array;
    }
    this.drawn = plot.data.map((trace) => ({ ...trace, ...patches[trace.name] }));
    window.Plotly.react(plot, this.drawn, plot.layout);
    const texts = this.readings.map(([name, form]) => number(this.state[`reading.${name}`][0], form));
    const spots = document.querySelectorAll(`.st-key-${this.chart}-reading strong`);
    // The text node is kept: it belongs to the page's own renderer.
    spots.forEach((spot, k) => texts[k] !== undefined && spot.firstChild && (spot.firstChild.nodeValue = texts[k]));
    const figure = this.node.closest("[role=figure]") ?? document.querySelector(`.st-key-${this.chart} [role=figure]`);
    figure?.setAttribute("aria-label", this.alt.replace(/\{(\d+)\}/g, (_, k) => texts[k]));
  }

  run(ready) {
    const tick = () => {
      if (this.stopped) return;
      const plot = this.plot();
      if (plot && this.sliders.every((slider) => this.value(slider) !== undefined)) {
        ready?.();
        ready = null;
        this.moved = this.follow() || this.moved;
        // A theme change or a resize repaints the picture the page began with.
        if (this.moved && (this.pending() || plot.data !== this.drawn)) this.draw(plot);
      }
      requestAnimationFrame(tick);
    };
    // Only a browser that really hands out frames may claim to be alive.
    requestAnimationFrame(tick);
  }

  pending() {
    const changed = this.shown !== JSON.stringify(this.sliders.map((slider) => slider.last));
    this.shown = JSON.stringify(this.sliders.map((slider) => slider.last));
    return changed;
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const before = scenes.get(parentElement);
  if (before) before.stopped = true;
  const scene = new Scene(data);
  scene.moved = Boolean(before);
  scenes.set(parentElement, scene);
  scene.run(() => {
    if (!told) setStateValue("alive", true);
    told = true;
  });
  return () => {
    scenes.get(parentElement).stopped = true;
  };
}
