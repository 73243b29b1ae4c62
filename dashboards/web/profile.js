/** The layers of one cell: replicates' mean and spread beside both predictions. */
import * as charts from "./charts.js";
import { number, withSpread } from "./format.js";
import { theme } from "./theme.js";

export const CHARTS = [
  { field: "q", title: "Variance", axis: "ln q_l" },
  { field: "c", title: "Correlation", axis: "c_l" },
  { field: "g", title: "Gradient gain", axis: "ln ‖δ_l‖²/‖δ_L‖²" },
];

/** Half of how wide a band is of a layer that has no neighbours, in pixels. */
const ALONE = 2.5;

/** To a hundredth. */
const rounded = (v, how) => how(100 * v) / 100;

/** What axes must have room for. */
const extents = (runs) => runs.flat().map(([l, mean, sd]) => [l, mean - sd, mean + sd]);

function outline(run, api) {
  const upper = run.map(([l, mean, sd]) => api.coord([l, mean + sd]));
  const lower = run.map(([l, mean, sd]) => api.coord([l, mean - sd])).reverse();
  if (run.length > 1) return [...upper, ...lower];
  const [[x, high]] = upper, [[, low]] = lower;
  return [[x - ALONE, high], [x + ALONE, high], [x + ALONE, low], [x - ALONE, low]];
}

/** ± 1 standard deviation of a single network; nothing where a layer has no value. */
function band(runs, style) {
  return {
    type: "custom", silent: true, z: 1, clip: true, animation: false, tooltip: { show: false },
    data: extents(runs), encode: { x: 0, y: [1, 2] },
    renderItem: (params, api) => (params.dataIndex === 0
      ? { type: "group", children: runs.map((run) => ({ type: "polygon", shape: { points: outline(run, api) }, style })) }
      : null),
  };
}

/** [l, mean, sd] of the layers that have all three, in runs of neighbours. */
function runsOf(layers, means, deviations) {
  const runs = [];
  if (!means || !deviations) return runs;
  let open = false;
  layers.forEach((l, k) => {
    const whole = means[k] !== null && deviations[k] !== null;
    if (whole && !open) runs.push([]);
    if (whole) runs.at(-1).push([l, means[k], deviations[k]]);
    open = whole;
  });
  return runs;
}

/** What is expected at the cell's width: by layer, or of the gradient's whole way to layer 1. */
function expected(profile, field, { gain }) {
  if (field !== "g") return runsOf(profile.l, profile["expected_" + field], profile["expected_" + field + "_sd"]);
  return gain === null || profile.l[0] !== 1 ? [] : [[[1, gain.mean, gain.sd]]];
}

function expectedBand(runs) {
  const points = runs.flat();
  if (points.length !== 1) {
    return band(runs, { fill: theme.theory, fillOpacity: 0.13, stroke: theme.theory, strokeOpacity: 0.75, lineWidth: 1, lineDash: [2, 2] });
  }
  const [[l, mean, sd]] = points;
  return {
    type: "custom", silent: true, z: 5, animation: false, tooltip: { show: false },
    data: extents(runs), encode: { x: 0, y: [1, 2] },
    renderItem: (params, api) => {
      const [x, low] = api.coord([l, mean - sd]), [, high] = api.coord([l, mean + sd]);
      const bar = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: theme.theory, lineWidth: 1.8 } });
      return { type: "group", children: [bar(x, low, x, high), bar(x - 4, low, x + 4, low), bar(x - 4, high, x + 4, high)] };
    },
  };
}

/**
 * One of the charts, of a profile as `chart.summary.Profile` has it.
 * at: the cell's width, and gain {mean, sd}, what is expected of ln gradient gain there, or null.
 */
export function option(profile, { field, axis }, at) {
  const wide = expected(profile, field, at);
  const pairs = (name) => profile.l.map((l, k) => [l, profile[name]?.[k] ?? null]);
  const few = profile.l.length <= 16;
  const ends = extents(wide).flatMap(([, low, high]) => [low, high]);
  const finite = [...profile[field], ...(profile["theory_" + field] ?? []), ...ends].filter((v) => v !== null);
  const flat = Math.max(...finite) - Math.min(...finite) < 0.02;
  return {
    animation: false,
    grid: { left: 58, right: 12, top: 12, bottom: 40 },
    xAxis: charts.axis("layer l", {
      ...(profile.l.length > 1 ? { min: profile.l[0], max: profile.l[profile.l.length - 1] } : { min: profile.l[0] - 1, max: profile.l[0] + 1 }),
      nameGap: 24, minInterval: 1,
    }),
    yAxis: charts.axis(axis, {
      nameGap: 42,
      ...(flat && finite.length ? { min: rounded(Math.min(...finite) - 0.05, Math.floor), max: rounded(Math.max(...finite) + 0.05, Math.ceil) } : {}),
    }),
    tooltip: {
      ...charts.tooltip(), trigger: "axis",
      formatter: (hits) => {
        const k = profile.l.indexOf(hits[0].value[0]);
        return `<div class="tip"><b>layer ${profile.l[k]}</b><table>`
          + `<tr><td>measured</td><td>${number(profile[field][k])} (sd ${number(profile[field + "_sd"][k], 2)})</td></tr>`
          + `<tr><td>theory, infinite width</td><td>${number(profile["theory_" + field]?.[k] ?? null)}</td></tr>`
          + wide.flat().filter(([l]) => l === profile.l[k]).map(([, mean, sd]) =>
            `<tr><td>expected at n = ${at.width}</td><td>${withSpread(mean, sd)}</td></tr>`).join("")
          + "</table></div>";
      },
    },
    series: [
      band(runsOf(profile.l, profile[field], profile[field + "_sd"]), { fill: theme.measured, opacity: 0.18 }),
      expectedBand(wide),
      {
        type: "line", name: "measured", z: 3, data: pairs(field), animation: false,
        showSymbol: few, symbolSize: 5, lineStyle: { color: theme.measured, width: 2 }, itemStyle: { color: theme.measured },
      },
      {
        type: "line", name: "theory", z: 4, data: pairs("theory_" + field), animation: false,
        showSymbol: false, lineStyle: { color: theme.theory, width: 1.8, type: [6, 4] }, itemStyle: { color: theme.theory },
      },
    ],
  };
}
