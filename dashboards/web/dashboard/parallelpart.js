/** Cells as lines across their axes. A brush on an axis narrows the filter. */
import * as api from "./api.js";
import * as choices from "./choices.js";
import { el, fill, menu, refill, say } from "./dom.js";
import { figure } from "./figure.js";
import * as filters from "./filters.js";
import { leftOut, short } from "./numbers.js";
import { go, state } from "./state.js";
import * as charts from "../charts.js";
import * as colour from "../colour.js";
import { counted, number } from "../format.js";
import { theme } from "../theme.js";

export const title = "Parallel coordinates";

/** More lines than this are drawn as pixels of a canvas, a share of their ink each. */
const DENSE = 400;
/** An axis of at most so many values has a tick at each. */
const MOST_TICKS = 14;
let parts = null;

export function mount(host) {
  const controls = el("form", { class: "controls", on: { submit: (event) => event.preventDefault() } });
  const note = el("p", { class: "note left-out" });
  parts = { controls, note, chart: figure("Parallel coordinates", { classes: "chart huge" }), last: null };
  fill(host, controls, parts.chart.node, note);
}

export const leave = () => { parts = null; };

export async function draw({ info, wasLeft }) {
  const quantity = choices.quantityOf(info), shown = filters.varying(info).slice(0, 8);
  refill(parts.controls, choices.key(info), () => [menu("Colour", info.quantities.map(({ id, label }) => [id, label]), quantity.id, (q) => go({ q }), { name: "quantity" })]);
  const parameters = { ...filters.parameters(), quantity: quantity.id, axes: shown.map(({ column }) => column) };
  const answer = await api.chart(state.s, "parallel", parameters);
  if (wasLeft() || answer === parts.last) return;
  parts.last = answer;
  const { columns, size } = api.table(answer), rows = Array.from({ length: size }, (_, k) => k);
  const value = columns.value ?? columns.mean ?? columns[quantity.id];
  say(parts.note, leftOut(answer) + " Drag along an axis to narrow the filter.");
  parts.chart.show({
    option: () => option(rows, columns, value, shown, quantity), points: 40 * size,
    label: `${counted(size, "cell")} across ${shown.map(({ label }) => label).join(", ")} and ${quantity.label}`,
    where: `colour: ${quantity.label}, as on the last axis`,
    table: { caption: quantity.label, rows, columns: [...shown.map(({ label, column }) => [label, (k) => columns[column][k]]), [quantity.label, (k) => value[k]]] },
    about: choices.about(info), name: [info.name, "parallel", quantity.id], numbers: { sweep: state.s, chart: "parallel", parameters },
  });
  listen(shown);
}

/** The brush of an axis: what it spans becomes the filter's range. */
function listen(shown) {
  const chart = parts.chart.of();
  chart.off("axisareaselected");
  chart.on("axisareaselected", () => {
    const ranges = {};
    chart.getModel().eachComponent("parallelAxis", (axis) => {
      const [interval] = axis.activeIntervals ?? [], of = shown[axis.get("dim")];
      if (interval && interval.length === 2 && of) ranges[of.column] = span(of, interval);
    });
    const chosen = Object.fromEntries(Object.entries(ranges).filter(([, r]) => r));
    if (Object.keys(chosen).length) go({ filter: { ...state.filter, ...chosen } });
  });
}

function span(axis, [a, b]) {
  const lo = Math.min(a, b), hi = Math.max(a, b);
  const inside = (axis.values ?? []).filter((v, k) => { const t = axis.scale === "category" ? k : v; return t >= lo && t <= hi; });
  if (!inside.length) return axis.values ? null : `${lo}..${hi}`;
  return axis.scale === "category" ? inside.join("|") : `${Math.min(...inside)}..${Math.max(...inside)}`;
}

/** The ends of an axis, past its outermost values by so little that these are inside. */
function ends(values) {
  const known = values.filter((v) => v !== null), lo = known.reduce((a, b) => Math.min(a, b), Infinity), hi = known.reduce((a, b) => Math.max(a, b), -Infinity);
  return lo < hi ? { min: lo - 1e-6 * Math.abs(lo), max: hi + 1e-6 * Math.abs(hi) } : {};
}

function option(rows, columns, value, shown, quantity) {
  const scale = colour.scale(quantity.kind, value.filter((v) => v !== null)), dense = rows.length > DENSE;
  const label = { color: theme.tick, fontSize: 11.5 * theme.text, textBorderColor: theme.paper, textBorderWidth: 3, hideOverlap: true };
  const look = { axisLine: { lineStyle: { color: theme.line } }, axisTick: { alignWithLabel: true, lineStyle: { color: theme.line } }, axisLabel: label };
  const numbers = { scale: true, axisLabel: { ...label, formatter: (v) => number(v, 3) } };
  /** A few values of an axis are its ticks. */
  const ticks = (axis) => (axis.values && axis.values.length <= MOST_TICKS ? { axisTick: { ...look.axisTick, customValues: axis.values }, axisLabel: { ...numbers.axisLabel, customValues: axis.values } } : {});
  const axes = [...shown, { symbol: quantity.label }].map((axis, dim) => ({
    dim, ...look, ...charts.named(axis.symbol, theme.ink, 12), ...(axis.scale === "category"
      ? { type: "category", data: axis.values.map(String), axisLabel: { ...label, formatter: (v) => short(axis, v) } }
      : { ...numbers, ...ticks(axis), type: axis.scale === "log" && axis.min > 0 ? "log" : "value", ...(dim < shown.length ? ends(columns[axis.column]) : {}) }),
  }));
  return {
    animation: false,
    parallel: { left: "5%", right: "12%", top: 44, bottom: 28, parallelAxisDefault: { areaSelectStyle: { width: 18, color: theme.measured, opacity: 0.25, borderColor: theme.measured } } },
    parallelAxis: axes,
    tooltip: { show: false },
    series: [{
      type: "parallel", animation: false, progressive: 500, inactiveOpacity: 0.03, activeOpacity: dense ? 0.3 : 0.75,
      lineStyle: { width: dense ? 0.8 : 1.3, opacity: dense ? 0.3 : 0.75 },
      data: rows.filter((k) => value[k] !== null).map((k) => ({
        value: [...shown.map(({ column, scale: s }) => (s === "category" ? String(columns[column][k]) : columns[column][k] ?? "-")), value[k]], lineStyle: { color: colour.step(Math.min(1, Math.max(0, scale.unit(value[k]))), theme.dark) },
      })),
    }],
  };
}
