/** The layers of one cell: replicates' mean and spread beside both predictions. */
import * as charts from "./charts.js";
import { at } from "./data.js";
import { escape, maths, number, withError, withSpread, z } from "./format.js";
import * as quantities from "./quantities.js";
import * as saving from "./saving.js";
import { ofCell } from "./source.js";
import { state } from "./state.js";
import * as tooltip from "./tooltip.js";

const MEASURED = "#0b5394", THEORY = "#d55e00";
const CHARTS = [
  { field: "q", title: "Variance", axis: "ln q_l" },
  { field: "c", title: "Correlation", axis: "c_l" },
  { field: "g", title: "Gradient gain", axis: "ln ‖δ_l‖²/‖δ_L‖²" },
];
const host = document.getElementById("profiles");

for (const chart of CHARTS) {
  const figure = document.createElement("figure");
  figure.innerHTML = `<figcaption><h3>${chart.title}</h3></figcaption><div class="chart" data-profile="${chart.field}"></div>`;
  host.append(figure);
  const element = figure.querySelector(".chart");
  figure.querySelector("figcaption").append(
    saving.button(() => charts.of(element), () => "profile-" + chart.field));
  chart.element = element;
}

/** Half of how wide a band is of a layer that has no neighbours, in pixels. */
const ALONE = 2.5;

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
function expected(profile, field, i) {
  if (field !== "g") return runsOf(profile.l, profile["expected_" + field], profile["expected_" + field + "_sd"]);
  const mean = at("expected_ln_gradient_gain", i), sd = at("expected_ln_gradient_gain_sd", i);
  return mean === null || profile.l[0] !== 1 ? [] : [[[1, mean, sd]]];
}

function expectedBand(runs) {
  const points = runs.flat();
  if (points.length !== 1) {
    return band(runs, { fill: THEORY, fillOpacity: 0.13, stroke: THEORY, strokeOpacity: 0.75, lineWidth: 1, lineDash: [2, 2] });
  }
  const [[l, mean, sd]] = points;
  return {
    type: "custom", silent: true, z: 5, animation: false, tooltip: { show: false },
    data: extents(runs), encode: { x: 0, y: [1, 2] },
    renderItem: (params, api) => {
      const [x, low] = api.coord([l, mean - sd]), [, high] = api.coord([l, mean + sd]);
      const bar = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: THEORY, lineWidth: 1.8 } });
      return { type: "group", children: [bar(x, low, x, high), bar(x - 4, low, x + 4, low), bar(x - 4, high, x + 4, high)] };
    },
  };
}

function option(profile, { field, axis }, i) {
  const wide = expected(profile, field, i);
  const pairs = (name) => profile.l.map((l, k) => [l, profile[name][k]]);
  const few = profile.l.length <= 16;
  const ends = extents(wide).flatMap(([, low, high]) => [low, high]);
  const finite = [...profile[field], ...profile["theory_" + field], ...ends].filter((v) => v !== null);
  const flat = Math.max(...finite) - Math.min(...finite) < 0.02;
  return {
    animation: false,
    grid: { left: 58, right: 12, top: 12, bottom: 40 },
    xAxis: charts.axis("layer l", {
      min: profile.l[0], max: profile.l[profile.l.length - 1], nameGap: 24, minInterval: 1,
    }),
    yAxis: charts.axis(axis, {
      nameGap: 42,
      ...(flat && finite.length ? { min: Math.min(...finite) - 0.05, max: Math.max(...finite) + 0.05 } : {}),
    }),
    tooltip: {
      ...charts.tooltip, trigger: "axis",
      formatter: (hits) => {
        const k = profile.l.indexOf(hits[0].value[0]);
        return `<div class="tip"><b>layer ${profile.l[k]}</b><table>`
          + `<tr><td>measured</td><td>${number(profile[field][k])} (sd ${number(profile[field + "_sd"][k], 2)})</td></tr>`
          + `<tr><td>theory, infinite width</td><td>${number(profile["theory_" + field][k])}</td></tr>`
          + wide.flat().filter(([l]) => l === profile.l[k]).map(([, mean, sd]) =>
            `<tr><td>expected at n = ${at("width", i)}</td><td>${withSpread(mean, sd)}</td></tr>`).join("")
          + "</table></div>";
      },
    },
    series: [
      band(runsOf(profile.l, profile[field], profile[field + "_sd"]), { fill: MEASURED, opacity: 0.18 }),
      expectedBand(wide),
      {
        type: "line", name: "measured", z: 3, data: pairs(field), animation: false,
        showSymbol: few, symbolSize: 5, lineStyle: { color: MEASURED, width: 2 }, itemStyle: { color: MEASURED },
      },
      {
        type: "line", name: "theory", z: 4, data: pairs("theory_" + field), animation: false,
        showSymbol: false, lineStyle: { color: THEORY, width: 1.8, type: [6, 4] }, itemStyle: { color: THEORY },
      },
    ],
  };
}

function table(i) {
  const rows = quantities.list.map((quantity) => {
    const zValue = quantity.hasZ ? at("z_" + quantity.id, i) : null;
    return `<tr${quantity.id === state.quantity ? ' class="chosen"' : ""}><th scope="row">${maths(quantity.label)}</th>`
      + `<td>${withError(at(quantity.id + "_mean", i), at(quantity.id + "_se", i))}</td>`
      + `<td>${quantity.hasTheory ? number(at("theory_" + quantity.id, i)) : ""}</td>`
      + `<td>${quantity.hasZ ? withSpread(at("expected_" + quantity.id, i), at("expected_" + quantity.id + "_sd", i)) : ""}</td>`
      + `<td${Math.abs(zValue) > 4 ? ' class="far"' : ""}>${quantity.hasZ ? z(zValue) : ""}</td></tr>`;
  });
  document.getElementById("cell-table").innerHTML =
    `<thead><tr><th scope="col">at layer L</th><th scope="col">measured ± se</th><th scope="col">infinite width</th><th scope="col">expected, n = ${at("width", i)}</th><th scope="col">z</th></tr></thead>`
    + `<tbody>${rows.join("")}</tbody>`;
}

const legend = (i) =>
  `<br><span style="color:${MEASURED}">▬ measured, mean; band ± 1 sd over replicates</span> &ensp; <span style="color:${THEORY}">╌╌ theory, infinite width; dotted band or bar: expected ± 1 sd at n = ${at("width", i)}</span>`
  + (at("expected_ln_q", i) === null ? " (none: the first order in 1/n is not enough here)" : "");

export async function draw(i) {
  const note = document.getElementById("cell-note");
  document.getElementById("cell").hidden = i === null;
  if (i === null) return;
  const failed = at("failed", i);
  const about = `<b>${maths(tooltip.name(i))}</b> · ${maths(tooltip.phase(i))} · `
    + `${at("finite", i)} of ${at("replicates", i)} replicates finite${failed > 0 ? `, ${failed} failed` : ""} · `
    + `cell <code>${escape(at("cell_id", i))}</code>`;
  note.innerHTML = about;
  table(i);
  const profile = await ofCell("profiles", i);
  if (i !== state.cell) return; // Another was opened meanwhile.
  host.hidden = profile === null;
  if (profile === null) return;
  note.innerHTML = about + legend(i);
  for (const chart of CHARTS) {
    charts.of(chart.element).setOption(option(profile, chart, i), { notMerge: true });
  }
}
