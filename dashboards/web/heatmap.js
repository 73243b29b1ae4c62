/** A map: a rectangle a cell, coloured by its value, or hatched by what became of its networks. */
import * as charts from "./charts.js";
import * as format from "./format.js";
import { theme } from "./theme.js";

export const HATCHED = { no_fixed_point: 1, unstable_eoc: -1 };
/** fill: null is that of the paper. */
export const CATEGORY_STYLE = {
  exploded: { fill: "#2a2522", cross: "#f2efe9", both: true },
  vanished: { fill: "#d7dade", cross: "#6b7480", both: false },
  failed: { fill: "#ffffff", cross: "#b00020", both: true },
  "not measured": { fill: null, cross: "#8b95a3", both: false },
  "no value": { fill: null, cross: "#8b95a3", both: false },
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

/** How far apart hatching is, and marks of what was not measured. */
const SPARSE = 9, DENSE = 7;

/** A corner of a rectangle: filled, or open. */
export function corner([x, y, width, height], filled) {
  const side = Math.min(16, 0.45 * Math.min(width, height)), right = x + width, bottom = y + height;
  return {
    points: filled ? [[x, y], [x + side, y], [x, y + side]] : [[right, bottom], [right - side, bottom], [right, bottom - side]],
    ...(filled ? { fill: "#2a2522", stroke: "#f2efe9" } : { fill: "#ffffff", stroke: "#2a2522" }), lineWidth: 0.8,
  };
}

const NONE = [];

/**
 * How a cell is drawn, whatever draws it: its fill, the hatching across it, and whether each of its corners is a filled one.
 * look: value; category where there is none; partly, whether only some networks have one; undecided, whether its error is larger than
 * was asked for; phase whose hatching is wanted.
 */
export function style({ value, category, partly, undecided, phase }, scale) {
  const odd = category || (value === null ? "not measured" : null);
  if (odd) {
    const { fill, cross, both } = CATEGORY_STYLE[odd];
    const line = (slope) => ({ slope, gap: DENSE, stroke: cross, lineWidth: 0.8 });
    return { fill: fill ?? theme.paper, hatching: both ? [line(1), line(-1)] : [line(1)], corners: NONE };
  }
  const fill = scale.css(value), slope = HATCHED[phase];
  if (!slope && !partly && !undecided) return { fill, hatching: NONE, corners: NONE };
  const dark = scale.dark ? scale.unit(value) < 0.55 : Math.abs(scale.unit(value) - 0.5) > 0.33;
  const stroke = dark ? "rgba(255,255,255,.55)" : "rgba(16,21,28,.42)";
  return {
    fill, hatching: slope ? [{ slope, gap: SPARSE, stroke, lineWidth: 0.9 }] : NONE,
    corners: [...(partly ? [true] : []), ...(undecided ? [false] : [])],
  };
}

function drawn(rect, { fill, hatching, corners }) {
  const children = [{ type: "rect", shape: shapeOf(rect), style: { fill } }];
  for (const { slope, gap, ...lines } of hatching) {
    const pathData = hatch(rect, slope, gap);
    if (pathData) children.push({ type: "path", silent: true, shape: { pathData }, style: { fill: "none", ...lines } });
  }
  for (const filled of corners) {
    const { points, ...inks } = corner(rect, filled);
    children.push({ type: "polygon", silent: true, shape: { points }, style: inks });
  }
  return children.length === 1 ? children[0] : { type: "group", children };
}

/** Positions of rectangles, the largest first: those that refine it are drawn over it. */
export function largestFirst(boxes) {
  const areas = boxes.map(([x0, x1, y0, y1]) => (x1 - x0) * (y1 - y0));
  return areas.map((_, k) => k).sort((a, b) => areas[b] - areas[a]);
}

/**
 * The rectangles of a panel, a mark each; painted.js has many of them as one image.
 * panel: cells, their boxes [x0, x1, y0, y1] and the order to draw them in; look(cell) says how one looks, tip(cell) what is said of it.
 */
export function cellSeries(panel, look, scale, tip) {
  const { cells, boxes, order } = panel;
  return {
    type: "custom", id: "cells", z: 1, clip: true, animation: false, encode: { x: [0, 1], y: [2, 3] },
    data: order.map((k) => ({ value: boxes[k], cell: cells[k] })),
    renderItem: (params, api) => {
      const k = order[params.dataIndex];
      return drawn(rectangle(api, boxes[k]), style(look(cells[k]), scale));
    },
    tooltip: { formatter: (hit) => tip(hit.data.cell) },
  };
}

export function axis(through, name, extra) {
  return {
    type: "value", min: through.min, max: through.max, nameLocation: "middle",
    ...charts.named(name, theme.ink, 12.5),
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { show: true, customValues: through.ticks.map(through.to), lineStyle: { color: theme.line } },
    axisLabel: {
      customValues: through.ticks.map(through.to), color: theme.tick, fontSize: 11.5 * theme.text, hideOverlap: true,
      formatter: through.name ?? ((t) => format.number(through.from(t))),
    },
    splitLine: { show: false },
    ...extra,
  };
}

/** σ_w² along the top, where the axis below is a multiplier: gain2 times its square. */
export function varianceAxis(through, gain2) {
  const top = axis(through, "", {
    position: "top", nameLocation: "start", nameGap: 14, ...charts.named("σ_w²", theme.faint, 11.5),
  });
  Object.assign(top.axisLabel, {
    color: theme.faint, fontSize: 10.5 * theme.text, formatter: (t) => format.number(gain2 * through.from(t) ** 2, 3),
  });
  return top;
}
