// Draws single traces into the picture that Plotly has drawn, at a twentieth of the work of Plotly.react.

import { axisOf, chartPixel, drawnTraces, elementsOf, imageOf, isInPanel, numbersOf, panelPixel } from "./plotly_internals.js";

const FINE = 4; // pixels along a cell of a smooth heat map

export class Painter {
  constructor(plot) {
    this.plot = plot;
    this.traces = Object.fromEntries(drawnTraces(plot).map((trace) => [trace.name, this.find(trace)]));
  }

  // What a trace is drawn with: its axes, its numbers now, and the elements of each kind.
  find(trace) {
    if (trace.visible !== true && trace.name?.startsWith("guess_")) return { trace, hidden: true, texts: [] };
    // Plotly hides a heat map without a number.
    if (trace.type === "heatmap") return { trace, texts: [], heatmap: trace.visible && this.heatmap(trace) };
    const numbers = [trace.x, trace.y].map((values) => Float32Array.from(numbersOf(values)));
    return { trace, axes: [trace.xaxis, trace.yaxis].map((id) => axisOf(this.plot, id)), numbers, ...elementsOf(this.plot, trace) };
  }

  // False where Plotly itself has to draw: there is nothing yet to draw into.
  paint(name, { x, y, z, text, opacity }) {
    const found = this.traces[name];
    if (!found || found.hidden) return true;
    if (z) return found.heatmap ? this.paintHeatmap(found.heatmap, z) : z.every(Number.isNaN);
    if (opacity) return this.paintOpacity(found.points, opacity);
    const { trace, axes } = found;
    found.numbers = [x ?? found.numbers[0], y ?? found.numbers[1]];
    const [xs, ys] = found.numbers.map((values, k) => Array.from(values, (value) => panelPixel(axes[k], value)));
    const finite = [...xs.keys()].filter((k) => Number.isFinite(xs[k] + ys[k]));
    if (trace.fill !== "none" && !this.paintPath(found.fills, xs, ys, "Z")) return finite.length === 0;
    if (trace.mode.includes("lines") && !this.paintPath(found.lines, xs, ys, "")) return finite.length === 0;
    // Plotly leaves out a label without text.
    const labels = text === undefined ? [trace.text ?? ""].flat() : [text];
    const labelled = finite.filter((k) => labels[labels.length > 1 ? k : 0]);
    for (const [kind, elements, shown] of [["markers", found.points, text === "" ? [] : finite], ["text", found.texts, labelled]]) {
      if (!trace.mode.includes(kind)) continue;
      if (shown.length && elements.length !== shown.length) return false;
      for (const element of elements) element.style.display = shown.length ? "" : "none";
      shown.forEach((k, place) => this.move(elements[place], xs[k], ys[k], text));
      // What Plotly does not clip at the edge of the panel it hides beyond that edge.
      const isOutside = (k) => axes.some((axis, along) => !isInPanel(axis, chartPixel(axis, found.numbers[along][k])));
      if (trace.cliponaxis === false) shown.forEach((k, place) => hide(elements[place], isOutside(k)));
    }
    return true;
  }

  paintOpacity(points, opacity) {
    points.forEach((point, k) => (point.style.opacity = opacity[k] || 0));
    return points.length > 0;
  }

  // One path takes the whole line with its gaps; Plotly has one for each piece.
  paintPath(paths, xs, ys, end) {
    let [drawn, command] = ["", "M"];
    for (let k = 0; k < xs.length; k++)
      if (Number.isFinite(xs[k] + ys[k])) [drawn, command] = [`${drawn}${command}${xs[k].toFixed(2)},${ys[k].toFixed(2)}`, "L"];
      else command = "M";
    paths.forEach((path, k) => path.setAttribute("d", k || !drawn ? "M0,0" : drawn + end));
    return paths.length > 0;
  }

  // The image that Plotly made of a heat map, and a small canvas to draw another in.
  heatmap(trace) {
    const fine = trace.zsmooth ? FINE : 1;
    const [columns, rows] = [trace.x, trace.y].map(({ length }) => neighbours(length, fine));
    const canvas = Object.assign(document.createElement("canvas"), { width: columns.length, height: rows.length });
    const stops = trace.colorscale.map(([share, colour]) => [share, channels(colour)]);
    const shades = Array.from({ length: 256 }, (_, k) => interpolated(stops, k / 255));
    // Four bytes of a colour are one number.
    const packed = new Uint32Array(Uint8ClampedArray.from(shades.flat()).buffer);
    return { trace, image: imageOf(this.plot, trace), canvas, columns, rows, shades: packed };
  }

  paintHeatmap({ trace, image, canvas, columns, rows, shades }, z) {
    if (!image) return false;
    const pixels = new ImageData(canvas.width, canvas.height);
    const shown = new Uint32Array(pixels.data.buffer);
    const [cells, span] = [trace.x.length, trace.zmax - trace.zmin];
    const line = new Float64Array(cells); // the values at a height between two rows of cells
    let k = shown.length;
    for (const [below, above, up] of rows) {
      for (let cell = 0; cell < cells; cell++) line[cell] = z[below * cells + cell] * (1 - up) + z[above * cells + cell] * up;
      k -= canvas.width; // rows of an image go down
      columns.forEach(([left, right, on], column) => {
        const share = (line[left] * (1 - on) + line[right] * on - trace.zmin) / span;
        if (!Number.isNaN(share)) shown[k + column] = shades[Math.round(255 * Math.min(Math.max(share, 0), 1))];
      });
    }
    canvas.getContext("2d").putImageData(pixels, 0, 0);
    image.removeAttribute("xlink:href");
    image.setAttribute("href", canvas.toDataURL());
    image.style.imageRendering = trace.zsmooth ? "auto" : "pixelated";
    return true;
  }

  move(element, x, y, text) {
    if (element.nodeName !== "text") return element.setAttribute("transform", `translate(${x},${y})`);
    element.home ??= [Number(element.getAttribute("x")), Number(element.getAttribute("y")), element.parentNode.getAttribute("transform") ?? ""];
    element.parentNode.setAttribute("transform", `translate(${x - element.home[0]},${y - element.home[1]}) ${element.home[2]}`);
    const label = element.querySelector("tspan") ?? element;
    if (text !== undefined && label.textContent !== text) label.textContent = text;
  }

  // Gives dots and labels back to Plotly as it had drawn them.
  restore() {
    for (const { points = [], texts } of Object.values(this.traces)) {
      for (const element of [...points, ...texts]) element.style.display = "";
      for (const element of texts) if (element.home) element.home = element.parentNode.removeAttribute("transform");
    }
  }
}

// Hides a dot or a label, or shows it again, by the attribute that Plotly uses for it.
function hide(element, hidden) {
  const part = element.nodeName === "text" ? element.parentNode : element;
  if (hidden) part.setAttribute("display", "none");
  else part.removeAttribute("display");
}

// A colour as red, green, blue and opacity, each up to 255; written #rrggbb or rgba(r, g, b, opacity).
function channels(colour) {
  if (colour[0] === "#") return [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16)).concat(255);
  const [red, green, blue, opacity = 1] = colour.match(/[\d.]+/g).map(Number);
  return [red, green, blue, 255 * opacity];
}

function interpolated(stops, share) {
  const next = Math.max(stops.findIndex(([stop]) => stop >= share), 1);
  const [[from, low], [to, high]] = [stops[next - 1], stops[next]];
  return low.map((channel, k) => Math.round(channel + ((high[k] - channel) * (share - from)) / (to - from)));
}

// For each pixel along so many cells the two cells whose middles it lies between, and how far it is on.
function neighbours(cells, fine) {
  return Array.from({ length: cells * fine }, (_, k) => {
    const place = Math.min(Math.max((k + 0.5) / fine - 0.5, 0), cells - 1);
    return [Math.floor(place), Math.min(Math.floor(place) + 1, cells - 1), place % 1];
  });
}
