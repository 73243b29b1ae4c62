/** Two sweeps side by side, and their difference in its standard errors. */
import * as api from "./api.js";
import * as choices from "./choices.js";
import { el, fill, menu, refill, say } from "./dom.js";
import { figure } from "./figure.js";
import * as filters from "./filters.js";
import * as mapData from "./mapdata.js";
import * as mapOption from "./mapoption.js";
import { leftOut, named, tip } from "./numbers.js";
import { go, state } from "./state.js";
import { opens } from "./sweepsview.js";
import * as colour from "../colour.js";
import { number, withError, z } from "../format.js";
import * as legend from "../legend.js";

export const title = "Two sweeps";
let parts = null;

export function mount(host) {
  const controls = el("form", { class: "controls", on: { submit: (event) => event.preventDefault() } });
  const note = el("p", { class: "note left-out" }), keys = el("div", { class: "legend" }), keysZ = el("div", { class: "legend" });
  const maps = ["a", "b", "difference"].map((name) => figure(name, { classes: "chart" }));
  parts = { controls, note, keys, keysZ, maps, last: [] };
  fill(host, controls, keys, keysZ, el("div", { class: "triple" }, ...maps.map(({ node }) => node)), note);
}

export const leave = () => { parts = null; };

/** Axes along which a sweep's cells differ and that another has, too. */
const shared = (info, other) => filters.varying(info).filter(({ column }) => choices.axisOf(other, column));

/** The map's plane, or the next to it that has these axes; null where there are fewer than two. */
function plane(info, axes) {
  const usual = choices.plane(info), pick = (axis, not) => (axes.includes(axis) && axis !== not ? axis : axes.find((one) => one !== not && one.scale !== "category"));
  const x = pick(usual.x, null), y = x && (pick(usual.y, x) ?? (usual.y !== x ? usual.y : null));
  return x && y ? { x, y } : null;
}

export async function draw({ info, sweeps, wasLeft }) {
  const others = sweeps.filter((sweep) => sweep.id !== state.s && opens(sweep));
  const other = others.find(({ id }) => id === state.b), beside = other ? await api.sweep(other.id, filters.task().task) : info;
  if (wasLeft()) return;
  const both = shared(info, beside), on = plane(info, both), quantities = info.quantities.filter(({ id }) => beside.quantities.some((one) => one.id === id));
  const chosen = choices.quantityOf(info), quantity = quantities.includes(chosen) ? chosen : quantities[0], options = both.map(({ column, label }) => [column, label]);
  refill(parts.controls, choices.key(info), () => [
    menu("With", [["", "choose a sweep…"], ...others.map(({ id, name }) => [id, name])], state.b, (b) => go({ b }), { name: "other" }),
    menu("Quantity", quantities.map(({ id, label }) => [id, label]), quantity?.id, (q) => go({ q }), { name: "quantity" }),
    ...(!on ? [] : [menu("x", options, on.x.column, (x) => go({ x, y: x === on.y.column ? on.x.column : on.y.column }), { name: "x" }),
    menu("y", options, on.y.column, (y) => go({ y, x: y === on.x.column ? on.y.column : on.x.column }), { name: "y" })]),
  ]);
  const shown = other && on && quantity;
  [...parts.maps.map(({ node }) => node), parts.keys, parts.keysZ].forEach((node) => { node.hidden = !shown; });
  if (!shown) {
    parts.last = [];
    parts.note.textContent = other ? `${info.name} and ${other.name} have not two axes and a quantity in common to draw a map of.` : "Choose the sweep to compare with.";
    return;
  }
  const parameters = { ...filters.parameters(), ...choices.places(info, on), x: on.x.column, y: on.y.column, quantity: quantity.id };
  const difference = await api.compare(state.s, state.b, parameters);
  const at = Object.fromEntries(Object.entries(difference.at ?? {}).map(([column, v]) => [column, String(v)]));
  const answers = await Promise.all([state.s, state.b].map((id) => api.chart(id, "map", { ...parameters, ...at, view: "mean" })));
  const all = [...answers, difference];
  if (wasLeft() || all.every((answer, k) => answer === parts.last[k])) return;
  parts.last = all;
  show(info, on, quantity, [info.name, other.name, "difference"], all, parameters);
}

function show(info, on, quantity, names, answers, parameters) {
  const tables = answers.map(api.table), values = [tables[0], tables[1]].flatMap(({ columns }) => columns.value).filter((v) => v !== null);
  const scale = colour.scale(quantity.kind, values), scores = colour.scale("z", []), difference = answers[2];
  const heading = `(${names[0]} − ${names[1]}) in standard errors of the difference`;
  parts.keys.innerHTML = legend.shown(scale, quantity.label, "");
  parts.keysZ.innerHTML = legend.shown(scores, heading, "");
  say(parts.note, leftOut(difference) + (Object.keys(difference.at ?? {}).length ? ` Shown at ${named(info.axes, difference.at)}.` : ""));
  parts.maps.forEach((map, m) => {
    const table = tables[m], [panel] = mapData.panels(table, on, []), isDifference = m === 2, used = isDifference ? scores : scale;
    map.heading.textContent = isDifference ? "Difference" : names[m];
    map.node.hidden = !panel;
    if (!panel) return;
    const told = (k) => tip(`${on.y.symbol} = ${number(table.columns.y[k])} · ${on.x.symbol} = ${number(table.columns.x[k])}`,
      isDifference ? [["difference in standard errors", z(table.columns.value[k])], table.columns.difference ? ["difference", withError(table.columns.difference[k], table.columns.error?.[k])] : null]
        : [[quantity.label, withError(table.columns.value[k], table.columns.error[k])]]);
    map.show({
      option: (renderer) => mapOption.option(panel, { on, table, scale: used, lines: null, hide: [], compact: true, tip: told }, renderer),
      points: table.size, bar: () => legend.titled(used, isDifference ? heading : quantity.label), label: `${isDifference ? heading : names[m]}: ${quantity.label} over ${on.x.label} and ${on.y.label}`, where: isDifference ? heading : quantity.label,
      table: { caption: isDifference ? heading : quantity.label, rows: Array.from({ length: table.size }, (_, k) => k), columns: [[on.y.label, (k) => table.columns.y[k]], [on.x.label, (k) => table.columns.x[k]], ["value", (k) => table.columns.value[k]]] },
      about: choices.about(info), name: [names[0], names[1], isDifference ? "difference" : names[m], quantity.id],
      numbers: isDifference ? null : { sweep: m === 0 ? state.s : state.b, chart: "map", parameters: { ...parameters, view: "mean" } },
    });
  });
}
