/** The filter: which cells every view shows. A choice an axis, as v1|v2|… or lo..hi in the address. */
import { button, el, fill } from "./dom.js";
import { place, short } from "./numbers.js";
import { go, state } from "./state.js";

/** More values than this are chosen by their ends. */
const MOST_BOXES = 12;

const isRange = (text) => /^\S+\.\.\S+$/.test(text);

/** The ends of a range that an address has, or null. */
export const range = (text) => (text && isRange(text) ? text.split("..").map(Number) : null);

/** The axes that a sweep's cells differ in. */
export const varying = (info) => info.axes.filter((axis) => axis.count > 1 || axis.values?.length > 1);

/** The values of an axis that the filter lets through. */
export function allowed(axis) {
  const text = state.filter[axis.column], values = axis.values ?? [];
  if (!text) return values;
  const ends = range(text);
  if (ends) return values.filter((v) => v >= ends[0] && v <= ends[1]);
  const chosen = text.split("|");
  return values.filter((v) => chosen.includes(String(v)));
}

/** Which networks are meant, as a parameter of a request. */
export const task = () => ({ task: state.task === "propagation" ? null : state.task });

/** The filter as parameters of a request. */
export const parameters = () => ({ ...task(), ...state.filter });

function set(axis, text) {
  const filter = { ...state.filter };
  if (text) filter[axis.column] = text;
  else delete filter[axis.column];
  const at = { ...state.at };
  delete at[axis.column];
  go({ filter, at });
}

function boxes(axis) {
  const chosen = new Set(allowed(axis).map(String));
  return axis.values.map((v) => {
    const box = el("input", { type: "checkbox", value: String(v), checked: chosen.has(String(v)), on: { change: () => {
      const all = [...box.closest(".menu").querySelectorAll("input")];
      const on = all.filter((b) => b.checked).map((b) => b.value);
      set(axis, on.length === all.length || !on.length ? "" : on.join("|"));
    } } });
    return el("label", { class: "check", title: axis.names ? v : null }, box, short(axis, v));
  });
}

function ends(axis) {
  const all = axis.values ? [...axis.values].sort((a, b) => a - b) : null;
  const lowest = all ? all[0] : axis.min, highest = all ? all.at(-1) : axis.max;
  const given = range(state.filter[axis.column]) ?? (state.filter[axis.column] ? spanOf(allowed(axis)) : [lowest, highest]);
  const input = (value, label) => el("input", { type: "number", step: "any", min: lowest, max: highest, value, "aria-label": `${axis.label}, ${label}` });
  const from = input(given[0], "from"), to = input(given[1], "to");
  const use = () => {
    const [a, b] = [Number(from.value), Number(to.value)].sort((x, y) => x - y);
    set(axis, a <= lowest && b >= highest ? "" : `${a}..${b}`);
  };
  from.addEventListener("change", use);
  to.addEventListener("change", use);
  return [el("label", { class: "end" }, "from ", from), el("label", { class: "end" }, "to ", to)];
}

const spanOf = (values) => [Math.min(...values), Math.max(...values)];

/** What a filter lets through, in a few words. */
function summary(axis) {
  const text = state.filter[axis.column];
  if (!text) return "all";
  const span = range(text);
  return span ? `${place(span[0])} to ${place(span[1])}` : text.split("|").map((v) => (axis.scale === "category" ? short(axis, v) : place(Number(v)))).join(", ");
}

function chooser(axis, opened) {
  const few = axis.values && (axis.values.length <= MOST_BOXES || axis.scale === "category");
  const made = el("details", { class: "filter" + (state.filter[axis.column] ? " on" : ""), "data-axis": axis.column, open: opened.has(axis.column) },
    el("summary", {}, el("span", { maths: axis.symbol }), " ", el("b", {}, summary(axis))),
    el("div", { class: "menu" }, el("p", { class: "menu-title", maths: axis.label }), ...(few ? boxes(axis) : ends(axis)),
      button("All", () => set(axis, ""))));
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    made.open = false;
    made.querySelector("summary").focus();
  });
  return made;
}

let drawn = [];

/** Shows the filter of a sweep. Where nothing is new all stays as it is, for someone may be typing. */
export function draw(host, info) {
  host.hidden = !info;
  if (!info || (drawn[0] === info && drawn[1] === location.hash)) return;
  drawn = [info, location.hash];
  const opened = new Set([...host.querySelectorAll("details[open]")].map((d) => d.dataset.axis));
  const focused = host.contains(document.activeElement) ? focusKey(document.activeElement) : null;
  const axes = varying(info), on = axes.some(({ column }) => state.filter[column]);
  const unknown = Object.keys(state.filter).filter((column) => !axes.some((axis) => axis.column === column));
  host.hidden = !axes.length && !unknown.length;
  fill(host, el("span", { class: "filter-title" }, "Filter"), ...axes.map((axis) => chooser(axis, opened)),
    on || unknown.length ? button("Clear the filter", () => go({ filter: {} }), { class: "plain clear" }) : null);
  if (focused) restore(host, focused);
}

const focusKey = (element) => [element.closest("details")?.dataset.axis, element.tagName, element.value ?? "", element.getAttribute("aria-label")];

/** Gives the focus back to the control that had it before the filter was drawn anew. */
function restore(host, [axis, tag, value, label]) {
  const part = axis ? host.querySelector(`details[data-axis="${CSS.escape(axis)}"]`) : host;
  const all = [...(part?.querySelectorAll(tag) ?? [])];
  (all.find((e) => (label ? e.getAttribute("aria-label") === label : (e.value ?? "") === value)) ?? all[0])?.focus();
}

/** Closes choosers that the reader clicks away from. */
export function closeAside(host) {
  document.addEventListener("pointerdown", (event) => {
    host.querySelectorAll("details[open]").forEach((d) => { if (!d.contains(event.target)) d.open = false; });
  });
}
