/** One map of the report: depth, or another axis, against σ, with theory and training drawn over it. */
import * as axes from "./axes.js";
import * as charts from "./charts.js";
import * as crossings from "./crossings.js";
import * as data from "./data.js";
import { at } from "./data.js";
import * as heatmap from "./heatmap.js";
import { DEEP, FIRST } from "./lines.js";
import * as overlays from "./overlays.js";
import * as painted from "./painted.js";
import * as quantities from "./quantities.js";
import * as tooltip from "./tooltip.js";

function cellSeries(panel, state, scale) {
  const column = quantities.column(state.quantity, state.view), quantity = quantities.byId.get(state.quantity);
  panel.boxes = axes.rectangles(panel.cells, (i) => at(data.x, i), (i) => at(data.y, i), panel.x, panel.y);
  panel.order = heatmap.largestFirst(panel.boxes);
  const look = (i) => ({
    value: at(column, i), category: tooltip.category(i), partly: tooltip.isPartlyFinite(i),
    phase: state.overlays.phases ? at("phase", i) : null,
  });
  const drawn = data.renderer === "canvas" ? painted : heatmap;
  return drawn.cellSeries(panel, look, scale, (i) => tooltip.cell(i, quantity));
}

/** σ_w² of multiplier 1. */
function gain2(panel) {
  const first = panel.cells[0];
  return at("sigma_w2", first) / at("sigma_multiplier", first) ** 2;
}

export function option(panel, state, scale) {
  const multiplier = data.x === "sigma_multiplier";
  const show = state.overlays;
  const lines = (kind) => overlays.lineSeries(panel, kind, scale);
  const boundaries = [...(show.boundaries ? FIRST : []), ...(show.deep ? DEEP : [])];
  const phases = show.phases ? [overlays.phaseNames(panel)] : [];
  const taken = phases.flatMap((series) => series.data.map((name) => name.value));
  return {
    animation: false,
    grid: { left: data.y === "depth" ? 46 : 54, right: 10, top: multiplier ? 26 : 10, bottom: 42 },
    xAxis: [
      heatmap.axis(panel.x, data.label(data.x), { nameGap: 25 }),
      ...(multiplier ? [heatmap.varianceAxis(panel.x, gain2(panel))] : []),
    ],
    yAxis: heatmap.axis(panel.y, data.label(data.y), { nameGap: data.y === "depth" ? 28 : 34 }),
    tooltip: { ...charts.tooltip(), trigger: "item" },
    series: [
      cellSeries(panel, state, scale),
      ...(show.scales ? [...lines("one"), ...lines("six")] : []),
      ...(show.zero ? [...lines("zero"), crossings.series(panel)] : []),
      ...(show.deep ? [...lines("limit"), ...lines("unstable")] : []),
      ...(show.edge ? lines("edge") : []),
      ...boundaries.flatMap(lines),
      ...(show.training ? overlays.trainingSeries(panel) : []),
      ...phases,
      ...(boundaries.length ? [overlays.boundaryNames(panel, scale, taken, boundaries)] : []),
    ],
  };
}
