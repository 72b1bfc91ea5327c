// Lets a hand take the picture itself: a dot that a slider moves can be dragged, and the slider follows.

const REACH = 24; // pixels around a dot in which it is taken: a finger is wide
const NEAR = 8; // pixels beside a hairline in which the pointer says that it can be taken

class Grabber {
  // ``handles``: the ``traces`` that can be taken, and the keys of the sliders that move them along ``x`` and ``y``.
  follow(scene, handles) {
    this.scene = scene;
    this.handles = handles.flatMap(({ traces, x, y }) => traces.map((trace) => ({ trace, keys: { x, y } })));
  }

  attach(plot) {
    if (this.plot === plot) return;
    this.plot = plot;
    this.held = null;
    const on = (kinds, act) => kinds.forEach((kind) => plot.addEventListener(kind, act, { capture: true, passive: false }));
    on(["pointerdown"], (event) => this.take(event));
    on(["pointermove"], (event) => (this.held ? this.pull(event) : this.point(event)));
    on(["pointerup", "pointercancel"], () => this.release());
    // Neither does the page scroll under a finger that holds a dot, nor does Plotly take the mouse that does.
    on(["touchstart", "mousedown"], (event) => this.held && (event.preventDefault(), event.stopPropagation()));
  }

  take(event) {
    if (event.button !== 0 || !event.isPrimary || this.held) return;
    const found = this.nearest(event);
    if (!found) return;
    const keys = Object.entries(found.keys).filter(([, key]) => key);
    const moved = keys.map(([along, key]) => ({ along, key, from: findThumb(key)?.value }));
    if (moved.some(({ from }) => from === undefined)) return;
    // A dot that is taken beside its middle does not jump there.
    this.held = { ...found, moved, off: found.far <= REACH ? found.off : { x: 0, y: 0 } };
    this.plot.setPointerCapture(event.pointerId);
    window.Plotly.Fx.unhover(this.plot);
    this.plot.style.cursor = "grabbing";
    this.pull(event);
  }

  pull(event) {
    const at = this.place(event);
    for (const { along, key } of this.held.moved) {
      const slider = this.scene.sliders.find((one) => one.key === key);
      const input = findThumb(key);
      if (!slider || !input) continue;
      const row = this.row(slider, `${this.held.trace}.${along}`, this.held.axes[along], at[along] + this.held.off[along]);
      const value = slider.low + slider.step * row;
      if (Math.abs(value - Number(input.value)) > slider.step / 2) moveThumb(input, value);
    }
  }

  release() {
    const { moved } = this.held ?? { moved: [] };
    this.held = null;
    this.plot.style.cursor = "";
    for (const { key, from } of moved) {
      const input = findThumb(key);
      if (input && input.value !== from) commitThumb(input, Number(input.value));
    }
  }

  point(event) {
    const found = event.pointerType === "mouse" && this.nearest(event);
    const near = found && Math.min(found.far - REACH / 2, found.aside - NEAR) <= 0;
    if (event.target.style) event.target.style.cursor = near ? "grab" : "";
  }

  // The position of the slider at which the trace is nearest to a pixel along the axis.
  row(slider, name, axis, pixel) {
    for (const pack of slider.packs) {
      const track = pack.tracks.find(([one]) => one === name);
      if (!track) continue;
      const values = unpackedTracks(pack)[name];
      const away = Array.from({ length: pack.positions }, (_, k) => Math.abs(axis._offset + axis.l2p(values[k * track[1]]) - pixel));
      return away.reduce((best, far, k) => (far < away[best] ? k : best), 0);
    }
    throw new Error(`${slider.key} does not move ${name}`);
  }

  // What the pointer takes: with a finger only a dot under it, with the mouse whatever is nearest in the panel.
  nearest(event) {
    const at = this.place(event);
    const found = this.handles.map((handle) => this.seen(handle, at)).filter(Boolean);
    const mine = event.pointerType === "mouse" ? found.filter(({ within, far }) => within || far <= REACH / 2) : found.filter(({ far }) => far <= REACH);
    return mine.sort((one, other) => one.aside - other.aside || one.far - other.far)[0];
  }

  // Where a trace is drawn, seen from a pixel of the chart.
  seen(handle, at) {
    const drawn = this.plot._fullData?.find(({ name }) => name === handle.trace);
    if (!drawn) return null;
    const axes = { x: axisOf(this.plot, drawn.xaxis), y: axisOf(this.plot, drawn.yaxis) };
    const now = (along) => this.scene.state[`${handle.trace}.${along}`] ?? numbersOf(drawn[along]);
    const off = Object.fromEntries(["x", "y"].map((along) => [along, axes[along]._offset + axes[along].l2p(now(along)[0]) - at[along]]));
    const within = ["x", "y"].every((along) => at[along] >= axes[along]._offset && at[along] <= axes[along]._offset + axes[along]._length);
    const aside = Math.hypot(...["x", "y"].filter((along) => handle.keys[along]).map((along) => off[along]));
    const far = drawn.mode.includes("markers") ? Math.hypot(off.x, off.y) : Infinity;
    return { ...handle, axes, off, within, aside, far };
  }

  // The pointer in pixels of the chart.
  place(event) {
    const box = this.plot.getBoundingClientRect();
    const size = this.plot.offsetWidth / box.width;
    return { x: (event.clientX - box.left) * size, y: (event.clientY - box.top) * size };
  }
}
