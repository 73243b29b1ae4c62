/** A quantity along one axis, a curve for each value of another, with error bars and theory. */
import * as api from "./api.js";
import * as choices from "./choices.js";
import { el, fill, menu, refill, say } from "./dom.js";
import { figure } from "./figure.js";
import * as filters from "./filters.js";
import { leftOut, named as namedPlaces, place, short, titled } from "./numbers.js";
import { go, state } from "./state.js";
import * as charts from "../charts.js";
import * as colour from "../colour.js";
import { number, withError } from "../format.js";
import { theme } from "../theme.js";

export const title = "Slices";

/** More bands than this would cover one another. */
const MOST_BANDS = 6;
/** An axis of at most so many values has a tick at each. */
const MOST_TICKS = 14;
/** About so many letters fit into a row of the legend. */
const ROW_LETTERS = 110;
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
  const along = choices.axisOf(info, state.along) ?? [on.x, on.y, ...varying].find((axis) => varying.includes(axis)) ?? on.x;
  const by = choices.axisOf(info, state.by) ?? [on.y, ...varying].find((axis) => axis.column !== along.column && varying.includes(axis)) ?? null;
  return { along, by: by?.column === along.column ? null : by };
}

const named = (by, v) => (by ? titled(by, v) : "all");

/** Names stand in the order of their menus. */
const inOrder = (series, by) => (by?.scale === "category" ? [...series].sort((a, b) => by.values.indexOf(a.by) - by.values.indexOf(b.by)) : series);

/** The columns of a curve over names, in the order of these. */
function sorted(columns, along) {
  const rows = columns.x.map((_, k) => k).sort((a, b) => along.values.indexOf(columns.x[a]) - along.values.indexOf(columns.x[b]));
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, rows.map((k) => column[k])]));
}

/** The ends of a point's bar: those of an interval where the quantity has one, else one standard error to each side. */
const barOf = (one, k) => (one.low?.[k] !== undefined && one.low[k] !== null ? [one.low[k], one.high[k]] : [one.mean[k] - one.error[k], one.mean[k] + one.error[k]]);

const has = (series, column) => series.some((one) => one[column]?.some((v) => v !== null && v !== undefined));

/** What is drawn, in words. */
function legendOf(series) {
  const bars = has(series, "low") ? "with 95 % intervals (Wilson’s where a point is one cell)" : "± 1 standard error";
  return [`points: measured ${bars}`, has(series, "theory") ? "dashed: theory at infinite width" : "",
    has(series, "band") && series.length <= MOST_BANDS ? "band: expected ± 1 sd at this width" : ""].filter(Boolean).join("; ");
}

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
  const series = inOrder(answer.series.map((one) => ({ by: one.by, ...along.scale === "category" ? sorted(api.table(one).columns, along) : api.table(one).columns })), by), rows = series.flatMap((one) => one.x.map((x, k) => ({ by: one.by, x, mean: one.mean[k], error: one.error[k], low: one.low?.[k], high: one.high?.[k], theory: one.theory[k], n: one.n[k] })));
  say(parts.slice.heading, `${quantity.label} along ${along.label}`);
  const at = Object.entries(answer.at ?? {}).length ? ` Shown at ${namedPlaces(info.axes, answer.at)}.` : "";
  say(parts.note, leftOut(answer) + at);
  parts.slice.show({
    option: () => option(series, along, by, quantity), points: rows.length,
    label: `${quantity.label} against ${along.label}, ${series.length} curves`, where: legendOf(series),
    table: { caption: quantity.label, rows, columns: [[by?.label ?? "curve", (r) => r.by], [along.label, (r) => r.x], ["mean", (r) => r.mean], ...(has(series, "low") ? [["from", (r) => r.low], ["to", (r) => r.high]] : [["standard error", (r) => r.error]]), ["theory", (r) => r.theory], ["networks", (r) => r.n]] },
    about: choices.about(info), name: [info.name, "slices", quantity.id], numbers: { sweep: state.s, chart: "slice", parameters },
  });
}

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

/** A point's value with its error, or with the interval that it has. */
const told = (series, { value: [, mean, error, , low, high] }) => (has(series, "low")
  ? `${number(mean, 3)} (95 %: ${number(low, 2)} to ${number(high, 2)})` : withError(mean, error));

/** The ends of an axis that leaves a little room beside its points. */
function ends(values, logarithmic) {
  const lo = Math.min(...values), hi = Math.max(...values), room = 0.02;
  if (lo === hi) return logarithmic ? { min: lo / 2, max: 2 * lo } : { min: lo - (Math.abs(lo) || 1), max: lo + (Math.abs(lo) || 1) };
  return logarithmic ? { min: lo * (lo / hi) ** room, max: hi * (hi / lo) ** room } : { min: lo - room * (hi - lo), max: hi + room * (hi - lo) };
}

function option(series, along, by, quantity) {
  const of = colour.hues(series.map((one) => one.by), theme.dark), names = series.map((one) => named(by, one.by)), category = along.scale === "category";
  const all = series.flatMap(({ x }) => x), logarithmic = along.scale === "log" && all.every((v) => v > 0);
  const distinct = [...new Set(all)].sort((a, b) => a - b), few = !category && distinct.length <= MOST_TICKS;
  const longest = Math.max(...names.map((name) => name.length)), many = names.length > 10 || names.join("   ").length > ROW_LETTERS;
  const side = many ? Math.min(280, 44 + 6.4 * longest) : 20;
  return {
    animation: false,
    grid: { left: 66, right: side, top: many ? 16 : 40, bottom: category ? 78 : 48 },
    legend: {
      type: "scroll", ...(many ? { orient: "vertical", right: 4, top: 10, bottom: 10 } : { top: 4, left: 56 }),
      itemWidth: 18, itemHeight: 8, textStyle: { color: theme.ink, ...(many ? { width: side - 44, overflow: "break" } : {}) }, pageTextStyle: { color: theme.ink }, data: names,
    },
    xAxis: charts.axis(along.label, { type: category ? "category" : logarithmic ? "log" : "value", ...(category ? { data: along.values } : {}), nameGap: category ? 58 : 28, splitLine: { show: false }, ...(category ? {} : ends(all, logarithmic)), ...(few ? { axisTick: { customValues: distinct } } : {}),
      axisLabel: category ? { formatter: (v) => short(along, v), interval: 0, hideOverlap: false, lineHeight: 14 * theme.text, width: (parts.slice.chart.clientWidth - side - 80) / along.values.length - 6, overflow: "break" } : few ? { customValues: distinct } : { showMinLabel: false, showMaxLabel: false } }),
    yAxis: charts.axis(quantity.label, { nameGap: 46, ...(has(series, "low") ? { min: 0, max: 1 } : {}) }),
    tooltip: { ...charts.tooltip(), trigger: "item", formatter: (hit) => `<div class="tip"><b>${place(hit.value[0])}</b> ${told(series, hit)}${hit.value[3] === null || hit.value[3] === undefined ? "" : `<br>theory ${number(hit.value[3])}`}</div>` },
    series: series.flatMap((one, k) => {
      const color = of(k), data = one.x.map((x, i) => [x, one.mean[i], one.error[i], one.theory[i], ...barOf(one, i)]);
      return [
        ...(series.length <= MOST_BANDS ? [band(one, color)] : []),
        charts.whiskers(data.filter(([, mean, , , low, high]) => mean !== null && high > low).map(([x, , , , low, high]) => [x, low, high]), { stroke: color, opacity: 0.9 }),
        { type: "line", name: names[k], z: 3, animation: false, symbol: colour.shape(k), symbolSize: 7, showSymbol: true, data, lineStyle: { color, width: 1.4 }, itemStyle: { color } },
        ...(one.theory.some((v) => v !== null) ? [charts.still(one.x.map((x, i) => [x, one.theory[i]]), { z: 2, lineStyle: { color, width: 1.4, type: [5, 4], opacity: 0.9 }, itemStyle: { color } })] : []),
      ];
    }),
  };
}
