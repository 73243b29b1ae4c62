/** Axes in a linear or logarithmic coordinate, their ticks, and the extent of cells along them. */
import * as colour from "./colour.js";

const NICE = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

function spread(values) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0)) / Math.abs(mean);
}

/** Whether sorted values are spaced more evenly in their logarithm than as they are. */
function isLogarithmic(values) {
  if (values.length < 3 || values[0] <= 0) return false;
  const steps = values.slice(1).map((v, i) => v - values[i]);
  const ratios = values.slice(1).map((v, i) => Math.log(v / values[i]));
  return spread(ratios) < spread(steps);
}

/** Midpoints between neighbours; the outermost cells are as wide outwards as inwards. */
function edges(centres) {
  if (centres.length === 1) return [centres[0] - 0.1, centres[0] + 0.1];
  const inner = centres.slice(1).map((v, i) => (v + centres[i]) / 2);
  const first = 2 * centres[0] - inner[0];
  const last = 2 * centres[centres.length - 1] - inner[inner.length - 1];
  return [first, ...inner, last];
}

function niceTicks(values, logarithmic, most) {
  if (values.length <= most) return values;
  const lo = values[0], hi = values[values.length - 1];
  if (!logarithmic) return colour.evenTicks(lo, hi);
  let ticks = [];
  for (let p = Math.floor(Math.log10(lo)); p <= Math.log10(hi); p++) {
    ticks.push(...NICE.map((m) => Number((m * 10 ** p).toPrecision(6))));
  }
  const whole = values.every(Number.isInteger);
  ticks = ticks.filter(
    (v) => v >= lo * 0.999 && v <= hi * 1.001 && (!whole || Number.isInteger(v)));
  while (ticks.length > most) ticks = ticks.filter((v, i) => i % 2 === 0 || v === 1);
  return ticks;
}

/** An axis through the distinct values: to(v) is its coordinate, from(t) the value again. */
export function through(values, { logarithmic = isLogarithmic(values), most = 8 } = {}) {
  const to = logarithmic ? Math.log : (v) => v;
  const from = logarithmic ? Math.exp : (t) => t;
  const bounds = edges(values.map(to));
  return {
    values, to, from, min: bounds[0], max: bounds[bounds.length - 1],
    ticks: niceTicks(values, logarithmic, most),
  };
}

/**
 * The rectangle of each cell, [x0, x1, y0, y1] in coordinates: along x by its neighbours of the
 * same depth, along y by those of the same x, so that locally refined grids draw too.
 */
export function rectangles(cells, xOf, yOf, xAxis, yAxis) {
  const rows = new Map(), pillars = new Map();
  const add = (map, key, v) => {
    const known = map.get(key);
    if (known) known.add(v);
    else map.set(key, new Set([v]));
  };
  for (const i of cells) {
    add(rows, yOf(i), xAxis.to(xOf(i)));
    add(pillars, xOf(i), yAxis.to(yOf(i)));
  }
  const spans = (map) => {
    for (const [key, set] of map) {
      const centres = [...set].sort((a, b) => a - b);
      const bounds = edges(centres);
      map.set(key, new Map(centres.map((c, k) => [c, [bounds[k], bounds[k + 1]]])));
    }
  };
  const everyX = new Map([[0, new Set(xAxis.values.map(xAxis.to))]]);
  const everyY = new Map([[0, new Set(yAxis.values.map(yAxis.to))]]);
  [rows, pillars, everyX, everyY].forEach(spans);
  return cells.map((i) => {
    const x = xAxis.to(xOf(i)), y = yAxis.to(yOf(i));
    const row = rows.get(yOf(i)), pillar = pillars.get(xOf(i));
    return [...(row.size > 1 ? row : everyX.get(0)).get(x),
      ...(pillar.size > 1 ? pillar : everyY.get(0)).get(y)];
  });
}
