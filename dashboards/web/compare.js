/** Every cell's measurement against its prediction, and whether the z-scores are those of chance. */
import * as charts from "./charts.js";
import * as colour from "./colour.js";
import { activations, at, propagation } from "./data.js";
import { maths, number, percent } from "./format.js";
import * as normal from "./normal.js";
import * as quantities from "./quantities.js";
import * as saving from "./saving.js";
import { openCell, state } from "./state.js";
import { chart } from "./source.js";
import * as tooltip from "./tooltip.js";

const errors = await chart("errors");
const scatter = document.getElementById("scatter"), histogram = document.getElementById("histogram");
const BIN = 0.5, EDGE = 6;

/** ± 1 standard error, as theory predicts it for as many networks. */
function errorBars(points) {
  return {
    type: "custom", silent: true, z: 2, clip: true, animation: false, tooltip: { show: false },
    encode: { x: 0, y: 1 }, data: points.map((p) => [p.expected, p.mean, p.se]),
    renderItem: (params, api) => {
      const [x, low] = api.coord([api.value(0), api.value(1) - api.value(2)]);
      const [, high] = api.coord([api.value(0), api.value(1) + api.value(2)]);
      return { type: "line", shape: { x1: x, y1: low, x2: x, y2: high }, style: { stroke: "#5a6675", lineWidth: 1, opacity: 0.6 } };
    },
  };
}

function drawScatter(quantity) {
  const points = propagation.filter((i) => at("z_" + quantity.id, i) !== null).map((i) => {
    const mean = at(quantity.id + "_mean", i), expected = at("expected_" + quantity.id, i);
    const score = at("z_" + quantity.id, i);
    return { i, mean, expected, se: score === 0 ? 0 : (mean - expected) / score };
  });
  const every = points.flatMap((p) => [p.mean, p.expected]);
  const lo = Math.min(...every), hi = Math.max(...every), margin = 0.04 * (hi - lo || 1);
  const range = { min: lo - margin, max: hi + margin };
  const ends = { showMinLabel: false, showMaxLabel: false };
  charts.of(scatter).setOption({
    animation: false,
    grid: { left: 62, right: 14, top: 34, bottom: 44 },
    legend: { top: 2, left: 56, itemWidth: 10, itemHeight: 10, data: activations.map((name) => ({ name })) },
    xAxis: charts.axis("expected at this width: " + quantity.label, { ...range, nameGap: 27, axisLabel: ends }),
    yAxis: charts.axis("measured", { ...range, nameGap: 44, axisLabel: ends }),
    tooltip: { ...charts.tooltip, trigger: "item", formatter: (hit) => tooltip.cell(hit.data.cell, quantity) },
    series: [
      {
        type: "line", silent: true, z: 1, showSymbol: false, animation: false, tooltip: { show: false },
        data: [[range.min, range.min], [range.max, range.max]], lineStyle: { color: "#10151c", width: 1 },
      },
      errorBars(points),
      ...activations.map((name) => ({
        type: "scatter", name, z: 3, symbolSize: 6, symbol: colour.shapeOfActivation(name), animation: false,
        itemStyle: { color: colour.ofActivation(name), opacity: 0.7 },
        data: points.filter((p) => at("activation", p.i) === name).map((p) => ({ value: [p.expected, p.mean], cell: p.i })),
      })),
    ],
  }, { notMerge: true });
}

function zScores(quantity) {
  return propagation.map((i) => at("z_" + quantity.id, i)).filter((v) => v !== null);
}

function drawHistogram(quantity) {
  const scores = zScores(quantity);
  const bins = new Array((2 * EDGE) / BIN).fill(0);
  for (const v of scores) {
    const clamped = Math.min(EDGE - 1e-9, Math.max(-EDGE, v));
    bins[Math.floor((clamped + EDGE) / BIN)]++;
  }
  const curve = [];
  for (let t = -EDGE; t <= EDGE + 1e-9; t += 0.1) curve.push([t, scores.length * BIN * normal.density(t)]);
  charts.of(histogram).setOption({
    animation: false,
    grid: { left: 56, right: 14, top: 34, bottom: 44 },
    legend: { top: 2, left: 50, itemWidth: 18, itemHeight: 10, data: ["cells", "standard normal"] },
    xAxis: charts.axis("z of " + quantity.label, {
      min: -EDGE, max: EDGE, interval: 2, nameGap: 27, splitLine: { show: false },
      axisLabel: { formatter: (v) => (v === EDGE ? "≥ 6" : v === -EDGE ? "≤ −6" : number(v)) },
    }),
    yAxis: charts.axis("cells", { nameGap: 40, min: 0 }),
    tooltip: { ...charts.tooltip, trigger: "item" },
    series: [
      {
        type: "custom", name: "cells", z: 1, clip: true, animation: false, encode: { x: [0, 1], y: 2 },
        itemStyle: { color: "#8fb3d3" },
        data: bins.map((count, k) => [-EDGE + k * BIN, -EDGE + (k + 1) * BIN, count]),
        renderItem: (params, api) => {
          const [left, top] = api.coord([api.value(0), api.value(2)]), [right, bottom] = api.coord([api.value(1), 0]);
          return { type: "rect", shape: { x: left + 0.5, y: top, width: right - left - 1, height: bottom - top }, style: { fill: "#8fb3d3" } };
        },
        tooltip: { formatter: (hit) => `<div class="tip">${hit.value[2]} cells with z from ${number(hit.value[0])} to ${number(hit.value[1])}</div>` },
      },
      {
        type: "line", name: "standard normal", z: 2, silent: true, showSymbol: false, animation: false,
        data: curve, lineStyle: { color: "#10151c", width: 1.4 }, itemStyle: { color: "#10151c" }, tooltip: { show: false },
      },
    ],
  }, { notMerge: true });
}

function drawShares() {
  const rows = quantities.list.filter((q) => q.hasZ).map((quantity) => {
    const scores = zScores(quantity).map(Math.abs).sort((a, b) => a - b);
    const share = (limit) => percent(scores.filter((v) => v <= limit).length / scores.length);
    return `<tr${quantity.id === state.quantity ? ' class="chosen"' : ""}><th scope="row">${maths(quantity.label)}</th>`
      + `<td>${scores.length}</td><td>${share(2)}</td><td>${share(4)}</td>`
      + `<td>${number(scores[Math.floor(scores.length / 2)], 2)}</td></tr>`;
  });
  document.getElementById("shares").innerHTML =
    '<thead><tr><th scope="col">cells within</th><th scope="col">cells</th><th scope="col">|z| ≤ 2</th><th scope="col">|z| ≤ 4</th><th scope="col">median |z|</th></tr></thead>'
    + `<tbody>${rows.join("")}<tr><th scope="row">by chance (normal)</th><td></td><td>${percent(normal.within(2))}</td><td>${percent(normal.within(4))}</td><td></td></tr></tbody>`;
}

export function draw(state) {
  const chosen = quantities.byId.get(state.quantity);
  const quantity = chosen.hasZ ? chosen : quantities.list.find((q) => q.hasZ);
  document.getElementById("compare").hidden = !quantity;
  if (!quantity) return;
  const scores = zScores(quantity);
  const near = percent(scores.filter((v) => Math.abs(v) <= 2).length / scores.length);
  document.getElementById("compare-note").innerHTML = maths(
    `${quantity.label}` + (quantity === chosen ? "" : ` (${chosen.label} has no law at finite width)`)
    + `: |z| ≤ 2 in ${near} of the ${scores.length} cells, of ${propagation.length}, where the first order in 1/n is enough.`
    + " z = (mean − expected at this width)/(expected sd/√replicates); bars are ± that standard error."
    + ` ${errors}`);
  drawScatter(quantity);
  drawHistogram(quantity);
  drawShares();
}

for (const [element, name] of [[scatter, "measured-predicted"], [histogram, "z"]]) {
  const caption = document.createElement("figcaption");
  caption.innerHTML = `<h3>${name === "z" ? "z-scores" : "Measured against expected"}</h3>`;
  caption.append(saving.button(() => charts.of(element), () => name + "-" + state.quantity));
  element.before(caption);
  charts.of(element).on("click", (hit) => {
    if (hit.data && hit.data.cell !== undefined) openCell(hit.data.cell);
  });
}
