/** Where the log gradient gain of a row changes sign: measured, with its error, and predicted. */
import * as data from "./data.js";
import { at } from "./data.js";
import * as format from "./format.js";

const MEAN = (i) => at("ln_gradient_gain_mean", i);
const THEORY = (i) => at("theory_ln_gradient_gain", i);

/**
 * Crossings of a row, by linear interpolation between cells: {value, error, slope} in units of x.
 * The error is that of the two cells' means, carried over by the slope.
 */
function ofRow(panel, y, column) {
  const row = panel.cells.filter((i) => at(data.y, i) === y && column(i) !== null)
    .sort((a, b) => at(data.x, a) - at(data.x, b));
  const found = [];
  for (let k = 0; k + 1 < row.length; k++) {
    const [x0, x1] = [row[k], row[k + 1]].map((i) => at(data.x, i));
    const f0 = column(row[k]), f1 = column(row[k + 1]);
    if ((f0 >= 0) === (f1 >= 0)) continue;
    const t = f0 / (f0 - f1);
    const [se0, se1] = [row[k], row[k + 1]].map((i) => at("ln_gradient_gain_se", i) || 0);
    const slope = Math.abs((f1 - f0) / (x1 - x0));
    found.push({ value: x0 + t * (x1 - x0), error: Math.hypot((1 - t) * se0, t * se1) / slope });
  }
  return found;
}

const nearest = (found, x) =>
  [...found].sort((a, b) => Math.abs(a.value - x) - Math.abs(b.value - x))[0] ?? null;

/** The topmost row's crossing in words. */
export function note(panel) {
  const top = Math.max(...panel.y.values);
  const [theory] = ofRow(panel, top, THEORY);
  if (!theory) return "";
  const measured = nearest(ofRow(panel, top, MEAN), theory.value);
  const place = `ln gain = 0 at ${data.symbol(data.y)} = ${format.number(top)}: `;
  if (!measured) return place + `theory ${format.number(theory.value)}`;
  const text = format.withError(measured.value, measured.error);
  const decimals = (text.split(" ")[0].split(".")[1] || "").length;
  return place + `measured ${text}, theory ${theory.value.toFixed(decimals)}`;
}

/** Every row's measured crossing as a dot with whiskers of two standard errors. */
export function series(panel) {
  const data = panel.y.values.flatMap((y) =>
    ofRow(panel, y, MEAN).map(({ value, error }) => [value, panel.y.to(y), error]));
  return {
    type: "custom", z: 7, silent: true, clip: true, animation: false, tooltip: { show: false }, data,
    encode: { x: -1, y: -1 },
    renderItem: (params, api) => {
      const [value, y, error] = data[params.dataIndex];
      const pixel = (x) => api.coord([panel.x.to(Math.max(x, 1e-12)), y]);
      const [cx, cy] = pixel(value);
      const bar = (stroke, lineWidth) => ({
        type: "line", style: { stroke, lineWidth },
        shape: { x1: pixel(value - 2 * error)[0], y1: cy, x2: pixel(value + 2 * error)[0], y2: cy },
      });
      return {
        type: "group",
        children: [
          bar("#ffffff", 4), bar("#10151c", 1.8),
          { type: "circle", shape: { cx, cy, r: 3.2 }, style: { fill: "#10151c", stroke: "#ffffff", lineWidth: 1.2 } },
        ],
      };
    },
  };
}
