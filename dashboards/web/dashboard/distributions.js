/** What single networks of a cell do: a quantity beside the law that theory expects, and spectra. */
import * as charts from "../charts.js";
import * as colour from "../colour.js";
import { counted, number } from "../format.js";
import * as normal from "../normal.js";
import { theme } from "../theme.js";

/** Fewer values than this are ticks alone: bars would say nothing of their density. */
const FEWEST = 8;

/** Bins of a width that Freedman and Diaconis (1981) advise for so many values, 2 IQR/∛n; at least 4, at most 60. */
function bins(values) {
  const sorted = [...values].sort((a, b) => a - b), n = sorted.length, lo = sorted[0], hi = sorted[n - 1];
  const quantile = (share) => sorted[Math.round(share * (n - 1))];
  const advised = (2 * (quantile(0.75) - quantile(0.25))) / Math.cbrt(n);
  const count = hi > lo ? Math.min(60, Math.max(4, Math.ceil((hi - lo) / (advised || hi - lo)))) : 1;
  const width = (hi - lo) / count || Math.max(1e-9, Math.abs(lo) * 0.01);
  const counts = new Array(count).fill(0);
  for (const v of sorted) counts[Math.min(count - 1, Math.floor((v - lo) / width))]++;
  return counts.map((c, k) => [lo + k * width, lo + (k + 1) * width, c / (n * width), c]);
}

/** The density of a normal law, four standard deviations to each side. */
const curve = ({ mean, sd }) => Array.from({ length: 121 }, (_, k) => {
  const t = -4 + k / 15;
  return [mean + t * sd, normal.density(t) / sd];
});

/** Values of networks as a histogram and as ticks, the mean with its error, and the normal law with theory's mean and spread. */
export function option({ values, mean, error, law }, label) {
  const drawn = values.length < FEWEST ? [] : bins(values), has = law && law.sd > 0;
  return {
    animation: false,
    grid: { left: 62, right: 14, top: 34, bottom: 48 },
    legend: { top: 2, left: 50, itemWidth: 18, itemHeight: 8, textStyle: { color: theme.ink }, data: [{ name: "networks", ...(drawn.length ? {} : { icon: "path://M9 0H11V10H9Z", itemStyle: { color: theme.measured } }) }, ...(has ? [charts.lineKey("expected at this width")] : [])] },
    xAxis: charts.axis(label, { nameGap: 30, splitLine: { show: false } }),
    yAxis: charts.axis("density", { nameGap: 44, min: 0, show: drawn.length > 0 || Boolean(has) }),
    tooltip: { ...charts.tooltip(), trigger: "item", formatter: ({ value }) => `<div class="tip">${counted(value[3], "network")} from ${number(value[0])} to ${number(value[1])}</div>` },
    series: [
      {
        type: "custom", name: "networks", z: 1, clip: true, animation: false, encode: { x: [0, 1], y: 2 }, itemStyle: { color: theme.bars }, data: drawn,
        renderItem: (params, api) => {
          const [left, top] = api.coord([api.value(0), api.value(2)]), [right, bottom] = api.coord([api.value(1), 0]);
          return { type: "rect", shape: { x: left + 0.5, y: top, width: Math.max(1, right - left - 1), height: bottom - top }, style: { fill: theme.bars } };
        },
      },
      {
        type: "custom", silent: true, z: 3, clip: false, animation: false, tooltip: { show: false }, encode: { x: 0 }, data: values.map((v) => [v, 0]),
        renderItem: (params, api) => {
          const [x, y] = api.coord([api.value(0), 0]);
          return { type: "line", shape: { x1: x, y1: y, x2: x, y2: y - (drawn.length ? 7 : 26) }, style: { stroke: theme.measured, lineWidth: drawn.length ? 1 : 2, opacity: 0.8 } };
        },
      },
      ...(has ? [charts.still(curve(law), { name: "expected at this width", z: 4, lineStyle: { color: theme.theory, width: 2 }, itemStyle: { color: theme.theory } })] : []),
      charts.still([], {
        z: 5, markLine: { silent: true, symbol: "none", animation: false, data: [{ xAxis: mean }], label: { formatter: "mean", color: theme.measured, position: "end", distance: 3 }, lineStyle: { color: theme.measured, width: 1.5, type: "solid" } },
        ...(error > 0 ? { markArea: { silent: true, itemStyle: { color: theme.measured, opacity: 0.16 }, data: [[{ xAxis: mean - error }, { xAxis: mean + error }]] } } : {}),
      }),
    ],
  };
}

/** Spectra, the largest value first, on a logarithmic scale; what is not above 0 has no place there. */
export const spectra = (all) => ({
  animation: false,
  grid: { left: 66, right: 14, top: 18, bottom: 44 },
  xAxis: charts.axis("rank", { nameGap: 27, minInterval: 1 }),
  yAxis: charts.axis("s²", { type: "log", nameGap: 46 }),
  tooltip: { ...charts.tooltip(), trigger: "axis", formatter: (hits) => `<div class="tip"><b>rank ${hits[0].value[0]}</b><table>${hits.map((hit) => `<tr><td>${hit.seriesName}</td><td>${number(hit.value[1])}</td></tr>`).join("")}</table></div>` },
  series: all.map(({ replicate, values }, k) => ({
    type: "line", name: `network ${replicate}`, showSymbol: values.length < 40, symbolSize: 4, animation: false,
    data: values.map((v, i) => [i + 1, v > 0 ? v : null]), lineStyle: { color: colour.category(k), width: 1.4 }, itemStyle: { color: colour.category(k) },
  })),
});
