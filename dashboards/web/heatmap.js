/** One map: depth, or another axis, against σ, a rectangle a cell, with theory and training drawn over it. */
import * as axes from "./axes.js";
import * as crossings from "./crossings.js";
import * as charts from "./charts.js";
import * as data from "./data.js";
import { at } from "./data.js";
import * as format from "./format.js";
import * as overlays from "./overlays.js";
import * as quantities from "./quantities.js";
import * as tooltip from "./tooltip.js";

export const HATCHED = { no_fixed_point: 1, unstable_eoc: -1 };
export const CATEGORY_STYLE = {
  exploded: { fill: "#2a2522", cross: "#f2efe9", both: true },
  vanished: { fill: "#d7dade", cross: "#6b7480", both: false },
  failed: { fill: "#ffffff", cross: "#b00020", both: true },
  "not measured": { fill: "#ffffff", cross: "#aab2bd", both: false },
};

/** Parallel lines across a rectangle that go on in its neighbours. */
export function hatch([left, top, width, height], slope, gap) {
  const right = left + width, bottom = top + height;
  const offset = (x, y) => x + slope * y;
  const ends = [offset(left, top), offset(right, bottom), offset(left, bottom), offset(right, top)];
  let path = "";
  for (let k = Math.ceil(Math.min(...ends) / gap); k * gap <= Math.max(...ends); k++) {
    const points = [];
    for (const y of [top, bottom]) {
      const x = k * gap - slope * y;
      if (x >= left && x <= right) points.push([x, y]);
    }
    for (const x of [left, right]) {
      const y = (k * gap - x) / slope;
      if (y > top && y < bottom) points.push([x, y]);
    }
    if (points.length >= 2) path += `M${points[0].join(" ")}L${points[1].join(" ")}`;
  }
  return path;
}

export function rectangle(api, box) {
  const [left, bottom] = api.coord([box[0], box[2]]), [right, top] = api.coord([box[1], box[3]]);
  const x = Math.round(left), y = Math.round(top);
  return [x, y, Math.round(right) - x, Math.round(bottom) - y];
}

const shapeOf = ([x, y, width, height]) => ({ x, y, width, height });

function drawn(api, box, i, value, scale, showPhases) {
  const rect = rectangle(api, box);
  const category = tooltip.category(i) || (value === null ? "not measured" : null);
  const children = [];
  const line = (path, stroke, lineWidth) => path && children.push({
    type: "path", silent: true, shape: { pathData: path }, style: { fill: "none", stroke, lineWidth },
  });
  if (category) {
    const style = CATEGORY_STYLE[category];
    children.push({ type: "rect", shape: shapeOf(rect), style: { fill: style.fill } });
    line(hatch(rect, 1, 7), style.cross, 0.8);
    if (style.both) line(hatch(rect, -1, 7), style.cross, 0.8);
  } else {
    children.push({ type: "rect", shape: shapeOf(rect), style: { fill: scale.css(value) } });
    const slope = showPhases ? HATCHED[at("phase", i)] : undefined;
    if (slope) {
      const dark = scale.dark ? scale.unit(value) < 0.55 : Math.abs(scale.unit(value) - 0.5) > 0.33;
      line(hatch(rect, slope, 9), dark ? "rgba(255,255,255,.55)" : "rgba(16,21,28,.42)", 0.9);
    }
    if (tooltip.isPartlyFinite(i)) {
      const [x, y, width, height] = rect, side = 0.45 * Math.min(width, height);
      children.push({
        type: "polygon", silent: true, shape: { points: [[x, y], [x + side, y], [x, y + side]] },
        style: { fill: "#2a2522", stroke: "#f2efe9", lineWidth: 0.8 },
      });
    }
  }
  return { type: "group", children };
}

function cellSeries(panel, state, scale) {
  const column = quantities.column(state.quantity, state.view);
  const boxes = axes.rectangles(
    panel.cells, (i) => at(data.x, i), (i) => at(data.y, i), panel.x, panel.y);
  panel.boxes = boxes;
  const area = (k) => (boxes[k][1] - boxes[k][0]) * (boxes[k][3] - boxes[k][2]);
  panel.order = panel.cells.map((_, k) => k).sort((a, b) => area(b) - area(a));
  return {
    type: "custom", id: "cells", z: 1, clip: true, animation: false,
    encode: { x: [0, 1], y: [2, 3] },
    data: panel.order.map((k) => ({ value: boxes[k], cell: panel.cells[k] })),
    renderItem: (params, api) => {
      const k = panel.order[params.dataIndex], i = panel.cells[k];
      return drawn(api, boxes[k], i, at(column, i), scale, state.overlays.phases);
    },
    tooltip: {
      formatter: (hit) => tooltip.cell(hit.data.cell, quantities.byId.get(state.quantity)),
    },
  };
}

export function axis(through, name, extra) {
  return {
    type: "value", min: through.min, max: through.max, nameLocation: "middle",
    ...charts.named(name, "#1c2430", 12.5),
    axisLine: { show: true, onZero: false, lineStyle: { color: "#5a6675" } },
    axisTick: { show: true, customValues: through.ticks.map(through.to), lineStyle: { color: "#5a6675" } },
    axisLabel: {
      customValues: through.ticks.map(through.to), color: "#3a4553", fontSize: 11.5,
      formatter: (t) => format.number(through.from(t), 3),
    },
    splitLine: { show: false },
    ...extra,
  };
}

/** σ_w² along the top, where the axis below is a multiplier. */
function varianceAxis(panel) {
  const first = panel.cells[0];
  const gain2 = at("sigma_w2", first) / at("sigma_multiplier", first) ** 2;
  const top = axis(panel.x, "", {
    position: "top", nameLocation: "start", nameGap: 14, ...charts.named("σ_w²", "#7c8794", 11.5),
  });
  Object.assign(top.axisLabel, {
    color: "#7c8794", fontSize: 10.5, formatter: (t) => format.number(gain2 * panel.x.from(t) ** 2, 3),
  });
  return top;
}

export function option(panel, state, scale) {
  const multiplier = data.x === "sigma_multiplier";
  const show = state.overlays;
  const lines = (kind) => overlays.lineSeries(panel, kind, scale);
  const phases = show.phases ? [overlays.phaseNames(panel)] : [];
  const taken = phases.flatMap((series) => series.data.map((name) => name.value));
  return {
    animation: false,
    grid: { left: data.y === "depth" ? 46 : 54, right: 10, top: multiplier ? 26 : 10, bottom: 42 },
    xAxis: [axis(panel.x, data.label(data.x), { nameGap: 25 }), ...(multiplier ? [varianceAxis(panel)] : [])],
    yAxis: axis(panel.y, data.label(data.y), { nameGap: data.y === "depth" ? 28 : 34 }),
    tooltip: {
      trigger: "item", confine: true, transitionDuration: 0, padding: [7, 10],
      borderColor: "#c5ccd5", extraCssText: "box-shadow:0 4px 18px rgba(16,21,28,.16)",
    },
    series: [
      cellSeries(panel, state, scale),
      ...(show.scales ? [...lines("one"), ...lines("six")] : []),
      ...(show.zero ? [...lines("zero"), crossings.series(panel)] : []),
      ...(show.edge ? [...lines("limit"), ...lines("unstable"), ...lines("edge")] : []),
      ...(show.boundaries ? overlays.BOUNDARIES.flatMap(lines) : []),
      ...(show.training ? overlays.trainingSeries(panel) : []),
      ...phases,
      ...(show.boundaries ? [overlays.boundaryNames(panel, scale, taken)] : []),
    ],
  };
}
