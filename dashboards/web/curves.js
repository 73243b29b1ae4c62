/** Lines of the report: a number along an axis with its errors, a curve for each value of another, theory beside it. */
import * as axes from "./axes.js";
import * as charts from "./charts.js";
import * as colour from "./colour.js";
import * as data from "./data.js";
import { at } from "./data.js";
import { number } from "./format.js";
import * as heatmap from "./heatmap.js";
import * as quantities from "./quantities.js";
import { theme } from "./theme.js";
import * as tooltip from "./tooltip.js";

/** The curves of a panel: cells in order along the axis. */
function curvesOf(panel) {
  const by = data.y === data.x ? [null] : data.distinct(data.y, panel.cells);
  return by.map((value) => ({
    value,
    cells: panel.cells.filter((i) => value === null || at(data.y, i) === value).sort((a, b) => at(data.x, a) - at(data.x, b)),
  }));
}

/** What stands beside a mean: its error, theory at infinite width, and what is expected at the cell's width. */
const beside = ({ id }, i) => ({
  error: at(id + "_se", i), theory: at("theory_" + id, i), expected: at("expected_" + id, i), spread: at("expected_" + id + "_sd", i),
});

const named = (value) => (value === null ? "measured" : `${data.symbol(data.y)} = ${number(value)}`);

/** What theory expects at the width, ± 1 sd, as an area. */
function band(points, color) {
  const known = points.filter(({ expected, spread }) => expected !== null && spread !== null);
  const ring = [...known.map(({ x, expected, spread }) => [x, expected + spread]), ...[...known].reverse().map(({ x, expected, spread }) => [x, expected - spread])];
  return {
    type: "custom", silent: true, z: 1, clip: true, animation: false, tooltip: { show: false }, data: ring, encode: { x: 0, y: 1 },
    renderItem: (params, api) => (params.dataIndex === 0
      ? { type: "polygon", shape: { points: ring.map((point) => api.coord(point)) }, style: { fill: color, opacity: 0.12 } } : null),
  };
}

function curveSeries(curve, k, quantity, place, measured) {
  const color = colour.category(k);
  const points = curve.cells.map((i) => ({ i, x: place(i), ...beside(quantity, i) }));
  const withErrors = points.filter(({ i, error }) => error > 0 && measured(i) !== null).map(({ i, x, error }) => [x, measured(i) - error, measured(i) + error]);
  return [
    band(points, color),
    charts.whiskers(withErrors, { stroke: color, opacity: 0.9 }),
    charts.still(points.map(({ x, theory }) => [x, theory]), { z: 2, lineStyle: { color, width: 1.4, type: [5, 4], opacity: 0.9 } }),
    {
      type: "line", name: named(curve.value), z: 3, animation: false, symbol: colour.shape(k), symbolSize: 6, data: curve.cells.map((i) => [place(i), measured(i)]),
      silent: true, tooltip: { show: false }, lineStyle: { color, width: 1.4 }, itemStyle: { color },
    },
  ];
}

/** Fills a panel, whose cells, boxes and order are then those of its points. */
export function draw(panel, state) {
  const quantity = quantities.byId.get(state.quantity), column = quantities.column(state.quantity, state.view);
  const measured = (i) => at(column, i);
  panel.cells = panel.cells.filter((i) => measured(i) !== null);
  panel.x = axes.through(data.distinct(data.x, panel.cells), data.x === "depth" ? { logarithmic: true } : {});
  const place = (i) => panel.x.to(at(data.x, i)), room = (panel.x.max - panel.x.min) / 60;
  const curves = curvesOf(panel), plain = state.view !== "mean";
  const spread = (i) => (plain ? 0 : at(state.quantity + "_se", i) ?? 0);
  panel.boxes = panel.cells.map((i) => [place(i) - room, place(i) + room, measured(i) - spread(i), measured(i) + spread(i)]);
  panel.order = panel.cells.map((_, k) => k);
  const names = curves.map(({ value }) => named(value));
  const where = panel.figure.querySelector(".where");
  where.textContent = plain ? quantities.VIEWS[state.view] : "points: measured ± 1 standard error; dashed: theory at infinite width; band: expected ± 1 sd at this width";
  panel.chart.setOption({
    animation: false,
    grid: { left: 58, right: 12, top: 34, bottom: 42 },
    legend: { type: "scroll", top: 2, left: 52, itemWidth: 18, itemHeight: 8, textStyle: { color: theme.ink }, data: names },
    xAxis: heatmap.axis(panel.x, data.label(data.x), { nameGap: 25 }),
    yAxis: charts.axis(quantity.label, { nameGap: 40 }),
    tooltip: { ...charts.tooltip(), trigger: "item" },
    series: [
      {
        type: "scatter", z: 5, symbolSize: 12, animation: false, itemStyle: { opacity: 0 }, data: panel.cells.map((i) => ({ value: [place(i), measured(i)], cell: i })),
        tooltip: { formatter: (hit) => tooltip.cell(hit.data.cell, quantity) },
      },
      ...curves.flatMap((curve, k) => (plain
        ? curveSeries(curve, k, quantity, place, measured).slice(3)
        : curveSeries(curve, k, quantity, place, measured))),
    ],
  }, { notMerge: true });
}
