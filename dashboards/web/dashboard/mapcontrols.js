/** The choices above the map. */
import * as choices from "./choices.js";
import { button, check, el, fill, menu, segmented } from "./dom.js";
import * as filters from "./filters.js";
import { short } from "./numbers.js";
import { go, state } from "./state.js";

const LABELS = {
  boundaries: "theory’s boundaries", edge: "edge of chaos", scales: "L = k ξ", measured: "measured boundary",
};

/** The kinds of lines that can be hidden. */
export const LINES = Object.keys(LABELS);

const options = (axes) => axes.map(({ column, label }) => [column, label]);

function axisMenu(info, name, label, value) {
  const all = filters.varying(info).length ? info.axes.filter((axis) => (axis.count ?? axis.values?.length ?? 2) > 1 || axis.column === value) : info.axes;
  return menu(label, options(all), value, (column) => {
    const on = choices.plane(info), other = name === "x" ? "y" : "x";
    go({ [name]: column, ...(on[other].column === column ? { [other]: on[name].column } : { [other]: on[other].column }), at: {} });
  }, { name });
}

/** How an axis that is not drawn is dealt with. */
const MODES = { at: "one value", facet: "a map each", average: "averaged" };

function modeOf(info, on, axis) {
  if (choices.facets(info, on).includes(axis)) return "facet";
  return choices.averages(info, on).includes(axis) ? "average" : "at";
}

function setMode(info, on, axis, mode) {
  const without = (list) => list.map(({ column }) => column).filter((column) => column !== axis.column);
  const facet = without(choices.facets(info, on)), average = without(choices.averages(info, on));
  if (mode === "facet") facet.push(axis.column);
  if (mode === "average") average.push(axis.column);
  const at = { ...state.at };
  delete at[axis.column];
  go({ facet: facet.slice(-2), average, at });
}

/** A slider through the values that the filter lets through. */
function slider(axis, value) {
  const values = filters.allowed(axis), k = Math.max(0, values.findIndex((v) => String(v) === String(value)));
  const output = el("output", {}, short(axis, values[k]));
  const range = el("input", {
    type: "range", min: 0, max: Math.max(0, values.length - 1), step: 1, value: k, name: "at-" + axis.column,
    "aria-label": axis.label, "aria-valuetext": short(axis, values[k]),
    on: {
      input: () => { output.textContent = short(axis, values[Number(range.value)]); },
      change: () => go({ at: { ...state.at, [axis.column]: String(values[Number(range.value)]) } }),
    },
  });
  return el("span", { class: "slider" }, range, output);
}

function other(info, on, axis, at) {
  const mode = modeOf(info, on, axis);
  return el("div", { class: "other", "data-other": axis.column },
    menu(axis.label, Object.entries(MODES), mode, (chosen) => setMode(info, on, axis, chosen), { name: "mode-" + axis.column }),
    mode === "at" && at !== undefined ? slider(axis, at) : null);
}

/** Whether the server has to choose a value of an axis, or the reader has chosen one or another way. */
const concerns = (info, on, at) => (axis) => axis.column in at || axis.column in state.at || modeOf(info, on, axis) !== "at";

const lineChecks = () => el("span", { class: "toggles", role: "group", "aria-label": "Lines over the map" },
  ...Object.entries(LABELS).map(([name, label]) => check(label, !choices.hidden().includes(name), (on) => {
    const hide = choices.hidden().filter((one) => one !== name);
    go({ hide: on ? hide : [...hide, name] });
  }, { name: "line-" + name })));

/** at: the values that a map was drawn at, by axis. */
export function draw(host, info, at) {
  const on = choices.plane(info), quantity = choices.quantityOf(info);
  const focused = host.contains(document.activeElement) ? [document.activeElement.name, document.activeElement.value] : null;
  const rest = choices.others(info, on).filter(concerns(info, on, at));
  fill(host,
    menu("Quantity", info.quantities.map(({ id, label }) => [id, label]), quantity.id, (q) => go({ q }), { name: "quantity" }),
    segmented("as", "as", Object.entries(choices.VIEWS).map(([as, text]) => [as, text, !choices.allows(quantity, as)]),
      choices.allows(quantity, state.as) ? state.as : "mean", (as) => go({ as })),
    el("span", { class: "pair" }, axisMenu(info, "x", "x", on.x.column),
      button("⇄", () => go({ x: on.y.column, y: on.x.column }), { "aria-label": "Exchange x and y", title: "Exchange x and y" }),
      axisMenu(info, "y", "y", on.y.column)),
    ...rest.map((axis) => other(info, on, axis, at[axis.column] ?? state.at[axis.column])),
    lineChecks());
  if (focused) [...host.querySelectorAll(`[name="${CSS.escape(focused[0] ?? "")}"]`)].find((e, _, all) => all.length === 1 || e.value === focused[1])?.focus();
}
