/** The phase diagram: any quantity over any two axes. */
import * as api from "./api.js";
import * as choices from "./choices.js";
import { announce, el, fill, say } from "./dom.js";
import { enlist } from "./figure.js";
import * as mapControls from "./mapcontrols.js";
import * as mapData from "./mapdata.js";
import * as mapKeys from "./mapkeys.js";
import * as mapOption from "./mapoption.js";
import * as mapPanel from "./mappanel.js";
import { figures, leftOut, named, tip } from "./numbers.js";
import * as save from "./save.js";
import { go, state } from "./state.js";
import { twin } from "./twin.js";
import * as charts from "../charts.js";
import * as colour from "../colour.js";
import { number } from "../format.js";
import * as legend from "../legend.js";
import * as walk from "../walk.js";

/** Panels of a grid that would be too many to look at, and to ask lines for. */
const MOST_PANELS = 24;

export const title = "Phase diagram";
let parts = null;

/** Makes the view's elements. */
export function mount(host) {
  const controls = el("form", { class: "controls", "aria-label": "What the maps show", on: { submit: (event) => event.preventDefault() } });
  const keys = el("div", { class: "legend" }), maps = el("div", { class: "panels" }), note = el("p", { class: "note left-out" });
  const other = twin(), about = el("p", { class: "note" });
  parts = { controls, keys, maps, note, other, about, panels: [], shown: null, last: [] };
  const menu = save.menu(() => saved());
  fill(host, el("section", { "aria-labelledby": "view-title" },
    el("div", { class: "section-head" }, el("h2", { id: "view-title" }, title), about, menu),
    controls, keys, maps, note,
    el("p", { class: "note keys" }, "Hover for numbers, click for the cell, drag for a part of the map (with a finger: hold, then drag). From the keyboard: Tab to a map, arrow keys to move, Enter to open, Esc to leave."),
    other.node));
  enlist({ draw: () => parts?.shown && redraw(), dispose: () => parts?.panels.forEach((panel) => panel.dispose()) });
}

export function leave() {
  parts = null;
}

function saved() {
  const { info, scale, quantity, as, table, lines, data, optionOf, parameters } = parts.shown;
  return {
    parts: parts.panels.map((panel, k) => ({
      option: (renderer) => optionOf(data[k], k, renderer), width: panel.element.clientWidth, height: panel.element.clientHeight, title: data[k].title,
    })),
    columns: Math.min(3, data.length), bar: () => legend.titled(scale, choices.title(quantity, as)),
    key: (width) => mapKeys.flow(width, as, table, lines, choices.hidden()),
    about: choices.about(info), name: [info.name, "map", quantity.id, as], numbers: { sweep: state.s, chart: "map", parameters },
  };
}

/** The lines of each panel: those of its facets' values, over all of x and y, so that a part of the map has the same. */
function linesOf(on, parameters, facets, data, at) {
  if (mapControls.LINES.every((name) => choices.hidden().includes(name))) return [];
  const whole = { ...parameters, ...at, [on.x.column]: null, [on.y.column]: null, facet: null, average: null, view: null, quantity: null };
  return Promise.all(data.map(({ key }) => api.chart(state.s, "lines",
    { ...whole, ...Object.fromEntries(facets.map(({ column }, f) => [column, String(key[f])])) })));
}

/** Draws what the state says; answers that are the same as before are left alone. */
export async function draw({ info, wasLeft }) {
  const on = choices.plane(info), quantity = choices.quantityOf(info), facets = choices.facets(info, on);
  const parameters = choices.mapParameters(info), as = parameters.view;
  const answer = await api.chart(state.s, "map", parameters);
  if (wasLeft()) return;
  const table = api.table(answer), all = mapData.panels(table, on, facets), data = all.slice(0, MOST_PANELS);
  const at = Object.fromEntries(Object.entries(answer.at ?? {}).map(([column, v]) => [column, String(v)]));
  const values = [...table.columns.value, ...(as === "mean" ? table.columns.theory ?? [] : [])].filter((v) => v !== null);
  const scale = colour.scale(choices.kindOf(quantity, as), values);
  const draft = { info, on, quantity, as, facets, parameters, answer, table, data, scale, at: answer.at ?? {}, lines: [], omitted: all.length - data.length };
  // When nothing is new, the maps keep their lines until these are known to be the same.
  if (parts.last[0] !== answer || parts.last[1] !== location.hash) show(draft);
  const lines = await linesOf(on, parameters, facets, data, at);
  if (wasLeft()) return;
  show({ ...draft, lines });
}

function show(shown) {
  const marks = [shown.answer, location.hash, ...shown.lines];
  if (marks.length === parts.last.length && marks.every((mark, k) => mark === parts.last[k])) return;
  parts.shown = { ...shown, optionOf: (panel, k, renderer) => mapOption.option(panel, {
    on: shown.on, table: shown.table, scale: shown.scale, lines: shown.lines[k], hide: choices.hidden(),
    compact: shown.data.length > 4, tip: (row) => told(row),
  }, renderer) };
  redraw();
  parts.last = marks;
}

/** Values of the axes at a row. */
function valuesAt(k) {
  const { table, on, facets, at } = parts.shown, row = mapData.rowOf(table, k);
  return { ...at, [on.x.column]: row.x, [on.y.column]: row.y, ...Object.fromEntries(facets.map(({ column }, f) => [column, row["facet" + f]])) };
}

const nameOf = (k) => named(parts.shown.info.axes, valuesAt(k));

function told(k) {
  const { table, quantity, as } = parts.shown, row = mapData.rowOf(table, k);
  const mean = as === "mean" ? row.value : row.mean ?? null;
  const own = as === "mean" || as === "z" ? [] : [[choices.title(quantity, as), number(row.value)]];
  return tip(nameOf(k), [...own, ...figures({ ...row, mean }, quantity).slice(as === "mean" || mean !== null ? 0 : 1)],
    row.cell_id ? "click for the cell" : "an average of several cells");
}

function spoken(k) {
  const { table, quantity, as } = parts.shown, { value, category } = mapOption.look(table)(k);
  return `${nameOf(k)}: ${choices.title(quantity, as)} ${category ?? number(value)}`;
}

const reader = {
  current: () => parts?.shown?.table.columns.cell_id.indexOf(state.cell) ?? -1,
  outline: (cell) => parts?.panels.forEach((panel) => walk.outline(panel, cell)),
  spoken,
  open(k) {
    const id = parts.shown.table.columns.cell_id[k];
    if (id) go({ view: "cell", cell: id });
    else announce("This place is an average of several cells.");
  },
  brushed({ x, y }) {
    const { on } = parts.shown, filter = { ...state.filter };
    for (const [axis, values] of [[on.x, x], [on.y, y]]) {
      if (values.length) filter[axis.column] = values.every((v) => typeof v === "number") && values.length > 1
        ? `${Math.min(...values)}..${Math.max(...values)}` : values.join("|");
    }
    go({ filter });
  },
};

function remake(count, renderer) {
  parts.panels.forEach((panel) => panel.dispose());
  parts.panels = Array.from({ length: count }, () => mapPanel.make(reader, renderer));
  parts.renderer = renderer;
  fill(parts.maps, ...parts.panels.map((panel) => panel.figure));
}

function redraw() {
  const { info, on, quantity, as, answer, table, data, scale, lines, optionOf, facets, at, omitted } = parts.shown;
  say(parts.about, quantity.note);
  mapControls.draw(parts.controls, info, at);
  parts.keys.innerHTML = mapKeys.html(choices.title(quantity, as), scale, as, table, lines, choices.hidden());
  parts.maps.dataset.count = data.length;
  const renderer = charts.rendererFor(table.size, charts.MOST_FAST_MARKS);
  if (parts.panels.length !== data.length || parts.renderer !== renderer) remake(data.length, renderer);
  parts.panels.forEach((panel, k) => mapPanel.fill(panel, data[k], () => optionOf(panel, k, renderer),
    `Map of ${quantity.label}${data[k].title ? " for " + data[k].title : ""}: ${on.y.label} against ${on.x.label}, ${data[k].cells.length} cells`));
  reader.outline(reader.current());
  const shownAt = Object.keys(at).length ? ` Shown at ${named(info.axes, at)}.` : "";
  say(parts.note, (table.size ? "" : "No cell matches the filter. ") + leftOut(answer) + shownAt
    + (omitted ? ` ${omitted} more maps are not drawn.` : ""));
  parts.other.set({
    caption: choices.title(quantity, as), rows: Array.from({ length: table.size }, (_, k) => k),
    columns: [
      [on.y.label, "y"], [on.x.label, "x"], ...facets.map(({ label }, f) => [label, "facet" + f]), [choices.title(quantity, as), "value"],
      ["standard error", "error"], ["networks", "n"], ["theory, infinite width", "theory"], ["z", "z"], ["state", "state"],
    ].map(([label, column]) => [label, (k) => table.columns[column]?.[k]]),
  });
}
