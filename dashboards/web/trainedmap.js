/** One map of what was trained: a rectangle a cell, fitted boundaries with their errors, theory's over them. */
import * as axes from "./axes.js";
import * as charts from "./charts.js";
import * as data from "./data.js";
import { at } from "./data.js";
import * as heatmap from "./heatmap.js";
import * as keys from "./legend.js";
import * as overlays from "./overlays.js";
import * as tooltip from "./tooltip.js";
import * as trained from "./trained.js";

/** The boundary that is about training; the others would hide what was fitted. */
const THEORY = ["trainable"];
const MARK = "#e0301e", HALO = "#ffffff";
const SCALES = {
  fitted: { label: "L = k ξ_c, k fitted to each side of the edge", width: 2, dash: null, color: MARK },
  six: { label: "L = 6 ξ_c (Schoenholz et al. 2017)", width: 1.6, dash: [3, 3], color: MARK },
};

/** The multiple of ξ_c to draw on the side of a σ_w²; null where none was fitted. */
function multiple(panel, kind, sigmaW2) {
  if (kind === "six") return 6;
  const critical = overlays.critical.filter((point) =>
    point.activation === panel.activation && point.sigma_b2 === at("sigma_b2", panel.cells[0]));
  const effective = sigmaW2 * at("keep_probability", panel.cells[0]);
  const side = critical.length && effective > critical[0].sigma_w2 ? "chaotic" : "ordered";
  return panel.part.map.collapse.find((fit) => fit.side === side).k;
}

/** Lines [x, y] of a multiple of ξ_c, broken where there is none. */
function scaleLines(panel, kind) {
  const first = panel.cells[0];
  const place = (sigmaW2) => panel.x.to(panel.names.x === "sigma_w2"
    ? sigmaW2 : at("sigma_multiplier", first) * Math.sqrt(sigmaW2 / at("sigma_w2", first)));
  const points = panel.part.scale.map(([sigmaW2, xiC]) => {
    const k = multiple(panel, kind, sigmaW2);
    return k === null || xiC === null ? [place(sigmaW2), null] : [place(sigmaW2), panel.y.to(k * xiC)];
  });
  return points.some(([, y]) => y !== null && y > panel.y.min && y < panel.y.max) ? [points] : [];
}

function scaleSeries(panel, kind) {
  const { width, dash, color } = SCALES[kind];
  return scaleLines(panel, kind).flatMap((data) => [
    charts.still(data, { z: 5, lineStyle: { color: HALO, width: width + 2, opacity: 0.85 } }),
    charts.still(data, { z: 6, lineStyle: { color, width, type: dash || "solid" } }),
  ]);
}

/** A column's boundary in coordinates: the ends of its interval, or of its gap; which way it lies where there is none. */
function whisker(panel, { kind, depth, low, high, width }) {
  const { min, max, to } = panel.y;
  if (kind === "all_trained") return { from: max, to: max, arrow: 1 };
  if (kind === "none_trained") return { from: min, to: min, arrow: -1 };
  if (depth === null) return null;
  const clamp = (v) => Math.min(max, Math.max(min, v));
  if (kind === "separable") {
    const half = Math.exp(width / 2);
    return { at: to(depth), hollow: true, from: clamp(to(depth / half)), to: clamp(to(depth * half)) };
  }
  return {
    at: to(depth),
    from: clamp(low > 0 ? to(low) : min), to: clamp(high === null ? max : to(high)),
  };
}

/** A depth that was fitted beyond the map has no place on it: its interval alone is drawn. */
const isOn = ({ min, max }, y) => y > min && y < max;

function markShapes(api, axis, x, { at: y, from, to, arrow, hollow }) {
  const [px, low] = api.coord([x, from]), [, high] = api.coord([x, to]);
  if (arrow) {
    const tip = low + (arrow > 0 ? 2 : -2), base = tip + 8 * arrow;
    const shape = { points: [[px, tip], [px - 4.5, base], [px + 4.5, base]] };
    return [{ type: "polygon", shape, style: { fill: MARK, stroke: HALO, lineWidth: 1.2 } }];
  }
  const bar = (stroke, lineWidth) => ({
    type: "line", shape: { x1: px, y1: low, x2: px, y2: high }, style: { stroke, lineWidth },
  });
  if (!isOn(axis, y)) return [bar(HALO, 4), bar(MARK, 2)];
  const [, cy] = api.coord([x, y]);
  return [bar(HALO, 4), bar(MARK, 2), {
    type: "circle", shape: { cx: px, cy, r: 4 },
    style: { fill: hollow ? HALO : MARK, stroke: hollow ? MARK : HALO, lineWidth: hollow ? 1.8 : 1.2 },
  }];
}

/** The fitted boundary of every column. */
function boundarySeries(panel) {
  const marks = panel.part.columns
    .map((column) => ({ x: panel.x.to(column[panel.names.x]), whisker: whisker(panel, column) }))
    .filter((mark) => mark.whisker);
  return {
    type: "custom", id: "fitted", z: 8, silent: true, clip: true, animation: false, tooltip: { show: false },
    encode: { x: -1, y: -1 }, data: marks.map((mark) => [mark.x]),
    renderItem: (params, api) => {
      const mark = marks[params.dataIndex];
      return { type: "group", children: markShapes(api, panel.y, mark.x, mark.whisker) };
    },
  };
}

/** Depth against σ for a part of the trained cells. */
export function panelOf(part) {
  const names = { x: trained.x, y: "depth" };
  const x = axes.through(data.distinct(names.x, part.cells));
  const y = axes.through(data.distinct("depth", part.cells), { logarithmic: true, most: 10 });
  const boxes = axes.rectangles(part.cells, (i) => at(names.x, i), (i) => at("depth", i), x, y);
  return {
    part, names, cells: part.cells, activation: part.map.configuration.activation, x, y, boxes,
    order: heatmap.largestFirst(boxes), place: (axis, i) => at(names[axis], i),
  };
}

export function option(panel, quantity, scale) {
  const theory = (kind) => overlays.lineSeries(panel, kind, scale);
  const deep = panel.y.values.length > 1;
  return {
    animation: false,
    grid: { left: 46, right: 12, top: 10, bottom: 42 },
    xAxis: heatmap.axis(panel.x, data.label(trained.x), { nameGap: 25 }),
    yAxis: heatmap.axis(panel.y, data.label("depth"), { nameGap: 28 }),
    tooltip: { ...charts.tooltip(), trigger: "item" },
    series: [
      heatmap.cellSeries(panel, (i) => ({ value: trained.value(quantity, i), category: at("replicates", i) ? null : "failed" }), scale, tooltip.training),
      ...theory("limit"), ...theory("unstable"),
      ...(deep ? THEORY.flatMap(theory) : []),
      ...(deep ? [...scaleSeries(panel, "six"), ...scaleSeries(panel, "fitted"), boundarySeries(panel)] : []),
      ...(deep ? [overlays.boundaryNames(panel, scale, [], THEORY)] : []),
    ],
  };
}

const dot = (r, hollow) => `<circle cx="13" cy="7" r="${r}" fill="${hollow ? HALO : MARK}" stroke="${MARK}" stroke-width="1.6"/>`;
const MARKS = {
  fitted: ["boundary of a column, P(trained) = ½, 95 % interval", '<path d="M13 0V14"' + ` stroke="${MARK}" stroke-width="2"/>` + dot(3.5, false)],
  separable: ["the gap between the last trained and the first untrained depth", '<path d="M13 0V14"' + ` stroke="${MARK}" stroke-width="2"/>` + dot(3.5, true)],
  all_trained: ["beyond the deepest", `<path d="M13 2L18 11H8Z" fill="${MARK}"/>`],
  none_trained: ["before the shallowest", `<path d="M13 12L18 3H8Z" fill="${MARK}"/>`],
};

/** The key to what is on some maps, as HTML. */
export function legend(panels) {
  const { key, svg, line } = keys;
  const deep = panels.filter((panel) => panel.y.values.length > 1);
  const kinds = new Set(deep.flatMap((panel) => panel.part.columns.map((column) => column.kind)));
  const fitted = Object.entries(SCALES).filter(([kind]) => deep.some((panel) => scaleLines(panel, kind).length));
  const theory = [
    ...["limit", "unstable"].filter((kind) => panels.some((panel) => overlays.lines(panel, kind).length)),
    ...THEORY.filter((kind) => deep.some((panel) => overlays.lines(panel, kind).length)),
  ];
  return [
    ...Object.entries(MARKS).filter(([kind]) => kinds.has(kind)).map(([, [label, picture]]) => key(svg(picture), label)),
    ...fitted.map(([, { width, dash, color, label }]) =>
      key(svg(`<path d="M0 7H34" stroke="${color}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash.join(" ")}"` : ""}/>`, 34), label)),
    ...theory.map(line),
    ...(panels.some((panel) => panel.cells.some((i) => !at("replicates", i))) ? [keys.category("failed")] : []),
  ].join("");
}
