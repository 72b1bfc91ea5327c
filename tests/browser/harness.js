// Draws recorded pages without Streamlit: a live chart that our scripts draw, and beside it a reference that Plotly alone
// draws from arrays that Python unpacked. Frames come only when ``step`` asks for them, so nothing waits for a clock.

const frames = [];
window.requestAnimationFrame = (call) => frames.push(call);
// What our scripts do to the rest of a page as it changes is not looked at here, and would cost as much as the pictures.
window.MutationObserver = class {
  observe() {}
  disconnect() {}
};

function step(count = 1) {
  for (let k = 0; k < count; k++) for (const call of frames.splice(0)) call(performance.now());
}

const NEAR = 1.1; // pixels that two pictures may differ by: Plotly leaves out corners up to one beside a line
const FINE = 4; // pixels between two places at which a stroke is compared
const IDLE = 14; // frames after which our scripts have passed to Plotly what the picture shows
const CELLS = 48; // along each side of the grid on which heat maps are compared
const PRINTED = /\u2063([\u2061\u2062\u2064]{4})[^\u2063]*\u2063/g;
const place = (code) => [...code].reduceRight((sum, digit) => 3 * sum + "\u2061\u2062\u2064".indexOf(digit), 0);
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const make = (tag, given = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...children);
  return made;
};

// After what Plotly left to be done; a timer would be put off in a page that does much.
function later() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => ((port1.onmessage = done), port2.postMessage(null)));
}

function pieces(path) {
  const strokes = (path.getAttribute("d") ?? "").replaceAll("Z", "").split("M").filter(Boolean);
  const points = strokes.map((stroke) => stroke.split("L").map((pair) => pair.split(",").map(Number)));
  return points.filter((stroke) => stroke.length > 1);
}

// What a trace is drawn with: strokes as lists of points, dots with their opacity, words with their place.
function parts(plot, trace, offset) {
  const group = plot.querySelector(`.scatterlayer .trace${trace.uid}`);
  const all = (css) => [...(group?.querySelectorAll(css) ?? [])].filter((e) => e.style.display !== "none" && e.getAttribute("display") !== "none");
  const from = plot.getBoundingClientRect();
  const word = (e) => [e.textContent.trim(), e.getBoundingClientRect()];
  const dot = (e) => [Number(e.style.opacity || 1).toFixed(2), ...((e.getAttribute("transform") || "0,0").match(/-?\d[\d.e+-]*/g) ?? []).slice(0, 2).map(Number)];
  return {
    line: all("path.js-line").flatMap(pieces),
    fill: all(".fills path").flatMap(pieces),
    dots: all("path.point[transform]").map(dot).filter((each) => each.length === 3),
    words: all(".textpoint text").map(word).filter(([text, box]) => text && box.width).map(([text, box]) => [text, box.x + box.width / 2 - from.x - offset[0], box.y + box.height / 2 - from.y - offset[1]]),
  };
}

const inside = ([x, y], [width, height]) => x >= 0 && x <= width && y >= 0 && y <= height;

// Places along a stroke, its corners among them, that lie in the panel.
function places(stroke, size) {
  const found = [];
  for (let k = 0; k < stroke.length; k++) {
    const [[x, y], [nextX, nextY]] = [stroke[k], stroke[k + 1] ?? stroke[k]];
    const count = Math.min(Math.ceil(Math.hypot(nextX - x, nextY - y) / FINE), 2000);
    for (let part = 0; part < Math.max(count, 1); part++) {
      const at = [x + ((nextX - x) * part) / (count || 1), y + ((nextY - y) * part) / (count || 1)];
      if (inside(at, size)) found.push(at);
    }
  }
  return found;
}

function distance([x, y], [fromX, fromY], [toX, toY]) {
  const [wayX, wayY] = [toX - fromX, toY - fromY];
  const share = ((x - fromX) * wayX + (y - fromY) * wayY) / Math.max(wayX * wayX + wayY * wayY, 1e-12);
  const on = Math.min(Math.max(share, 0), 1);
  return Math.hypot(fromX + on * wayX - x, fromY + on * wayY - y);
}

// The first place of ``strokes`` that is farther than allowed from all ``others``, and how far; neighbours are tried first.
function strays(strokes, others, size) {
  const segments = others.flatMap((stroke) => stroke.slice(1).map((to, k) => [stroke[k], to]));
  let last = 0;
  for (const at of strokes.flatMap((stroke) => places(stroke, size))) {
    let best = Infinity;
    for (let k = 0; best > NEAR && k < segments.length; k++) {
      const tried = (last + (k % 2 ? segments.length - (k + 1) / 2 : k / 2)) % segments.length;
      const far = distance(at, ...segments[tried]);
      if (far < best) best = far;
      if (best <= NEAR) last = tried;
    }
    if (best > NEAR) return `${best.toFixed(1)} px off at ${at.map((number) => number.toFixed(1))}`;
  }
  return null;
}

function compareStrokes(one, other, size, counted) {
  const shown = [one, other].map((strokes) => strokes.filter((stroke) => places(stroke, size).length > 1).length);
  if (counted && shown[0] !== shown[1]) return `${shown[0]} pieces instead of ${shown[1]}`;
  return strays(one, other, size) ?? strays(other, one, size);
}

function compareSpots(one, other) {
  if (one.length !== other.length) return `${one.length} instead of ${other.length}: ${JSON.stringify([one, other]).slice(0, 300)}`;
  for (const [k, [text, x, y]] of one.entries()) {
    const [wanted, atX, atY] = other[k];
    if (text !== wanted) return `${text} instead of ${wanted}`;
    if (Math.hypot(x - atX, y - atY) > NEAR) return `${Math.hypot(x - atX, y - atY).toFixed(1)} px off`;
  }
  return null;
}

const imageOf = (plot, trace) => [...plot.querySelectorAll(".heatmaplayer .hm")].find((group) => group.__data__[0].trace.uid === trace.uid)?.querySelector("image");

// Red, green and blue times opacity, and opacity, on a coarse grid.
async function colours(image) {
  const drawn = new Image();
  drawn.src = image.getAttribute("href") ?? image.getAttribute("xlink:href");
  await drawn.decode();
  const context = make("canvas", { width: 8 * CELLS, height: 8 * CELLS }).getContext("2d");
  context.imageSmoothingEnabled = image.style.imageRendering !== "pixelated";
  context.drawImage(drawn, 0, 0, 8 * CELLS, 8 * CELLS);
  const { data } = context.getImageData(0, 0, 8 * CELLS, 8 * CELLS);
  const read = (k) => [data[k], data[k + 1], data[k + 2], 255].map((part) => (part * data[k + 3]) / 255);
  return Array.from({ length: CELLS * CELLS }, (_, k) => read(4 * (8 * CELLS * (8 * Math.floor(k / CELLS) + 4) + 8 * (k % CELLS) + 4)));
}

// A hundredth of all places may differ more: across a boundary our heat map has fewer pixels than the screen.
async function compareHeat(one, other) {
  const shown = [one, other].map((image) => Boolean(image?.getAttribute("href") ?? image?.getAttribute("xlink:href")));
  if (!shown[0] && !shown[1]) return null;
  if (!shown[0]) return "not drawn";
  // Without a number Plotly draws none, our script one that cannot be seen.
  if (!shown[1]) return (await colours(one)).some((colour) => colour[3]) ? "drawn without a number" : null;
  const [mine, wanted] = await Promise.all([one, other].map(colours));
  const off = mine.map((colour, k) => Math.max(...colour.map((part, channel) => Math.abs(part - wanted[k][channel])))).sort((a, b) => a - b);
  const [common, most] = [off[Math.floor(0.5 * off.length)], off[Math.floor(0.99 * off.length)]];
  return common > 3 || most > 16 ? `colours differ by ${common.toFixed(0)}, in places by ${most.toFixed(0)} of 255` : null;
}

async function comparePictures(live, reference) {
  const found = [];
  for (const [k, wanted] of reference._fullData.entries()) {
    const trace = live._fullData[k];
    const note = (kind, off) => off && found.push(`${wanted.name} (${kind}): ${off}`);
    if (trace.name !== wanted.name) return [`the trace ${trace.name} in the place of ${wanted.name}`];
    if (wanted.type === "heatmap") {
      note("heat map", await compareHeat(imageOf(live, trace), imageOf(reference, wanted)));
      continue;
    }
    const axes = ["xaxis", "yaxis"].map((axis) => reference._fullLayout[wanted[axis].replace(/^[xy]/, "$&axis")]);
    const [size, offset] = ["_length", "_offset"].map((name) => axes.map((axis) => axis[name]));
    const [mine, theirs] = [parts(live, trace, offset), parts(reference, wanted, offset)];
    note("line", compareStrokes(mine.line, theirs.line, size, true));
    note("fill", compareStrokes(mine.fill, theirs.fill, size, false));
    // What lies outside the panel Plotly hides or clips.
    for (const kind of ["dots", "words"]) note(kind, compareSpots(...[mine, theirs].map((drawn) => drawn[kind].filter(([, x, y]) => inside([x, y], size)))));
  }
  return found;
}

const merged = (traces, patches) => traces.map((trace) => {
  const { marker, ...patch } = patches[trace.name] ?? {};
  return { ...trace, ...patch, ...(marker ? { marker: { ...trace.marker, ...marker } } : {}) };
});

// A guess is shown to the reader whose answer it is.
const guesses = (traces, answered) => Object.fromEntries(traces.filter(({ name }) => name.startsWith("guess_")).map(({ name }) => [name, { visible: name.split("_")[1] === answered }]));

const copied = (value) => JSON.parse(JSON.stringify(value));

// Opens a recorded page and makes its moves; answers what differs at which move, and how often our script itself drew.
window.check = async ({ figure, blob, chart, alt, texts, sliders, answered, moves, released }) => {
  // Without an answer there is no such attribute.
  if (answered) document.documentElement.dataset.answered = answered;
  else delete document.documentElement.dataset.answered;
  const [main, reference, part] = [document.querySelector("[data-testid=stMain]"), document.querySelector("#reference"), make("div")];
  const live = make("div", { className: "chart" });
  const holder = make("div", { className: `st-key-${chart}` }, make("div", { role: "figure", ariaLabel: alt }, live));
  const thumbs = Object.fromEntries(sliders.map(({ key, ...scale }) => [key, Object.assign(make("input", { type: "range" }), scale)]));
  const held = Object.entries(thumbs).map(([key, thumb]) => make("div", { className: `st-key-${key.replaceAll(".", "-")}` }, thumb));
  // The page's renderer may leave a number there that a drag on the page before has written.
  const printed = texts.map((text) => make("p", { textContent: text.replace(PRINTED, (_, code) => `\u2063${code}older\u2063`) }));
  main.replaceChildren(holder, ...held, ...printed, part);
  await Plotly.newPlot(live, copied(figure.data), copied(figure.layout), { staticPlot: true });
  await Plotly.newPlot(reference, copied(figure.data), copied(figure.layout), { staticPlot: true });
  let [alive, drawn, drawing] = [false, 0, null];
  const react = Plotly.react;
  Plotly.react = (plot, ...given) => ((drawn += plot === live), (drawing = react(plot, ...given)));
  const message = (data) => ({ data: bytesOf(data), parentElement: part, setStateValue: () => (alive = true) });
  let stop = window.nonlinear.follow(message(blob));
  for (let wait = 0; wait < 20000 && !alive; wait++) {
    await later();
    step();
  }
  const found = alive ? [] : ["our script never reported that it draws"];
  const compareTexts = (wanted) => wanted.flatMap((text, k) => (printed[k].textContent === text ? [] : `text: ${printed[k].textContent.slice(0, 300)} instead of ${text.slice(0, 300)}`));
  step();
  found.push(...compareTexts(texts).map((one) => `at first: ${one}`));
  let painted = 0;
  for (const { name, stands, patches, quotes, compared } of alive ? moves : []) {
    const before = drawn;
    const rest = compared === "at rest";
    for (const [key, value] of Object.entries(stands)) thumbs[key].value = value;
    step(rest ? IDLE : 1);
    painted += drawn === before && !rest;
    if (drawn !== before) await drawing;
    if (compared === "no") continue;
    const draw = () => react(reference, merged(copied(figure.data), patches), copied(figure.layout));
    if (!rest) await draw();
    let off = await comparePictures(live, reference);
    if (off.length) {
      // A word that was empty before Plotly draws only at its second update.
      await draw();
      if (drawn !== before) step(IDLE);
      await drawing;
      off = await comparePictures(live, reference);
    }
    const withQuotes = (text) => text.replace(PRINTED, (_, code) => `\u2063${code}${quotes[place(code)]}\u2063`);
    off.push(...compareTexts(texts.map(withQuotes)));
    const label = holder.firstChild.getAttribute("aria-label");
    if (label !== withQuotes(alt)) off.push(`description: ${label} instead of ${withQuotes(alt)}`);
    found.push(...off.map((one) => `${name}: ${one}`));
  }
  if (alive && released) {
    // Python does not send the chart anew, but its texts, and what it computed for where the sliders are now.
    stop();
    for (const [key, value] of Object.entries(released.values)) thumbs[key].value = value;
    for (const [k, text] of released.texts.entries()) if (printed[k]) printed[k].textContent = text;
    stop = window.nonlinear.follow(message(released.blob));
    for (let wait = 0; wait < 200; wait++) await later();
    step(IDLE);
    await drawing;
    await react(reference, merged(copied(released.figure.data), guesses(released.figure.data, answered)), copied(released.figure.layout));
    found.push(...(await comparePictures(live, reference)).map((one) => `released: ${one}`));
    const label = holder.firstChild.getAttribute("aria-label");
    if (label !== released.alt) found.push(`released: description: ${label} instead of ${released.alt}`);
  }
  stop();
  Plotly.react = react;
  for (const plot of [live, reference]) Plotly.purge(plot);
  frames.length = 0;
  return { found, painted };
};
