/** Whether depth in units of theory's scale is all that decides: outcomes of a map's cells against L/ξ. */
import * as charts from "./charts.js";
import { at, renderer } from "./data.js";
import * as format from "./format.js";
import { number } from "./format.js";
import * as tooltip from "./tooltip.js";
import * as trained from "./trained.js";
import { SIDES } from "./trained.js";

const chart = document.getElementById("collapse");
const LEAST = 0.01, MOST = 1000, CURVE = 80;
const UNITS = {
  xi_c: ["ξ_c", "depth scale of correlations, ξ_c = −1/ln χ(c*)"],
  xi_gradient: ["ξ", "depth scale of gradients, ξ = 1/|ln χ₁|"],
};

/** The cells that have a finite scale. */
function pointsOf(map, unit, quantity) {
  return map.cells.map((i) => {
    const column = trained.columnOf(map, i), y = trained.value(quantity, i);
    if (!column || column[unit] === null || y === null) return null;
    const scaled = Math.min(MOST, Math.max(LEAST, at("depth", i) / column[unit]));
    return { i, x: scaled, y, side: column.side, ends: trained.interval(quantity, i) };
  }).filter(Boolean);
}

/** The unit that a map has most columns for. */
const unitOf = (map) => (map.columns.some((column) => column.xi_c !== null) ? "xi_c" : "xi_gradient");

/** The common curve of a side, and k with its interval; the smaller k is written left of its line. */
function fitSeries(fit, all, quantity, [lo, hi]) {
  if (fit.k === null) return [];
  const color = SIDES[fit.side];
  const position = all.some((other) => other.k !== null && other.k > fit.k) ? "insideEndTop" : "insideEndBottom";
  const series = [charts.still([], {
    z: 4,
    markLine: {
      silent: true, symbol: "none", animation: false, data: [{ xAxis: fit.k }],
      label: { formatter: `k = ${number(fit.k, 3)}`, color, position, backgroundColor: "rgba(255,255,255,.85)", padding: [1, 3] },
      lineStyle: { color, width: 1.2, type: [5, 3] },
    },
    ...(fit.low === null || fit.high === null ? {} : {
      markArea: { silent: true, itemStyle: { color, opacity: 0.1 }, data: [[{ xAxis: Math.max(lo, fit.low) }, { xAxis: Math.min(hi, fit.high) }]] },
    }),
  })];
  if (quantity === "p_trained") {
    const scale = fit.width / (2 * Math.log(9));
    const data = Array.from({ length: CURVE + 1 }, (_, n) => {
      const x = lo * (hi / lo) ** (n / CURVE);
      return [x, 1 / (1 + (x / fit.k) ** (1 / scale))];
    });
    series.push(charts.still(data, { z: 2, lineStyle: { color, width: 2 } }));
  }
  return series;
}

/** Why nothing is drawn. */
function whyEmpty(map, quantity) {
  const label = trained.QUANTITIES[quantity][0];
  if (map.cells.every((i) => trained.value(quantity, i) === null)) return `nothing to draw: no cell has a ${label}`;
  return "nothing to draw: theory has no finite depth scale here, neither ξ_c nor ξ. σ lies on the edge of chaos in every column, or has no fixed point, or the architecture has no such scale";
}

/** The fits in words. */
function note(map, unit) {
  if (unit !== "xi_c") return UNITS[unit][1] + "; no column has a finite ξ_c";
  const said = map.collapse.filter((fit) => fit.columns > 0).map((fit) => {
    if (fit.k === null) return `${fit.side}: no boundary in ${format.counted(fit.columns, "column")}`;
    const ends = fit.low === null || fit.high === null ? "" : ` (95 %: ${number(fit.low, 3)} to ${number(fit.high, 3)})`;
    const quality = fit.quality === null ? "" : `, quality ${number(fit.quality, 2)}`;
    return `${fit.side}: L = ${number(fit.k, 3)} ξ_c${ends}, ${format.counted(fit.columns, "column")}${quality}`;
  });
  return said.join("; ");
}

export function draw(map, quantity) {
  const unit = unitOf(map), points = pointsOf(map, unit, quantity);
  const xs = points.map((p) => p.x);
  const lo = xs.length ? 10 ** Math.floor(Math.log10(Math.min(...xs))) : 0.1;
  const hi = xs.length ? Math.max(10 * lo, 10 ** Math.ceil(Math.log10(Math.max(...xs)))) : 10;
  const sides = Object.keys(SIDES).filter((side) => points.some((p) => p.side === side));
  charts.of(chart, renderer).setOption({
    animation: false,
    grid: { left: 56, right: 18, top: 34, bottom: 44 },
    legend: { top: 2, left: 50, itemWidth: 10, itemHeight: 10, data: sides.map((name) => ({ name })) },
    xAxis: charts.axis(`depth L/${UNITS[unit][0]}`, { type: "log", min: lo, max: hi, nameGap: 27, splitLine: { show: false } }),
    yAxis: charts.axis(trained.QUANTITIES[quantity][0], { min: 0, max: 1, nameGap: 38 }),
    tooltip: { ...charts.tooltip(), trigger: "item", formatter: (hit) => tooltip.training(hit.data.cell) },
    series: [
      ...(unit === "xi_c" ? map.collapse.flatMap((fit) => fitSeries(fit, map.collapse, quantity, [lo, hi])) : []),
      charts.whiskers(points.map((p) => [p.x, ...p.ends]), { opacity: 0.35 }),
      ...sides.map((name) => ({
        type: "scatter", name, z: 3, symbolSize: 8, symbol: name === "ordered" ? "circle" : "triangle", animation: false,
        itemStyle: { color: SIDES[name], opacity: 0.75, borderColor: "#fff", borderWidth: 0.6 },
        data: points.filter((p) => p.side === name).map((p) => ({ value: [p.x, p.y], cell: p.i })),
      })),
    ],
  }, { notMerge: true });
  const caption = chart.previousElementSibling;
  caption.querySelector("h3").textContent = "Collapse: " + map.label;
  caption.querySelector(".where").innerHTML = format.maths(points.length ? note(map, unit) : whyEmpty(map, quantity));
}
