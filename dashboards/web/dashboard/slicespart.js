/** A quantity along one axis, a curve for each value of another, with error bars and theory. */
import * as api from "./api.js";
import * as choices from "./choices.js";
import { el, fill, menu, refill, say } from "./dom.js";
import { figure } from "./figure.js";
import * as filters from "./filters.js";
import { leftOut, place } from "./numbers.js";
import { go, state } from "./state.js";
import * as charts from "../charts.js";
import * as colour from "../colour.js";
import { number, withError } from "../format.js";
import { theme } from "../theme.js";

export const title = "Slices";
let parts = null;

export function mount(host) {
  const controls = el("form", { class: "controls", on: { submit: (event) => event.preventDefault() } });
  const note = el("p", { class: "note left-out" });
  const slice = figure("Slices", { classes: "chart huge" });
  parts = { controls, slice, note, last: null };
  fill(host, controls, slice.node, note);
}

export const leave = () => { parts = null; };

function axes(info) {
  const on = choices.plane(info), varying = filters.varying(info);
  const along = choices.axisOf(info, state.along) ?? on.x;
  const by = choices.axisOf(info, state.by) ?? [on.y, ...varying].find((axis) => axis.column !== along.column && varying.includes(axis)) ?? null;
  return { along, by: by?.column === along.column ? null : by };
}

const named = (by, v) => (by ? (typeof v === "string" ? v : `${by.symbol} = ${place(v)}`) : "all");

export async function draw({ info, wasLeft }) {
  const { along, by } = axes(info), quantity = choices.quantityOf(info);
  const options = filters.varying(info).map(({ column, label }) => [column, label]);
  refill(parts.controls, choices.key(info), () => [
    menu("Quantity", info.quantities.map(({ id, label }) => [id, label]), quantity.id, (q) => go({ q }), { name: "quantity" }),
    options.length < 2 ? null : menu("along", options, along.column, (column) => go({ along: column, by: by?.column === column ? along.column : state.by }), { name: "along" }),
    options.length < 2 ? null : menu("a curve for each", options.filter(([column]) => column !== along.column), by?.column, (column) => go({ by: column }), { name: "by" }),
  ]);
  const parameters = { ...filters.parameters(), ...state.at, x: along.column, by: by?.column, quantity: quantity.id };
  const answer = await api.chart(state.s, "slice", parameters);
  if (wasLeft() || answer === parts.last) return;
  parts.last = answer;
  const series = answer.series.map((one) => ({ by: one.by, ...api.table(one).columns })), rows = series.flatMap((one) => one.x.map((x, k) => ({ by: one.by, x, mean: one.mean[k], error: one.error[k], theory: one.theory[k], n: one.n[k] })));
  say(parts.slice.heading, `${quantity.label} along ${along.label}`);
  const at = Object.entries(answer.at ?? {}).map(([column, v]) => `${choices.axisOf(info, column)?.symbol ?? column} = ${place(v)}`);
  say(parts.note, leftOut(answer) + (at.length ? ` Shown at ${at.join(" · ")}.` : ""));
  parts.slice.show({
    option: () => option(series, along, by, quantity), points: rows.length,
    label: `${quantity.label} against ${along.label}, ${series.length} curves`, where: "points: measured ± 1 standard error; dashed: theory at infinite width; band: expected ± 1 sd at this width",
    table: { caption: quantity.label, rows, columns: [[by?.label ?? "curve", (r) => r.by], [along.label, (r) => r.x], ["mean", (r) => r.mean], ["standard error", (r) => r.error], ["theory", (r) => r.theory], ["networks", (r) => r.n]] },
    about: choices.about(info), name: [info.name, "slices", quantity.id], numbers: { sweep: state.s, chart: "slice", parameters },
  });
}

/** A hue for each of a few curves; beyond, steps of a ramp in the order of their values. */
const hue = (count) => (k) => (count <= colour.CATEGORY_COUNT && !(theme.dark && count > 6) ? colour.category(k) : colour.step(k / Math.max(1, count - 1), theme.dark));

/** Theory's expectation at the width, ± 1 sd, as an area. */
function band(one, color) {
  const ends = one.x.map((x, k) => [x, one.expected[k], one.band[k]]).filter(([, mean, sd]) => mean !== null && sd !== null);
  const ring = [...ends.map(([x, mean, sd]) => [x, mean + sd]), ...ends.reverse().map(([x, mean, sd]) => [x, mean - sd])];
  return {
    type: "custom", silent: true, z: 1, clip: true, animation: false, tooltip: { show: false }, data: ring, encode: { x: 0, y: 1 },
    renderItem: (params, api) => (params.dataIndex === 0
      ? { type: "polygon", shape: { points: ring.map((point) => api.coord(point)) }, style: { fill: color, opacity: 0.12 } } : null),
  };
}

/** The ends of an axis that leaves a little room beside its points. */
function ends(values, logarithmic) {
  const lo = Math.min(...values), hi = Math.max(...values), room = 0.02;
  if (lo === hi) return logarithmic ? { min: lo / 2, max: 2 * lo } : { min: lo - (Math.abs(lo) || 1), max: lo + (Math.abs(lo) || 1) };
  return logarithmic ? { min: lo * (lo / hi) ** room, max: hi * (hi / lo) ** room } : { min: lo - room * (hi - lo), max: hi + room * (hi - lo) };
}

function option(series, along, by, quantity) {
  const of = hue(series.length), names = series.map((one) => named(by, one.by)), category = along.scale === "category";
  const all = series.flatMap(({ x }) => x), logarithmic = along.scale === "log" && all.every((v) => v > 0);
  const many = names.length > 10;
  return {
    animation: false,
    grid: { left: 66, right: many ? 150 : 20, top: many ? 16 : 40, bottom: 48 },
    legend: {
      type: "scroll", ...(many ? { orient: "vertical", right: 4, top: 10, bottom: 10 } : { top: 4, left: 56 }),
      itemWidth: 18, itemHeight: 8, textStyle: { color: theme.ink }, pageTextStyle: { color: theme.ink }, data: names,
    },
    xAxis: charts.axis(along.label, { type: category ? "category" : logarithmic ? "log" : "value", ...(category ? { data: along.values } : {}), nameGap: 28, splitLine: { show: false }, ...(category ? {} : ends(all, logarithmic)), axisLabel: category ? { formatter: String } : { showMinLabel: false, showMaxLabel: false } }),
    yAxis: charts.axis(quantity.label, { nameGap: 46 }),
    tooltip: { ...charts.tooltip(), trigger: "item", formatter: (hit) => `<div class="tip"><b>${place(hit.value[0])}</b> ${withError(hit.value[1], hit.value[2])}${hit.value[3] === null || hit.value[3] === undefined ? "" : `<br>theory ${number(hit.value[3])}`}</div>` },
    series: series.flatMap((one, k) => {
      const color = of(k), data = one.x.map((x, i) => [x, one.mean[i], one.error[i], one.theory[i]]);
      return [
        ...(series.length <= 6 ? [band(one, color)] : []),
        charts.whiskers(data.filter(([, mean, se]) => mean !== null && se > 0).map(([x, mean, se]) => [x, mean - se, mean + se]), { stroke: color, opacity: 0.9 }),
        { type: "line", name: names[k], z: 3, animation: false, symbol: names.length > 5 ? "circle" : colour.shape(k), symbolSize: 5, showSymbol: true, data, lineStyle: { color, width: 1.4 }, itemStyle: { color } },
        ...(one.theory.some((v) => v !== null) ? [charts.still(one.x.map((x, i) => [x, one.theory[i]]), { z: 2, lineStyle: { color, width: 1.4, type: [5, 4], opacity: 0.9 }, itemStyle: { color } })] : []),
      ];
    }),
  };
}
