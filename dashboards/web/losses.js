/** The loss curves of a trained cell, or of the cells of all maps at its place. */
import * as charts from "./charts.js";
import * as colour from "./colour.js";
import { at } from "./data.js";
import { escape, maths, number } from "./format.js";
import { ofCell } from "./source.js";
import * as tooltip from "./tooltip.js";
import * as trained from "./trained.js";

const chart = document.getElementById("losses");
const COLOUR = { trained: "#1a9850", stalled: "#5a6675", diverged: "#c77700" };
const DASH = { trained: "solid", stalled: [6, 4], diverged: [2, 3] };
const LOSSES = { cross_entropy: "cross-entropy", mse: "half the squared error" };

/** Curves of the cells, each with what colours it: its outcome, or its map where there are several. */
async function curvesOf(cells) {
  const all = await Promise.all(cells.map((i) => ofCell("curves", i)));
  return cells.flatMap((i, k) => (all[k] ?? []).map((curve) => ({
    ...curve,
    group: cells.length > 1 ? trained.mapOf(i).label : curve.category,
    color: cells.length > 1 ? colour.category(k) : COLOUR[curve.category],
  })));
}

const summary = (cell, curves) => maths(tooltip.name(cell)) + " · "
  + [...new Set(curves.map((curve) => curve.category))].map((kind) =>
    `<b style="color:${COLOUR[kind]}">${curves.filter((c) => c.category === kind).length} ${escape(kind)}</b>`).join(", ");

let current = null;

export async function draw(cell) {
  current = cell;
  const together = trained.counterparts(cell);
  const cells = together.length > 1 && together.length <= colour.CATEGORY_COUNT ? together : [cell];
  const curves = await curvesOf(cells), own = await curvesOf([cell]);
  if (cell !== current) return; // Another was opened meanwhile.
  const positive = curves.flatMap((curve) => curve.loss).filter((v) => v !== null && v > 0);
  const wide = positive.length > 0 && Math.max(...positive) > 20 * Math.min(...positive);
  const groups = [...new Set(curves.map((curve) => curve.group))];
  charts.of(chart).setOption({
    animation: false,
    grid: { left: 62, right: 14, top: cells.length > 1 ? 30 + 18 * Math.ceil(groups.length / 3) : 34, bottom: 44 },
    legend: { show: cells.length > 1, top: 2, left: 50, itemWidth: 18, itemHeight: 8, data: groups.map((name) => ({ name })) },
    xAxis: charts.axis("step", { nameGap: 27, min: 0, splitLine: { show: false } }),
    yAxis: charts.axis((LOSSES[at("loss", cell)] ?? "loss") + ", minibatch", {
      nameGap: 44,
      ...(wide ? { type: "log", min: 10 ** Math.floor(Math.log10(Math.min(...positive))) } : { min: 0 }),
    }),
    tooltip: {
      ...charts.tooltip, trigger: "axis",
      formatter: (hits) => `<div class="tip"><b>step ${hits[0].value[0]}</b><table>`
        + hits.map((hit) => `<tr><td>${escape(hit.seriesName)}</td><td>${number(hit.value[1])}</td></tr>`).join("") + "</table></div>",
    },
    series: curves.map((curve) => ({
      type: "line", name: cells.length > 1 ? curve.group : `network ${curve.r}, ${curve.category}`,
      showSymbol: false, animation: false,
      data: curve.step.map((step, k) => [step, curve.loss[k] > 0 ? curve.loss[k] : null]),
      lineStyle: { color: curve.color, type: DASH[curve.category] || "solid", width: 2 },
      itemStyle: { color: curve.color },
    })),
  }, { notMerge: true });
  chart.previousElementSibling.querySelector(".where").innerHTML = summary(cell, own);
}
