// Draws single traces into the picture that Plotly has drawn, at a twentieth of the work of Plotly.react.

class Brush {
  constructor(plot) {
    this.plot = plot;
    this.traces = Object.fromEntries(plot._fullData.map((trace) => [trace.name, this.find(trace)]));
  }

  // What a trace is drawn with: its axes, its numbers now, and the elements of each kind.
  find(trace) {
    const axis = (id) => this.plot._fullLayout[id.replace(/^[xy]/, "$&axis")];
    const group = this.plot.querySelector(`.scatterlayer .trace${trace.uid}`);
    const all = (css) => [...(group?.querySelectorAll(css) ?? [])];
    const [lines, fills, points, texts] = ["path.js-line", ".fills path", "path.point", "text"].map(all);
    const at = [trace.x, trace.y].map((values) => Float32Array.from(values?._inputArray ?? values ?? []));
    return { trace, axes: [axis(trace.xaxis), axis(trace.yaxis)], at, lines, fills, points, texts };
  }

  // False where Plotly itself has to draw: there is nothing yet to draw into.
  paint(name, { x, y, text }) {
    const found = this.traces[name];
    if (!found) return true;
    const { trace, axes } = found;
    found.at = [x ?? found.at[0], y ?? found.at[1]];
    const [xs, ys] = found.at.map((values, k) => Array.from(values, (value) => axes[k].l2p(value)));
    const shown = [...xs.keys()].filter((k) => Number.isFinite(xs[k] + ys[k]));
    if (trace.fill !== "none" && !this.stroke(found.fills, xs, ys, "Z")) return shown.length === 0;
    if (trace.mode.includes("lines") && !this.stroke(found.lines, xs, ys, "")) return shown.length === 0;
    const spots = trace.mode.includes("markers") ? found.points : trace.mode.includes("text") ? found.texts : null;
    if (spots && spots.length !== shown.length) return false;
    if (spots) shown.forEach((k, spot) => this.put(spots[spot], xs[k], ys[k], text));
    return true;
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

  put(spot, x, y, text) {
    if (spot.nodeName !== "text") return spot.setAttribute("transform", `translate(${x},${y})`);
    spot.home ??= [Number(spot.getAttribute("x")), Number(spot.getAttribute("y")), spot.parentNode.getAttribute("transform") ?? ""];
    spot.parentNode.setAttribute("transform", `translate(${x - spot.home[0]},${y - spot.home[1]}) ${spot.home[2]}`);
    if (text !== undefined) (spot.querySelector("tspan") ?? spot).textContent = text;
  }

  // Give the labels back to Plotly where it had put them.
  lift() {
    for (const { texts } of Object.values(this.traces))
      for (const spot of texts) if (spot.home) spot.home = spot.parentNode.removeAttribute("transform");
  }
}
