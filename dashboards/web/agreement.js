/** Measurements against predictions, and z-scores beside the law of chance. */
import * as charts from "./charts.js";
import { counted, number } from "./format.js";
import * as normal from "./normal.js";
import { theme } from "./theme.js";

/** The z-scores that a histogram shows, and the width of its bins. */
const EDGE = 6, BIN = 0.5;

/** How many z-scores are in each bin, and beyond them. */
export function binned(scores) {
  const counts = new Array((2 * EDGE) / BIN).fill(0);
  const inside = scores.filter((v) => v >= -EDGE && v < EDGE);
  for (const v of inside) counts[Math.floor((v + EDGE) / BIN)]++;
  return {
    edges: Array.from({ length: counts.length + 1 }, (_, k) => -EDGE + k * BIN), counts,
    below: scores.filter((v) => v < -EDGE).length, above: scores.filter((v) => v >= EDGE).length,
  };
}

/**
 * Means against what is expected, with ± 1 standard error.
 * points: {expected, mean, se, cell, group}; groups: {name, color, symbol}; tip(cell): what is said of one.
 */
export function scatter(points, groups, label, tip) {
  const every = points.flatMap((p) => [p.mean, p.expected]);
  const [lo, hi] = every.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const margin = 0.04 * (hi - lo || 1), range = { min: lo - margin, max: hi + margin };
  const ends = { showMinLabel: false, showMaxLabel: false };
  return {
    animation: false,
    grid: { left: 62, right: 14, top: 34, bottom: 44 },
    legend: {
      type: "scroll", top: 2, left: 56, right: 14, pageTextStyle: { color: theme.ink }, itemWidth: 10, itemHeight: 10, textStyle: { color: theme.ink }, data: groups.map(({ name }) => ({ name })),
    },
    xAxis: charts.axis("expected at this width: " + label, { ...range, nameGap: 27, axisLabel: ends }),
    yAxis: charts.axis("measured", { ...range, nameGap: 44, axisLabel: ends }),
    tooltip: { ...charts.tooltip(), trigger: "item", formatter: (hit) => tip(hit.data.cell) },
    series: [
      charts.still([[range.min, range.min], [range.max, range.max]], { z: 1, lineStyle: { color: theme.strong, width: 1 } }),
      charts.whiskers(points.map((p) => [p.expected, p.mean - p.se, p.mean + p.se])),
      ...groups.map(({ name, color, symbol }) => ({
        type: "scatter", name, z: 3, symbolSize: 6, symbol, animation: false, itemStyle: { color, opacity: 0.7 },
        data: points.filter((p) => p.group === name).map((p) => ({ value: [p.expected, p.mean], cell: p.cell })),
      })),
    ],
  };
}

/** What the standard normal law expects in bins of that width, as a curve. */
function expected(edges, total) {
  const width = edges[1] - edges[0], curve = [];
  for (let t = edges[0]; t <= edges.at(-1) + 1e-9; t += 0.1) curve.push([t, total * width * normal.density(t)]);
  return curve;
}

const ends = (edges) => (v) => (v === edges.at(-1) ? `≥ ${number(v)}` : v === edges[0] ? `≤ ${number(v)}` : number(v));

/** Cells by their z-score, beside the standard normal law; the outermost bins have what lies beyond them, too. */
export function histogram({ edges, counts: within, below, above }, label) {
  const counts = within.map((count, k) => count + (k === 0 ? below : 0) + (k === within.length - 1 ? above : 0));
  const total = counts.reduce((a, b) => a + b, 0);
  return {
    animation: false,
    grid: { left: 56, right: 14, top: 34, bottom: 44 },
    legend: { top: 2, left: 50, itemWidth: 18, itemHeight: 10, textStyle: { color: theme.ink }, data: ["cells", charts.lineKey("standard normal")] },
    xAxis: charts.axis("z of " + label, {
      min: edges[0], max: edges.at(-1), interval: 2, nameGap: 27, splitLine: { show: false }, axisLabel: { formatter: ends(edges) },
    }),
    yAxis: charts.axis("cells", { nameGap: 40, min: 0, minInterval: 1 }),
    tooltip: { ...charts.tooltip(), trigger: "item" },
    series: [
      {
        type: "custom", name: "cells", z: 1, clip: true, animation: false, encode: { x: [0, 1], y: 2 },
        itemStyle: { color: theme.bars },
        data: counts.map((count, k) => [edges[k], edges[k + 1], count]),
        renderItem: (params, api) => {
          const [left, top] = api.coord([api.value(0), api.value(2)]), [right, bottom] = api.coord([api.value(1), 0]);
          return { type: "rect", shape: { x: left + 0.5, y: top, width: right - left - 1, height: bottom - top }, style: { fill: theme.bars } };
        },
        tooltip: { formatter: (hit) => `<div class="tip">${counted(hit.value[2], "cell")} with z from ${number(hit.value[0])} to ${number(hit.value[1])}</div>` },
      },
      charts.still(expected(edges, total), {
        name: "standard normal", z: 2, lineStyle: { color: theme.strong, width: 1.4 }, itemStyle: { color: theme.strong },
      }),
    ],
  };
}
