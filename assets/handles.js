// Lets a hand drag the picture itself: a dot that a slider moves can be taken, and the slider follows.

import { valuesOf } from "./decoding.js";
import { isLocked } from "./locked.js";
import { axisOf, chartPixel, drawnTraces, hideHover, isInPanel, numbersOf } from "./plotly_internals.js";
import { commitSlider, findSlider, moveSlider } from "./slider.js";

const REACH = 24; // pixels around a dot in which it is taken: a finger is wide
const NEAR = 8; // pixels beside a hairline in which the pointer says that it can be taken
const AXES = ["x", "y"];

export class HandleDrag {
  // ``handles``: the ``traces`` that can be taken, and the keys of the sliders that move them along ``x`` and ``y``.
  follow(follower, handles) {
    this.follower = follower;
    this.handles = handles.flatMap(({ traces, x, y }) => traces.map((trace) => ({ trace, keys: { x, y } })));
  }

  attach(plot) {
    if (this.plot === plot) return;
    this.plot = plot;
    this.held = null;
    const on = (kinds, listener) => kinds.forEach((kind) => plot.addEventListener(kind, listener, { capture: true, passive: false }));
    on(["pointerdown"], (event) => this.take(event));
    on(["pointermove"], (event) => (this.held ? this.pull(event) : this.showCursor(event)));
    on(["pointerup", "pointercancel"], () => this.release());
    // Neither does the page scroll under a finger that holds a dot, nor does Plotly take the mouse that does.
    on(["touchstart", "mousedown"], (event) => this.held && (event.preventDefault(), event.stopPropagation()));
  }

  take(event) {
    if (event.button !== 0 || !event.isPrimary || this.held) return;
    const found = this.nearest(event);
    if (!found) return;
    const keys = Object.entries(found.keys).filter(([, key]) => key && !isLocked(findSlider(key)));
    if (!keys.length) return;
    const moved = keys.map(([axis, key]) => ({ axis, key, from: findSlider(key)?.value }));
    if (moved.some(({ from }) => from === undefined)) return;
    // A dot that is taken beside its middle does not jump there.
    this.held = { ...found, moved, offset: found.distance <= REACH ? found.offset : { x: 0, y: 0 } };
    this.plot.setPointerCapture(event.pointerId);
    hideHover(this.plot);
    this.plot.style.cursor = "grabbing";
    this.pull(event);
  }

  pull(event) {
    const pointer = this.pixels(event);
    for (const { axis, key } of this.held.moved) {
      const slider = this.follower.sliders.find((one) => one.key === key);
      const input = findSlider(key);
      if (!slider || !input) continue;
      const row = this.nearestRow(slider, `${this.held.trace}.${axis}`, this.held.axes[axis], pointer[axis] + this.held.offset[axis]);
      const value = slider.low + slider.step * row;
      if (Math.abs(value - Number(input.value)) > slider.step / 2) moveSlider(input, value);
    }
  }

  release() {
    const { moved } = this.held ?? { moved: [] };
    this.held = null;
    this.plot.style.cursor = "";
    for (const { key, from } of moved) {
      const input = findSlider(key);
      if (input && input.value !== from) commitSlider(input, Number(input.value));
    }
  }

  showCursor(event) {
    const found = event.pointerType === "mouse" && this.nearest(event);
    const near = found && Math.min(found.distance - REACH / 2, found.aside - NEAR) <= 0;
    if (event.target.style) event.target.style.cursor = near ? "grab" : "";
  }

  // The position of the slider at which the trace is nearest to a pixel along the axis.
  nearestRow(slider, name, axis, pixel) {
    for (const sweep of slider.sweeps) {
      const track = sweep.tracks.find(([one]) => one === name);
      if (!track) continue;
      const values = valuesOf(sweep, name);
      const distances = Array.from({ length: sweep.positions }, (_, k) => Math.abs(chartPixel(axis, values[k * track[1]]) - pixel));
      return distances.reduce((best, distance, k) => (distance < distances[best] ? k : best), 0);
    }
    throw new Error(`${slider.key} does not move ${name}`);
  }

  // What the pointer takes: with a finger only a dot under it, with the mouse whatever is nearest in the panel.
  nearest(event) {
    const pointer = this.pixels(event);
    const found = this.handles.map((handle) => this.located(handle, pointer)).filter(Boolean);
    const byMouse = ({ inPanel, distance }) => inPanel || distance <= REACH / 2;
    const byFinger = ({ distance }) => distance <= REACH;
    const within = found.filter(event.pointerType === "mouse" ? byMouse : byFinger);
    return within.sort((one, other) => one.aside - other.aside || one.distance - other.distance)[0];
  }

  // A handle with where its trace is drawn, seen from a pixel of the chart: ``aside`` along the axes it moves on.
  located(handle, pointer) {
    const drawn = drawnTraces(this.plot).find(({ name }) => name === handle.trace);
    if (!drawn) return null;
    const axes = { x: axisOf(this.plot, drawn.xaxis), y: axisOf(this.plot, drawn.yaxis) };
    const values = (axis) => this.follower.frame[`${handle.trace}.${axis}`] ?? numbersOf(drawn[axis]);
    const offset = Object.fromEntries(AXES.map((axis) => [axis, chartPixel(axes[axis], values(axis)[0]) - pointer[axis]]));
    const inPanel = AXES.every((axis) => isInPanel(axes[axis], pointer[axis]));
    const aside = Math.hypot(...AXES.filter((axis) => handle.keys[axis]).map((axis) => offset[axis]));
    const distance = drawn.mode.includes("markers") ? Math.hypot(offset.x, offset.y) : Infinity;
    return { ...handle, axes, offset, inPanel, aside, distance };
  }

  // The pointer in pixels of the chart.
  pixels(event) {
    const box = this.plot.getBoundingClientRect();
    const size = this.plot.offsetWidth / box.width;
    return { x: (event.clientX - box.left) * size, y: (event.clientY - box.top) * size };
  }
}
