// Reads native sliders while they are dragged, and draws what Python computed for where they stand: into Plotly's own
// picture, and between the invisible marks in the page's text.
// Data: a little-endian uint32, that many bytes of deflated JSON, then deflated packs of arrays and texts.

const scenes = new WeakMap();
const PRINTED = /\u2063([\u2061\u2062\u2064]{4})[^\u2063]*\u2063/g;
const DIGITS = "\u2061\u2062\u2064";
const IDLE = 9; // frames without movement after which Plotly is told what the picture shows
const UNKNOWN = "\u2026"; // stands for a number that only Python can tell
let told; // the session that knows that this browser draws
const place = (code) => [...code].reduceRight((sum, digit) => sum * 3 + DIGITS.indexOf(digit), 0);

async function inflate(bytes) {
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  writer.write(bytes).then(() => writer.close(), () => {}); // what cannot be read fails below
  return new Response(readable).arrayBuffer();
}

async function open(blob) {
  const bytes = blob.slice();
  const size = new DataView(bytes.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(await inflate(bytes.subarray(4, 4 + size))));
  if (stale(head.version)) return new Promise(() => {}); // the page is on its way out
  const packs = head.sliders.flatMap((slider) => slider.packs);
  const part = ({ start, size: length }) => bytes.subarray(4 + size + start, 4 + size + start + length);
  await Promise.all(packs.map(async (pack) => (pack.body = await inflate(part(pack)))));
  return head;
}

// The rows of each track, one a position of the slider, end to end.
function rows({ positions, tracks, body }) {
  const size = positions * tracks.reduce((sum, [, width]) => sum + width, 0);
  const residuals = new Int16Array(body, 0, size); // of machines that store the low byte first, as all with a browser do
  const step = new Int16Array(1); // overflows as it did where it was written, as do the changes
  let at = 0;
  const unpack = ([name, width, low, unit]) => {
    const unpacked = new Float32Array(width * positions);
    const changes = new Int16Array(positions);
    for (let point = 0; point < width; point++) {
      step[0] = 0;
      for (let row = 0; row < positions; row++, at++) {
        changes[row] += residuals[at];
        step[0] += changes[row];
        unpacked[row * width + point] = step[0] === -32768 ? NaN : low + unit * step[0];
      }
    }
    return [name, unpacked];
  };
  const unpacked = Object.fromEntries(tracks.map(unpack));
  return [unpacked, new TextDecoder().decode(new Uint8Array(body, 2 * size)).split("\n")];
}

// The rows of each track by name, unpacked when first asked for.
const unpackedTracks = (pack) => (pack.rows ??= rows(pack))[0];

// What a slider implies where it stands: arrays by "trace.x", "trace.y", texts by their name.
function frame(slider, value) {
  const row = Math.round((value - slider.low) / slider.step);
  const state = {};
  for (const pack of slider.packs) {
    const [arrays, texts] = [unpackedTracks(pack), pack.rows[1]];
    for (const [name, width] of pack.tracks) state[name] = arrays[name].subarray(row * width, (row + 1) * width);
    pack.texts.forEach((name, k) => (state[name] = texts[k * pack.positions + row]));
  }
  return state;
}

// Whether a slider moves this track or text at all.
function varies(slider, name) {
  slider.varying ??= {};
  return (slider.varying[name] ??= slider.packs.some((pack) => {
    const track = pack.tracks.find(([one]) => one === name);
    const values = unpackedTracks(pack)[name];
    if (track) return values.some((value, k) => !Object.is(value, values[k % track[1]]));
    const place = pack.texts.indexOf(name) * pack.positions;
    return place >= 0 && pack.rows[1].slice(place, place + pack.positions).some((text) => text !== pack.rows[1][place]);
  }));
}

function lines(cells, width) {
  return Array.from({ length: cells.length / width }, (_, row) => cells.subarray(row * width, (row + 1) * width));
}

// The traces guess_1, guess_2 … and the labels guess_1_word … are what a reader who chose that answer expected to see.
const answered = () => document.documentElement.dataset.answered;
const isMine = (name) => name.split("_")[1] === answered();
const guessed = (name) => (name?.startsWith("guess_") ? { visible: isMine(name) } : {});

// The opacities of dots belong to their markers; where none is told there is nothing to see.
function shaded({ marker }, { opacity, ...patch } = {}) {
  return opacity ? { ...patch, marker: { ...marker, opacity: marker.opacity.map((_, k) => opacity[k] || 0) } } : patch;
}

class Scene {
  // ``again``: the chart was drawn before, and what it shows may be older than what the sliders say now.
  constructor(head, again) {
    Object.assign(this, head);
    for (const slider of this.sliders) slider.last = again ? NaN : slider.value;
    this.state = {};
    this.answered = undefined; // Python draws every guess unseen
    this.idle = Infinity;
  }

  plot() {
    if (!this.node?.isConnected) this.node = document.querySelector(`.st-key-${this.chart} .js-plotly-plot`);
    return window.Plotly && this.node?._fullLayout?.meta === this.room ? this.node : null;
  }

  thumb(slider) {
    if (!slider.input?.isConnected) slider.input = findThumb(slider.key);
    return slider.input ? Number(slider.input.value) : slider.last;
  }

  // What changed because a slider stands elsewhere than before.
  follow() {
    const moved = this.sliders.filter((slider) => this.thumb(slider) !== slider.last);
    for (const slider of moved) slider.last = this.thumb(slider);
    if (moved.length === 0) return {};
    const away = this.sliders.filter(({ last, value, step }) => Math.abs(last - value) > step / 2);
    const frames = new Map([...moved, ...away].map((slider) => [slider, frame(slider, slider.last)]));
    const state = Object.assign({}, ...frames.values());
    if (away.length < 2) return state;
    // Each sweep was computed with the other sliders where Python knows them. What only one of them moves is right;
    // what two move is not shown before Python has said it.
    for (const name of Object.keys(state)) {
      const movers = away.filter((slider) => varies(slider, name));
      if (movers.length === 1) state[name] = frames.get(movers[0])[name];
      if (movers.length > 1) state[name] = typeof state[name] === "string" ? UNKNOWN : state[name].map(() => NaN);
    }
    return state;
  }

  draw(plot, changed) {
    if (this.brush?.plot !== plot || plot.data !== this.drawn) return this.tell(plot);
    const done = Object.entries(this.patches(changed)).map(([name, patch]) => this.brush.paint(name, patch));
    if (!done.every(Boolean)) this.tell(plot);
    this.write();
  }

  patches(state) {
    const patches = {};
    for (const [name, part] of Object.entries(state)) {
      const [trace, axis] = name.split(".");
      if (["x", "y", "z", "text", "opacity"].includes(axis)) (patches[trace] ??= {})[axis] = part;
    }
    return patches;
  }

  // Plotly's own picture: what hovering, resizing and saving go by.
  tell(plot) {
    const patches = this.patches(this.state);
    const layout = { ...plot.layout };
    for (const [axis, changed] of Object.entries(this.layout)) layout[axis] = { ...layout[axis], ...changed };
    this.drawn = plot.data.map((trace) => ({ ...trace, ...this.traces[trace.name], ...shaded(trace, patches[trace.name]), ...guessed(trace.name) }));
    this.drawn.forEach((trace, k) => {
      if (typeof trace.text === "string") trace.text = [trace.text];
      const before = plot.data[k].z;
      if (trace.z instanceof Float32Array) trace.z = lines(trace.z, trace.z.length / (parseInt(before.shape) || before.length));
    });
    this.brush?.lift();
    window.Plotly.react(plot, this.drawn, layout);
    this.brush = new Brush(plot);
    this.answered = answered();
    this.idle = Infinity;
    this.spots = null; // the page may have grown meanwhile
    this.write();
  }

  // The chart, after Plotly has been told where the sliders stand now; a frame may be due that has not come yet.
  settled() {
    const plot = this.plot();
    Object.assign(this.state, this.follow());
    if (Object.keys(this.state).length) [this.moved] = [true, this.tell(plot)];
    return plot;
  }

  // The nodes are kept and only their text is changed: they belong to the page's own renderer.
  write() {
    if (!this.spots?.every((spot) => spot.isConnected)) this.spots = [...marked()];
    const now = this.said.map((name, k) => this.state[name] ?? this.now[k]);
    const printed = (text) => text.replace(PRINTED, (_, code) => `\u2063${code}${now[place(code)]}\u2063`);
    const figure = this.node.closest("[role=figure]") ?? document.querySelector(`.st-key-${this.chart} [role=figure]`);
    for (const spot of [...this.spots, figure?.getAttributeNode("aria-label")])
      if (spot && printed(spot.nodeValue) !== spot.nodeValue) spot.nodeValue = printed(spot.nodeValue);
  }

  run(ready) {
    const tick = () => {
      if (this.stopped) return;
      const plot = this.plot();
      if (plot) {
        this.grabber?.attach(plot);
        // Only a browser that really hands out frames may claim to be alive.
        ready?.();
        ready = null;
        const changed = this.follow();
        const moved = Object.keys(changed).length > 0;
        Object.assign(this.state, changed);
        this.moved ||= moved;
        if (moved) dropNotes();
        if (moved) [this.idle] = [0, this.draw(plot, changed)];
        else if (this.answered !== answered()) this.tell(plot);
        // A change of theme or size, or another run, repaints the picture that Python sent, with every guess unseen.
        else if ((this.moved || this.answered) && plot.data !== this.drawn) this.tell(plot);
        else if (this.moved && ++this.idle === IDLE) this.tell(plot);
      }
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }
}

function* marked() {
  const walk = document.createTreeWalker(document.querySelector("[data-testid=stMain]"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (walk.currentNode.nodeValue.includes("\u2063")) yield walk.currentNode;
}

const alike = (one, other) => one.length === other.length && one.every((byte, k) => byte === other[k]);

function follow({ data, parentElement, setStateValue }) {
  const before = scenes.get(parentElement);
  const mine = { stopped: false, data, player: before?.player, keeper: before?.keeper, grabber: before?.grabber };
  scenes.set(parentElement, mine);
  document.documentElement.classList.add("ready");
  open(data).then((head) => {
    before?.scene && (before.scene.stopped = true);
    if (mine.stopped || scenes.get(parentElement) !== mine) return;
    const drawn = before?.scene && (before.scene.room !== head.room || !before.scene.moved && alike(before.data, data));
    mine.scene = new Scene(head, before && !drawn);
    // What belongs to the page and not to a chart.
    mine.player ??= new Player(parentElement);
    mine.player.follow(head.plays);
    mine.keeper ??= new Keeper(parentElement);
    mine.keeper.follow(mine.scene, head.keeps, head.defaults);
    followTyping(head.typed, head.asked, head.room);
    mine.grabber ??= new Grabber();
    mine.grabber.follow(mine.scene, head.handles);
    mine.scene.grabber = mine.grabber;
    connection.follow(mine.scene);
    mine.scene.run(() => told !== head.session && setStateValue("alive", (told = head.session)));
  });
  return () => {
    mine.stopped = true;
    if (mine.scene) mine.scene.stopped = true;
  };
}
