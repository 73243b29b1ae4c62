/** What is drawn over a map: theory's lines, outcomes of training, the cursor. */
import { contours } from "./contours.js";
import { at } from "./data.js";
import * as styles from "./lines.js";
import { BOUNDARIES } from "./lines.js";
import { chart } from "./source.js";
import * as tooltip from "./tooltip.js";

/** Theory's critical points, by activation and bias variance. */
export const critical = await chart("critical");
const boundaries = await chart("boundaries");

export const OUTCOMES = {
  trained: { symbol: "circle", fill: "#1a9850", stroke: "#ffffff", size: 9 },
  stalled: { symbol: "rect", fill: "#ffffff", stroke: "#33404f", size: 5.5 },
  diverged: { symbol: "triangle", fill: "#ffd23f", stroke: "#33404f", size: 9 },
};

/** Fields on the grid of a panel, by position along x and y. */
function gridOf(panel) {
  const position = new Map(panel.cells.map((i) => [at(panel.names.x, i) + "|" + at(panel.names.y, i), i]));
  return (column) => (a, b) => {
    const y = panel.y.values[Math.min(b, panel.y.values.length - 1)];
    const i = position.get(panel.x.values[a] + "|" + y);
    return i === undefined ? null : column(i);
  };
}
const lnChi = (i) => {
  const chi = at("theory_chi1", i);
  return chi > 0 ? Math.log(chi) : null;
};

/** Where an effective σ_w², keep probability included, lies along x in the row of a cell. */
function place(panel, sigmaW2, cell) {
  const kept = at("keep_probability", cell);
  return panel.x.to(panel.names.x === "sigma_w2"
    ? sigmaW2 / kept
    : at("sigma_multiplier", cell) * Math.sqrt(sigmaW2 / (kept * at("sigma_w2", cell))));
}

/** Whether a cell's network is of the kind that theory's lines are of. */
const isMlp = (cell) => at("architecture", cell) === "mlp";

/** The critical points of a cell's law, along x. */
function criticalPlaces(panel, stable, cell) {
  if (!isMlp(cell)) return [];
  const bias = at("sigma_b2", cell);
  return critical
    .filter((point) => point.stable === stable && point.activation === panel.activation
      && Math.abs(point.sigma_b2 - bias) <= 1e-4 * point.sigma_b2)
    .map((point) => place(panel, point.sigma_w2, cell))
    .filter((x) => x > panel.x.min && x < panel.x.max);
}

/** Whether a map is over the weights' scale, along which theory's critical points lie. */
const isOverSigma = (panel) => panel.names.x === "sigma_multiplier" || panel.names.x === "sigma_w2";

/** The critical points that lie on the map: vertical lines, or curves where y is part of the law. */
function limits(panel, stable) {
  if (!isOverSigma(panel)) return [];
  if (panel.names.y === "depth" || panel.names.y === "width") {
    return criticalPlaces(panel, stable, panel.cells[0]).map((x) => [[x, panel.y.min], [x, panel.y.max]]);
  }
  const curves = [];
  for (const y of panel.y.values) {
    const cell = panel.cells.find((i) => at(panel.names.y, i) === y);
    criticalPlaces(panel, stable, cell).forEach((x, k) => {
      (curves[k] = curves[k] || []).push([x, panel.y.to(y)]);
    });
  }
  return curves;
}

const inside = (panel) => ([x, y]) =>
  x > panel.x.min && x < panel.x.max && y > panel.y.min && y < panel.y.max;

/** A boundary of the panel's law, as far as it meets the map. */
function boundary(panel, kind) {
  if (panel.names.y !== "depth" || !isOverSigma(panel)) return [];
  const first = panel.cells[0];
  if (!isMlp(first)) return [];
  // What was trained saw a data set: theory over it is that of the inputs that were measured.
  const names = at("task", first) === "training" ? ["sigma_b2"] : ["sigma_b2", "input_q0", "input_c0", "input_count"];
  const law = boundaries.find((b) => b.activation === panel.activation
    && names.every((name) => b[name] === at(name, first)));
  if (!law) return [];
  return law[kind]
    .map((line) => line.map(([sigmaW2, depth]) => [place(panel, sigmaW2, first), panel.y.to(depth)]))
    .filter((line) => line.some(inside(panel)));
}

/** Whether a place is in a cell of which nothing is known, since its networks all failed. */
function failedAt(panel) {
  const boxes = (panel.boxes || []).filter((_, k) => !at("replicates", panel.cells[k]));
  return boxes.length
    ? ([x, y]) => boxes.some(([x0, x1, y0, y1]) => x >= x0 && x <= x1 && y >= y0 && y <= y1)
    : null;
}

/** The parts of lines that do not lie in failed cells. */
function outsideFailed(panel, whole) {
  const failed = failedAt(panel);
  if (!failed) return whole;
  const PIECES = 64;
  return whole.flatMap((line) => {
    const fine = line.flatMap(([x, y], k) => {
      const [nx, ny] = line[k + 1] || [x, y];
      const pieces = k + 1 < line.length ? PIECES : 1;
      return Array.from({ length: pieces }, (_, j) => [x + (nx - x) * j / pieces, y + (ny - y) * j / pieces]);
    });
    const parts = [[]];
    for (const point of fine) {
      if (!failed(point)) parts[parts.length - 1].push(point);
      else if (parts[parts.length - 1].length) parts.push([]);
    }
    return parts.filter((part) => part.length > 1);
  });
}

/** Lines of a kind as arrays of [x, y] in the panel's coordinates. */
export const lines = (panel, kind) => outsideFailed(panel, theory(panel, kind));

function theory(panel, kind) {
  if (kind === "limit" || kind === "unstable") return limits(panel, kind === "limit");
  if (BOUNDARIES.includes(kind)) return boundary(panel, kind);
  const xs = panel.x.values.map(panel.x.to), centres = panel.y.values.map(panel.y.to);
  const grid = gridOf(panel);
  const ys = centres.length === 1 ? [panel.y.min, panel.y.max] : centres;
  if (kind === "edge") {
    // Along depth the edge hardly moves: it goes on to the map's borders.
    const rows = panel.names.y === "depth" ? [panel.y.min, ...ys.slice(1, -1), panel.y.max] : ys;
    return contours(xs, rows, grid(lnChi), 0);
  }
  if (kind === "zero") return contours(xs, ys, grid((i) => at("theory_ln_gradient_gain", i)), 0);
  const depths = grid((i) => (lnChi(i) === null ? null : at("depth", i) * lnChi(i)));
  const k = kind === "one" ? 1 : 6;
  return [-k, k].flatMap((level) => contours(xs, ys, depths, level));
}

export const lineSeries = (panel, kind, scale) => styles.series(lines(panel, kind), kind, scale);

/** The name of each boundary on its line, clear of the other names. */
export const boundaryNames = (panel, scale, taken, kinds) => styles.names(panel, (kind) => lines(panel, kind), scale, taken, kinds);

export function trainingSeries(panel) {
  return Object.entries(OUTCOMES).map(([outcome, style]) => ({
    type: "scatter", name: outcome, z: 8, symbol: style.symbol, symbolSize: style.size,
    itemStyle: { color: style.fill, borderColor: style.stroke, borderWidth: 1.2, opacity: 1 },
    emphasis: { scale: 1.35 }, animation: false,
    data: panel.trained
      .filter((i) => tooltip.outcome(i) === outcome)
      .map((i) => ({ value: [panel.x.to(at(panel.names.x, i)), panel.y.to(at(panel.names.y, i))], cell: i })),
    tooltip: { formatter: (hit) => tooltip.training(hit.data.cell) },
  }));
}

/** The name of each phase that fills part of the map, where its upper cells are. */
export function phaseNames(panel) {
  const high = panel.y.values[Math.floor(panel.y.values.length * 0.55)];
  const places = new Map();
  for (const i of panel.cells.filter((i) => at(panel.names.y, i) >= high)) {
    const phase = at("phase", i);
    if (phase) places.set(phase, [...(places.get(phase) || []), panel.x.to(at(panel.names.x, i))]);
  }
  const rows = panel.y.values.map(panel.y.to);
  const y = rows[Math.max(0, rows.length - 2)];
  const most = panel.cells.filter((i) => at(panel.names.y, i) >= high).length;
  return {
    type: "scatter", silent: true, z: 9, symbolSize: 0.01, animation: false, tooltip: { show: false },
    data: [...places].filter(([, xs]) => xs.length > 0.2 * most).map(([phase, xs]) => ({
      value: [(Math.min(...xs) + Math.max(...xs)) / 2, y], name: phase.replaceAll("_", " "),
    })),
    label: {
      show: true, formatter: (hit) => hit.name, position: "inside", fontSize: 13, fontStyle: "italic",
      color: "#ffffff", textBorderColor: "rgba(16,21,28,.75)", textBorderWidth: 3,
    },
  };
}
