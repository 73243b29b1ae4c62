/** Words and numbers of a cell, for tooltips, tables and those who hear the page. */
import { el } from "./dom.js";
import { counted, number, whole, withError, withSpread, z } from "../format.js";

export const STATES = {
  finite: "all networks finite", partly_finite: "some networks exploded or vanished", exploded: "exploded", vanished: "vanished",
  failed: "failed", undecided: "error bar wider than asked for", absent: "not measured",
};

/** A value of an axis. */
export const place = (v) => (typeof v === "number" ? number(v) : String(v ?? "—"));

/** What a value of an axis is called beside its others: an architecture by what the others do not have too. */
export function short(axis, v) {
  const k = axis?.names ? axis.values.indexOf(v) : -1;
  return k < 0 ? place(v) : axis.names[k];
}

/** The same with the axis' symbol where the value does not say what it is: a curve, a group, a map. */
export const titled = (axis, v) => (typeof v === "string" ? short(axis, v) : `${axis.symbol} = ${place(v)}`);

/** A cell's places: "tanh · L = 8 · σ_w² = 1.5". */
export const named = (axes, values) => axes.filter(({ column }) => values[column] !== null && values[column] !== undefined)
  .map((axis) => titled(axis, values[axis.column])).join(" · ");

/** A table of two columns below a title, as an element: what a tooltip shows. */
export function tip(title, rows, note) {
  return el("div", { class: "tip" }, el("b", { maths: title }),
    el("table", {}, ...rows.filter(Boolean).map(([label, value]) =>
      el("tr", {}, el("td", { maths: label }), el("td", { maths: value })))),
    note ? el("span", { class: "soft" }, note) : null);
}

/** The figures of one row of a table of cells, as rows of a tooltip. */
export function figures(row, quantity) {
  const has = (v) => v !== null && v !== undefined;
  return [
    [quantity.label, withError(row.mean ?? row.value ?? null, row.error ?? null)],
    has(row.n) ? ["networks", String(row.n)] : null,
    has(row.theory) ? ["theory, infinite width", number(row.theory)] : null,
    has(row.expected) ? ["expected at this width", withSpread(row.expected, row.band ?? null)] : null,
    has(row.z) ? ["z", z(row.z)] : null,
    row.state && row.state !== "finite" ? ["state", STATES[row.state] ?? row.state] : null,
  ];
}

export const cells = (n) => counted(n, "cell");

/** How many cells are shown, and why others are not. */
export function leftOut(answer) {
  const reasons = (answer.left_out ?? []).map(({ reason, cells: n }) => `${whole(n)} since ${reason}`);
  const thinned = (answer.thinned ?? []).map(({ axis, every }) => `every ${every}th value of ${axis}`);
  return [
    answer.total === undefined ? "" : `${cells(answer.total)} ${answer.total === 1 ? "matches" : "match"} the filter.`,
    reasons.length ? `Left out: ${reasons.join("; ")}.` : "",
    answer.provisional ? "The sweep is running: averages of the networks that are committed so far, without theory." : "",
    thinned.length ? `Thinned to ${thinned.join(" and ")}.` : "",
  ].filter(Boolean).join(" ");
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];
export function bytes(n) {
  if (!(n > 0)) return "—";
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(n) / 3));
  return number(n / 1000 ** power, 3) + " " + UNITS[power];
}

/** Seconds as people say them. */
export const lasting = (s) => (s < 90 ? `${Math.round(s)} s` : s < 5400 ? `${Math.round(s / 60)} min` : `${number(s / 3600, 2)} h`);

/** An instant in the reader's time, to the minute. */
export function when(instant) {
  if (!instant) return "—"; // It is being looked at.
  const time = new Date(instant);
  return Number.isNaN(time.getTime()) ? "—" : time.toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });
}
