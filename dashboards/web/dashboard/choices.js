/** What the views have in common: which quantity, which axes, and what the server is asked for. */
import * as filters from "./filters.js";
import { state } from "./state.js";

export const VIEWS = { mean: "measured", theory: "theory", difference: "difference", z: "z" };

/** What a quantity can be shown as. */
export const allows = (quantity, as) => as === "mean" || (as === "z" ? quantity.theory === "band" : quantity.theory !== "none");

export const axisOf = (info, column) => info.axes.find((axis) => axis.column === column) ?? null;

export const quantityOf = (info) => info.quantities.find(({ id }) => id === state.q)
  ?? info.quantities.find(({ id }) => id === info.plane.quantity) ?? info.quantities[0] ?? null;

/** The lines over a map that are hidden: multiples of the depth scale, unless the address says otherwise. */
export const hidden = () => state.hide ?? ["scales"];

/** The axes of the map: what the address says, else the sweep's own. */
export function plane(info) {
  const known = (column, other) => (axisOf(info, column) && column !== other ? column : null);
  const x = known(state.x, "") ?? info.plane.x;
  const y = known(state.y, x) ?? (info.plane.y === x ? info.plane.x : info.plane.y);
  return { x: axisOf(info, x), y: axisOf(info, y) };
}

/** Axes that differ between cells and are not on the map. */
export const others = (info, on) => filters.varying(info).filter(({ column }) => column !== on.x.column && column !== on.y.column);

/** The axes that split a map into panels: what the address says, else the sweep's own. */
export function facets(info, on) {
  const free = others(info, on).filter((axis) => !(state.average ?? []).includes(axis.column));
  const wanted = state.facet ?? info.plane.facet;
  return wanted.map((column) => free.find((axis) => axis.column === column)).filter(Boolean).slice(0, 2);
}

export const averages = (info, on) => others(info, on).filter((axis) => (state.average ?? []).includes(axis.column));

/** Places on the other axes that the reader chose. */
export function places(info, on) {
  const taken = [...facets(info, on), ...averages(info, on)].map(({ column }) => column);
  return Object.fromEntries(Object.entries(state.at)
    .filter(([column]) => others(info, on).some((axis) => axis.column === column) && !taken.includes(column)));
}

/** The parameters of a map. */
export function mapParameters(info) {
  const on = plane(info), quantity = quantityOf(info);
  return {
    ...filters.parameters(), ...places(info, on), x: on.x.column, y: on.y.column, quantity: quantity.id,
    view: allows(quantity, state.as) ? state.as : "mean",
    facet: facets(info, on).map(({ column }) => column), average: averages(info, on).map(({ column }) => column),
  };
}

const TITLES = {
  mean: (label) => label, theory: (label) => label + ", theory at infinite width",
  difference: (label) => label + ", measured − theory", z: (label) => "z of " + label + ", in standard errors",
};
export const title = (quantity, as) => TITLES[as](quantity.label);

/** How colours are given to a quantity that is shown in a way. */
export const kindOf = (quantity, as) => (as === "z" ? "z" : as === "difference" ? "centred" : quantity.kind);

/** What the controls of a view depend on. */
export const key = (info) => info.revision + location.hash;

/** What a saved figure says of where it is from. */
export const about = (info) => [info.name, ...[...info.conventions, ...info.provenance].map((pair) => pair.join(": ")), `view: ${location.hash}`];
