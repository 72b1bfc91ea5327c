// The numbers that are drawn in a picture, as the rows of a table: one name, the rest numbers and the titles of axes.

import { axisName, axisOf, drawnTraces } from "./plotly_internals.js";

// A row for each point of each line, dot and cell of the picture, with the name of its trace, the longest trace first;
// labels in the picture are left out. What has followed a slider is given to as many decimals as it was sent with.
export function drawnRows(follower, words) {
  const plot = follower.flush();
  const isData = ({ name, visible, type, mode }) => (visible === true || !name.startsWith("guess_")) && !name.endsWith("_lead") && (type === "heatmap" || mode !== "text");
  const traces = drawnTraces(plot).filter(isData).sort((one, other) => other.x.length - one.x.length);
  const tracks = follower.sliders.flatMap(({ sweeps }) => sweeps.flatMap((sweep) => sweep.tracks));
  const units = Object.fromEntries(tracks.filter(([name]) => name in follower.frame).map(([name, , , unit]) => [name, unit]));
  const number = (value, unit) => Number(unit ? Number(value).toFixed(Math.max(0, Math.floor(-Math.log10(unit)))) : Number(value).toPrecision(7));
  const flat = traces.some(({ type }) => type === "heatmap");
  const found = traces.flatMap(({ name, meta, xaxis, yaxis, x, y, z }) => {
    const [across, up, on] = ["x", "y", "z"].map((axis) => units[`${name}.${axis}`]);
    const along = [xaxis, yaxis].map((id) => measured(plot, id, words));
    if (z) return [...y].flatMap((height, k) => [...x].map((at, m) => [meta, number(at), number(height), number(z[k][m], on), ...along]));
    return [...x].map((at, k) => [meta, number(at, across), number(y[k], up), ...(flat ? [""] : []), ...along]);
  });
  return headed(found.filter(([, x, y]) => Number.isFinite(x + y)), flat, words);
}

// Rows under their heads: what all of them say of an axis stands in its head, else in a column of its own.
function headed(rows, flat, words) {
  const wide = flat ? 4 : 3;
  const heads = [words.what, "x", "y", "z"].slice(0, wide);
  const columns = [];
  for (const [k, along] of ["x", "y"].entries()) {
    const [one, ...others] = new Set(rows.map((row) => row[wide + k]));
    if (others.length) columns.push([wide + k, words.axis.replace("{axis}", along)]);
    else if (one) heads[1 + k] += `: ${one}`;
  }
  return [[...heads, ...columns.map(([, head]) => head)], ...rows.map((row) => [...row.slice(0, wide), ...columns.map(([k]) => row[k])])];
}

// What is measured along an axis: its title, else its panel's heading, else the title of an axis as long; and how.
function measured(plot, id, words) {
  const axis = axisOf(plot, id);
  const heading = id[0] === "y" && plot.layout.annotations?.find(({ yref }) => yref === `${id} domain`);
  const titled = Object.keys(plot.layout).filter((name) => name.startsWith(`${id[0]}axis`) && plot.layout[name].title?.text);
  const same = titled.find((name) => String(axisOf(plot, name.replace("axis", "")).domain) === String(axis.domain));
  const title = plot.layout[axisName(axis)].title?.text || (heading ? heading.text : plot.layout[same]?.title.text) || "";
  const [name, scale] = [title.replace(/<[^>]*>/g, ""), scaled(axis)];
  return scale && name ? words.of.replace("{scale}", scale).replace("{title}", name) : scale || name;
}

// How the numbers along an axis are drawn, by what is written at its ticks.
function scaled({ tickvals, ticktext }) {
  const ticks = [...(tickvals ?? [])].map((at, k) => [at, Number(plainNumber(String(ticktext?.[k] ?? at)))]).filter(([, value]) => value);
  const is = (scale) => ticks.length > 1 && ticks.every(([at, value]) => Math.abs(scale(at) / value - 1) < 1e-6);
  if (is((at) => at)) return "";
  return is((at) => 10 ** at) ? "log₁₀" : is((at) => 2 ** at) ? "log₂" : is((at) => at * at) ? "√" : "";
}

// A number as programs read it, from how it is printed here; what is no number stays as it is.
export function plainNumber(text) {
  const up = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const spelled = text.trim().replace("½", "0.5").replace("¼", "0.25").replaceAll("\u2212", "-");
  const [, sign, digits, power] = spelled.match(/^(-?)(?:([\d.]+)[·×])?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/) ?? [];
  const exponent = power?.replace("⁻", "-").replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => up.indexOf(digit));
  const read = power ? `${sign}${digits ?? 1}e${exponent}` : spelled.replace("∞", "inf");
  return /^-?(inf|[\d.]+(e-?\d+)?)$/.test(read) ? read : text;
}
