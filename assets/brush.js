// Draws single traces into the picture that Plotly has drawn, at a twentieth of the work of Plotly.react.

const FINE = 4; // pixels along a cell of a smooth heat map

class Brush {
  constructor(plot) {
    this.plot = plot;
    this.traces = Object.fromEntries(plot._fullData.map((trace) => [trace.name, this.find(trace)]));
  }

  // What a trace is drawn with: its axes, its numbers now, and the elements of each kind.
  find(trace) {
    if (trace.visible !== true && trace.name?.startsWith("guess_")) return { trace, unseen: true, texts: [] };
    const group = this.plot.querySelector(`.scatterlayer .trace${trace.uid}`);
    const all = (css) => [...(group?.querySelectorAll(css) ?? [])];
    const [lines, fills, points, texts] = ["path.js-line", ".fills path", "path.point", "text"].map(all);
    // Plotly hides a heat map without a number.
    if (trace.type === "heatmap") return { trace, texts, plane: trace.visible && this.plane(trace) };
    const at = [trace.x, trace.y].map((values) => Float32Array.from(numbersOf(values)));
    return { trace, axes: [trace.xaxis, trace.yaxis].map((id) => axisOf(this.plot, id)), at, lines, fills, points, texts };
  }

  // False where Plotly itself has to draw: there is nothing yet to draw into.
  paint(name, { x, y, z, text, opacity }) {
    const found = this.traces[name];
    if (!found || found.unseen) return true;
    if (z) return found.plane ? this.colour(found.plane, z) : z.every(Number.isNaN);
    if (opacity) return this.fade(found.points, opacity);
    const { trace, axes } = found;
    found.at = [x ?? found.at[0], y ?? found.at[1]];
    const [xs, ys] = found.at.map((values, k) => Array.from(values, (value) => axes[k].l2p(value)));
    const shown = [...xs.keys()].filter((k) => Number.isFinite(xs[k] + ys[k]));
    if (trace.fill !== "none" && !this.stroke(found.fills, xs, ys, "Z")) return shown.length === 0;
    if (trace.mode.includes("lines") && !this.stroke(found.lines, xs, ys, "")) return shown.length === 0;
    const spots = trace.mode.includes("markers") ? found.points : trace.mode.includes("text") ? found.texts : null;
    const put = text === "" ? [] : shown; // what says nothing Plotly leaves out
    if (spots && put.length && spots.length !== put.length) return false;
    for (const spot of spots ?? []) spot.style.display = put.length ? "" : "none";
    if (spots) put.forEach((k, spot) => this.put(spots[spot], xs[k], ys[k], text));
    return true;
  }

  fade(points, opacity) {
    points.forEach((point, k) => (point.style.opacity = opacity[k] || 0));
    return points.length > 0;
  }

  // One path takes the whole line with its gaps; Plotly has one for each piece.
  stroke(paths, xs, ys, end) {
    let [drawn, pen] = ["", "M"];
    for (let k = 0; k < xs.length; k++)
      if (Number.isFinite(xs[k] + ys[k])) [drawn, pen] = [`${drawn}${pen}${xs[k].toFixed(2)},${ys[k].toFixed(2)}`, "L"];
      else pen = "M";
    paths.forEach((path, k) => path.setAttribute("d", k || !drawn ? "M0,0" : drawn + end));
    return paths.length > 0;
  }

  // The picture that Plotly made of a heat map, and a small one to put in its place.
  plane(trace) {
    const groups = [...this.plot.querySelectorAll(".heatmaplayer .hm")];
    const image = groups.find((group) => group.__data__[0].trace.uid === trace.uid)?.querySelector("image");
    const fine = trace.zsmooth ? FINE : 1;
    const [columns, rows] = [trace.x, trace.y].map(({ length }) => along(length, fine));
    const canvas = Object.assign(document.createElement("canvas"), { width: columns.length, height: rows.length });
    const stops = trace.colorscale.map(([at, colour]) => [at, parts(colour)]);
    const shades = Array.from({ length: 256 }, (_, k) => between(stops, k / 255));
    // Four bytes of a colour are one number.
    const packed = new Uint32Array(Uint8ClampedArray.from(shades.flat()).buffer);
    return { trace, image, canvas, columns, rows, shades: packed };
  }

  colour({ trace, image, canvas, columns, rows, shades }, z) {
    if (!image) return false;
    const pixels = new ImageData(canvas.width, canvas.height);
    const shown = new Uint32Array(pixels.data.buffer);
    const [cells, span] = [trace.x.length, trace.zmax - trace.zmin];
    const line = new Float64Array(cells); // what lies at a height between two rows of cells
    let k = shown.length;
    for (const [below, above, up] of rows) {
      for (let cell = 0; cell < cells; cell++) line[cell] = z[below * cells + cell] * (1 - up) + z[above * cells + cell] * up;
      k -= canvas.width; // rows of a picture go down
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

  put(spot, x, y, text) {
    if (spot.nodeName !== "text") return spot.setAttribute("transform", `translate(${x},${y})`);
    spot.home ??= [Number(spot.getAttribute("x")), Number(spot.getAttribute("y")), spot.parentNode.getAttribute("transform") ?? ""];
    spot.parentNode.setAttribute("transform", `translate(${x - spot.home[0]},${y - spot.home[1]}) ${spot.home[2]}`);
    const said = spot.querySelector("tspan") ?? spot;
    if (text !== undefined && said.textContent !== text) said.textContent = text;
  }

  // Give dots and labels back to Plotly as it had drawn them.
  lift() {
    for (const { points = [], texts } of Object.values(this.traces)) {
      for (const spot of [...points, ...texts]) spot.style.display = "";
      for (const spot of texts) if (spot.home) spot.home = spot.parentNode.removeAttribute("transform");
    }
  }
}

// The axis that a trace calls x2, as Plotly has it.
const axisOf = (plot, id) => plot._fullLayout[id.replace(/^[xy]/, "$&axis")];

// The numbers of a trace, however Plotly keeps them.
const numbersOf = (values) => values?._inputArray ?? values ?? [];

// A colour as red, green, blue and opacity, each up to 255; written #rrggbb or rgba(r, g, b, opacity).
function parts(colour) {
  if (colour[0] === "#") return [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16)).concat(255);
  const [red, green, blue, opacity = 1] = colour.match(/[\d.]+/g).map(Number);
  return [red, green, blue, 255 * opacity];
}

function between(stops, share) {
  const next = Math.max(stops.findIndex(([at]) => at >= share), 1);
  const [[from, low], [to, high]] = [stops[next - 1], stops[next]];
  return low.map((part, k) => Math.round(part + ((high[k] - part) * (share - from)) / (to - from)));
}

// For each pixel along so many cells the two cells whose middles it lies between, and how far it is on.
function along(cells, fine) {
  return Array.from({ length: cells * fine }, (_, k) => {
    const at = Math.min(Math.max((k + 0.5) / fine - 0.5, 0), cells - 1);
    return [Math.floor(at), Math.min(Math.floor(at) + 1, cells - 1), at % 1];
  });
}
