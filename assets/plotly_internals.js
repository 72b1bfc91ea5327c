// All that these scripts take from inside Plotly, which promises none of it: nowhere else does its name begin with an
// underscore. Streamlit 1.67 brings plotly.js 4.2.0; tests/browser/test_plotly_internals.py fails when another comes
// or when what is used here changes.

export const PLOTLY_VERSION = "4.2.0";

// What the layout that is drawn now says in ``meta``; undefined before anything has been drawn.
export const drawnMeta = (plot) => plot?._fullLayout?.meta;

// The traces as they are drawn, every default filled in.
export const drawnTraces = (plot) => plot._fullData ?? [];

// The axis that a trace calls x2, every default filled in.
export const axisOf = (plot, id) => plot._fullLayout[id.replace(/^[xy]/, "$&axis")];

// What the layout calls the axis: xaxis2.
export const axisName = (axis) => axis._name;

// Where a value lies along its axis, in pixels of the panel.
export const panelPixel = (axis, value) => axis.l2p(value);

// Where a value lies along its axis, in pixels of the chart.
export const chartPixel = (axis, value) => axis._offset + axis.l2p(value);

// Whether a pixel of the chart lies in the panel of this axis.
export const isInPanel = (axis, pixel) => pixel >= axis._offset && pixel <= axis._offset + axis._length;

// The numbers of a drawn trace: Plotly keeps an array that it was sent packed inside an object.
export const numbersOf = (values) => values?._inputArray ?? values ?? [];

// The elements of a drawn line trace, by kind. A line with gaps has one path for each piece.
export function elementsOf(plot, trace) {
  const group = plot.querySelector(`.scatterlayer .trace${trace.uid}`);
  const all = (css) => [...(group?.querySelectorAll(css) ?? [])];
  return { lines: all("path.js-line"), fills: all(".fills path"), points: all("path.point"), texts: all("text") };
}

// The image that a drawn heat map is; undefined where Plotly has drawn none.
export function imageOf(plot, trace) {
  const groups = [...plot.querySelectorAll(".heatmaplayer .hm")];
  return groups.find((group) => group.__data__[0].trace.uid === trace.uid)?.querySelector("image");
}

// Takes away what is shown beside the pointer.
export const hideHover = (plot) => window.Plotly.Fx.unhover(plot);
