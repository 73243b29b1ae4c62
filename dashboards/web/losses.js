/** Loss curves: minibatch loss against steps, a line a network. */
import * as charts from "./charts.js";
import { escape, number } from "./format.js";

export const COLOUR = { trained: "#1a9850", stalled: "#5a6675", diverged: "#c77700" };
const DASH = { trained: "solid", stalled: [6, 4], diverged: [2, 3] };
const LOSSES = { cross_entropy: "cross-entropy", mse: "half the squared error" };

/**
 * A chart of curves, each as `chart.summary.LossCurve` has it, with a color and, where a legend is wanted, the name of its group.
 * loss: which loss it is, or null.
 */
export function option(curves, loss) {
  const positive = curves.flatMap((curve) => curve.loss).filter((v) => v !== null && v > 0);
  const wide = positive.length > 0 && Math.max(...positive) > 20 * Math.min(...positive);
  const groups = [...new Set(curves.map((curve) => curve.group))].filter(Boolean);
  return {
    animation: false,
    grid: { left: 62, right: 14, top: groups.length ? 30 + 18 * Math.ceil(groups.length / 3) : 34, bottom: 44 },
    legend: { show: groups.length > 0, top: 2, left: 50, itemWidth: 18, itemHeight: 8, data: groups.map((name) => ({ name })) },
    xAxis: charts.axis("step", { nameGap: 27, min: 0, splitLine: { show: false } }),
    yAxis: charts.axis((LOSSES[loss] ?? "loss") + ", minibatch", {
      nameGap: 44,
      ...(wide ? { type: "log", min: 10 ** Math.floor(Math.log10(Math.min(...positive))) } : { min: 0 }),
    }),
    tooltip: {
      ...charts.tooltip(), trigger: "axis",
      formatter: (hits) => `<div class="tip"><b>step ${hits[0].value[0]}</b><table>`
        + hits.map((hit) => `<tr><td>${escape(hit.seriesName)}</td><td>${number(hit.value[1])}</td></tr>`).join("") + "</table></div>",
    },
    series: curves.map((curve) => ({
      type: "line", name: curve.group ?? `network ${curve.r}, ${curve.category}`,
      showSymbol: false, animation: false,
      data: curve.step.map((step, k) => [step, curve.loss[k] > 0 ? curve.loss[k] : null]),
      lineStyle: { color: curve.color, type: DASH[curve.category] || "solid", width: 2 },
      itemStyle: { color: curve.color },
    })),
  };
}
