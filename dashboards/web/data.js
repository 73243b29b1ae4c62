/** The table of cells, decoded column by column, and how cells are picked from it. */
import * as charts from "./charts.js";
import { unpacked } from "./packed.js";
import { chart } from "./source.js";

export const sweep = await chart("sweep");
/** Which axes the maps have, and what every axis is called. */
const axes = await chart("axes");
const table = await chart("cells");
export const size = table.size;

export const columns = {};
for (const [name, column] of Object.entries(table.columns)) columns[name] = unpacked(column, size);

const all = Array.from({ length: size }, (_, i) => i);
export const propagation = all.filter((i) => columns.task[i] === "propagation");
/** How the page draws. */
export const renderer = charts.rendererFor(propagation.length);
export const training = all.filter((i) => columns.task[i] === "training");
export const at = (name, i) => (name in columns ? columns[name][i] : null);
export const distinct = (name, cells) => {
  const values = [...new Set(cells.map((i) => at(name, i)))].filter((v) => v !== null);
  if (values.every((v) => typeof v === "number")) return values.sort((a, b) => a - b);
  const place = (v) => (axes.order[name] ?? []).indexOf(v);
  return values.sort((a, b) => place(a) - place(b));
};

export const x = axes.plane.x;
export const y = axes.plane.y;
/** What one looks at first. */
export const quantity = axes.plane.quantity;
/** Whether the drawings are maps, or lines with a curve for each value of y. */
export const areLines = axes.plane.kind === "lines";

/** The symbol of an axis in formulas, and its label beside a drawing. */
export const symbol = (name) => axes.names[name].symbol;
export const label = (name) => axes.names[name].label;
/** What a value is called beside the others of its axis: an architecture by what the others do not have too. */
export const called = (name, v) => (name === "architecture" ? axes.architectures[v] ?? v : v);
export const severalArchitectures = distinct("architecture", all).length > 1;
/** Where an architecture stands among the others. */
export const placeOf = (architecture) => Object.keys(axes.architectures).indexOf(architecture);
/** Whether a value of an axis says by itself what it is. */
export const speaks = (name) => axes.names[name].speaking;

/** The axes that are not drawn and have more than one value. */
export const facets = axes.facets
  .map((name) => ({ name, label: label(name), values: distinct(name, propagation) }))
  .filter((one) => one.values.length > 1);
for (const facet of facets) if (axes.names[facet.name].descending) facet.values.reverse();

/** The facets that a trained cell shares with the measured one that it is drawn on. */
export const beside = axes.beside;

/** Cells of the chosen facets. */
export const chosen = (choice) =>
  propagation.filter((i) => facets.every((f) => at(f.name, i) === choice[f.name]));

/** Trained cells that belong beside the chosen ones; a width that was not trained matches any. */
export function trainedBeside(choice, activation) {
  if (y !== "depth" || !["sigma_multiplier", "sigma_w2"].includes(x)) return [];
  const widths = distinct("width", training);
  return training.filter(
    (i) =>
      at("activation", i) === activation &&
      at(x, i) !== null &&
      beside.every(
        (name) => !(name in choice) || at(name, i) === choice[name]) &&
      (!("width" in choice) || !widths.includes(choice.width) || at("width", i) === choice.width));
}

export const indexOf = new Map(all.map((i) => [columns.cell_id[i], i]));
/** Values on the axes that have a drawing for each, one such object a drawing; of two axes the second's values change fastest. */
export const drawn = axes.plane.facets.reduce((all, name) => {
  const values = distinct(name, propagation);
  if (axes.names[name].descending) values.reverse();
  return all.flatMap((before) => values.map((value) => ({ ...before, [name]: value })));
}, [{}]);
export const activations = distinct("activation", propagation.length ? propagation : training);
