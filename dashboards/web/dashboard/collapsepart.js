/** Whether one number decides: a quantity against depth in units of a scale that theory or geometry offers. */
import * as api from "./api.js";
import * as choices from "./choices.js";
import { el, fill, menu, refill, say } from "./dom.js";
import { figure } from "./figure.js";
import * as filters from "./filters.js";
import { leftOut, short } from "./numbers.js";
import { go, state } from "./state.js";
import * as charts from "../charts.js";
import * as colour from "../colour.js";
import { counted, number, withError } from "../format.js";
import { theme } from "../theme.js";

export const title = "Data collapse";
let parts = null;

export function mount(host) {
  const controls = el("form", { class: "controls", on: { submit: (event) => event.preventDefault() } });
  const note = el("p", { class: "note" }), left = el("p", { class: "note left-out" });
  const open = (hit) => hit.data?.id && go({ view: "cell", cell: hit.data.id });
  parts = { controls, note, left, chart: figure("Data collapse", { classes: "chart huge", open }), last: null };
  fill(host, controls, note, parts.chart.node, left);
}

export const leave = () => { parts = null; };

export async function draw({ info, wasLeft }) {
  const quantity = choices.quantityOf(info), parameters = { ...filters.parameters(), quantity: quantity.id, scale: state.scale };
  const answer = await api.chart(state.s, "collapse", parameters);
  if (wasLeft() || answer === parts.last) return;
  parts.last = answer;
  const { scales, quality } = answer, chosen = answer.scale ?? (state.scale || scales[0]?.id), of = scales.find(({ id }) => id === chosen);
  refill(parts.controls, choices.key(info), () => [
    menu("Quantity", info.quantities.map(({ id, label }) => [id, label]), quantity.id, (q) => go({ q }), { name: "quantity" }),
    menu("against", scales.map(({ id, label }) => [id, label]), chosen, (scale) => go({ scale }), { name: "scale" }),
  ]);
  const { columns, size } = api.table(answer), rows = Array.from({ length: size }, (_, k) => k);
  parts.note.textContent = said(quality ?? []);
  parts.chart.node.hidden = size === 0;
  say(parts.left, (size ? "" : "There is nothing to draw. ") + leftOut(answer) + (size ? "" : " Another scale may have points."));
  if (!size) return;
  say(parts.chart.heading, `${quantity.label} against ${of?.label ?? chosen}`);
  parts.chart.show({
    option: () => option(rows, columns, quantity, of?.label ?? chosen, choices.axisOf(info, answer.by)), points: size, label: `${quantity.label} of ${counted(size, "cell")} against ${of?.label ?? chosen}`,
    table: { caption: quantity.label, rows, columns: [[choices.axisOf(info, answer.by)?.label ?? "group", (k) => columns.by?.[k]], ["phase", (k) => spoken(columns.phase?.[k])], [of?.label ?? "x", (k) => columns.x[k]], [quantity.label, (k) => columns.value[k]], ["standard error", (k) => columns.error?.[k]]] },
    about: choices.about(info), name: [info.name, "collapse", quantity.id, chosen], numbers: { sweep: state.s, chart: "collapse", parameters: { ...parameters, scale: chosen } },
  });
}

const spoken = (phase) => (phase ? phase.replaceAll("_", " ") : "not known");

const hundredths = (v) => (v === null || v === undefined ? "—" : v.toFixed(2).replace("-", "−"));

/** Quality as the server measures it: 1 − δ²/(2 s²) of von Neumann, over neighbours in x, in each phase. */
const said = (quality) => quality.filter(({ collapsed }) => collapsed !== null)
  .map(({ phase, cells, raw, collapsed }) => `${spoken(phase)} phase ${hundredths(collapsed)} (over depth alone ${hundredths(raw)}, ${cells} cells)`.replace("not known phase", "cells without a phase"))
  .reduce((all, one) => all + (all ? "; " : "Quality of the collapse: ") + one, "")
  + (quality.length ? ". 1 where the values are one smooth curve, 0 where x says nothing of them. Each phase has its own curve: cells of the ordered phase are filled, others are open." : "");

/** The groups in the order of their axis' menus. */
function ordered(groups, axis) {
  const place = (g) => axis?.values?.indexOf(g) ?? -1;
  return [...groups].sort((a, b) => place(a) - place(b) || (typeof a === "number" && typeof b === "number" ? a - b : 0));
}

function option(rows, columns, quantity, label, axis) {
  const groups = ordered(new Set(rows.map((k) => columns.by?.[k] ?? "")), axis), color = colour.hues(groups, theme.dark), many = groups.length > colour.CATEGORY_COUNT;
  const open = (k) => columns.phase && columns.phase[k] !== "ordered";
  const xs = rows.map((k) => columns.x[k]).filter((v) => v !== null), positive = xs.every((v) => v > 0);
  const { name: heading, nameTextStyle: style } = charts.named(axis?.symbol ?? "", theme.ink, 12.5);
  const wide = positive && xs.length && Math.max(...xs) > 20 * Math.min(...xs);
  return {
    animation: false,
    grid: { left: 66, right: 150, top: 16, bottom: 48 },
    title: { text: heading, right: 6, top: 8, textStyle: { ...style, fontWeight: 600 } },
    legend: { type: "scroll", orient: "vertical", right: 4, top: 30, bottom: 10, itemWidth: 10, itemHeight: 10, pageTextStyle: { color: theme.ink }, data: groups.map((g) => short(axis, g)), textStyle: { color: theme.ink, width: 110, overflow: "break" } },
    xAxis: charts.axis(label, { type: wide ? "log" : "value", ...(wide ? { min: Math.min(...xs) / 1.3, max: 1.3 * Math.max(...xs) } : {}), nameGap: 28, splitLine: { show: false } }),
    yAxis: charts.axis(quantity.label, { nameGap: 46 }),
    tooltip: { ...charts.tooltip(), trigger: "item", formatter: (hit) => `<div class="tip"><b>${number(hit.value[0])}</b> ${withError(hit.value[1], hit.value[2])}</div>` },
    series: groups.flatMap((group, g) => {
      const own = rows.filter((k) => (columns.by?.[k] ?? "") === group && columns.value[k] !== null && columns.x[k] !== null);
      return [
        ...(rows.length < 4000 ? [charts.whiskers(own.filter((k) => columns.error?.[k] > 0).map((k) => [columns.x[k], columns.value[k] - columns.error[k], columns.value[k] + columns.error[k]]), { stroke: color(g), opacity: 0.6 })] : []),
        { type: "scatter", name: short(axis, group), z: 3, symbolSize: 5.5, symbol: many && groups.every((g) => typeof g === "number") ? "circle" : colour.shape(g), animation: false, itemStyle: { color: color(g), opacity: 0.75 },
          data: own.map((k) => ({
            value: [columns.x[k], columns.value[k], columns.error?.[k] ?? null], id: columns.cell_id?.[k],
            ...(open(k) ? { itemStyle: { borderColor: color(g), borderWidth: 1.2, color: "transparent" } } : {}),
          })) },
      ];
    }),
  };
}
