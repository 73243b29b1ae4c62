/** How a panel of a map is drawn: cells, theory's lines, and the boundary that was measured. */
import * as charts from "../charts.js";
import * as heatmap from "../heatmap.js";
import * as lines from "../lines.js";
import * as painted from "../painted.js";
import { number } from "../format.js";
import { theme } from "../theme.js";

const CATEGORY = { exploded: "exploded", vanished: "vanished", failed: "failed", absent: "not measured" };
export const MEASURED = "#e0301e";

/** What a row of a map looks like. */
export const look = ({ columns }) => (k) => {
  const value = columns.value[k], state = columns.state?.[k] ?? "finite";
  return {
    value, category: value === null ? CATEGORY[state] ?? "no value" : null,
    partly: state === "partly_finite", undecided: state === "undecided",
  };
};

/** Lines in values of the axes as points of the panel. */
const placed = (panel, all) => (all ?? []).map((line) => line
  .map(([x, y]) => (x === null || y === null ? [null, null] : [panel.x.to(panel.x.position(x)), panel.y.to(panel.y.position(y))])));

/** The kinds of theory's lines that an answer has, but for those that are hidden. */
export const kindsOf = (answer, hide) => Object.keys(lines.LINES)
  .filter((kind) => answer?.[kind]?.length && !hide.includes(lines.BOUNDARIES.includes(kind) ? "boundaries" : "edge"));

/** L = k ξ by its k; two styles are enough to tell the first from the others. */
const scaleKind = (k) => (k === 1 ? "one" : "six");

/** The multiples of the depth scale that a plane has lines of. */
export const scalesOf = (answer, hide) => (hide.includes("scales") ? [] : (answer?.scales ?? []).filter(({ line }) => line.length));

/** A measured boundary: a line with a halo in a band from lower to upper. */
function measured(panel, { line, lower, upper }) {
  const [middle, low, high] = placed(panel, [line, lower, upper]);
  const series = [
    charts.still(middle, { z: 7, lineStyle: { color: "#ffffff", width: 4.5, opacity: 0.85 } }),
    charts.still(middle, { z: 8, symbol: "circle", showSymbol: true, symbolSize: 5, itemStyle: { color: MEASURED, borderColor: "#ffffff", borderWidth: 1 }, lineStyle: { color: MEASURED, width: 2 } }),
  ];
  if (low.length && high.length) {
    const ring = [...low, ...[...high].reverse()].filter(([x]) => x !== null);
    series.unshift({
      type: "custom", silent: true, z: 4, clip: true, animation: false, tooltip: { show: false }, data: ring, encode: { x: 0, y: 1 },
      renderItem: (params, api) => (params.dataIndex === 0
        ? { type: "polygon", shape: { points: ring.map((point) => api.coord(point)) }, style: { fill: MEASURED, opacity: 0.28, stroke: "#ffffff", lineWidth: 0.6 } } : null),
    });
  }
  return series;
}

/**
 * ECharts' option of a panel.
 * view: {on: {x, y}, table, scale, lines: answer or null, hide, compact: whether there is little room, tip(row)}
 * renderer: of the chart that it is for; files are always of vectors.
 */
export function option(panel, view, renderer) {
  const { on, scale, hide, compact } = view;
  const theory = (kind) => placed(panel, view.lines?.[kind]);
  const kinds = kindsOf(view.lines, hide), scales = scalesOf(view.lines, hide);
  const boundaries = hide.includes("measured") ? [] : view.lines?.measured ?? [];
  const named = kinds.some((kind) => lines.BOUNDARIES.includes(kind)) && !compact;
  const longest = Math.max(...panel.y.ticks.map((t) => (panel.y.name ? panel.y.name(t) : number(t, 4)).length));
  const left = Math.min(150, 32 + 6.5 * Math.max(2, Math.min(longest, 18)));
  return {
    animation: false,
    grid: { left, right: 14, top: 10, bottom: 42 },
    xAxis: heatmap.axis(panel.x, on.x.label, { nameGap: 25 }),
    yAxis: heatmap.axis(panel.y, on.y.label, { nameGap: left - 16 }),
    tooltip: { ...charts.tooltip(), trigger: "item" },
    textStyle: { color: theme.ink },
    series: [
      (renderer === "canvas" ? painted : heatmap).cellSeries(panel, look(view.table), scale, view.tip),
      ...scales.flatMap(({ k, line }) => lines.series(placed(panel, [line]), scaleKind(k), scale)),
      ...kinds.flatMap((kind) => lines.series(theory(kind), kind, scale)),
      ...boundaries.flatMap((boundary) => measured(panel, boundary)),
      ...(named ? [lines.names(panel, (kind) => (kinds.includes(kind) ? theory(kind) : []), scale, [])] : []),
    ],
  };
}
