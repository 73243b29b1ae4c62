/** The table of cells, decoded column by column, and how cells are picked from it. */
import { chart } from "./source.js";

export const sweep = await chart("sweep");
const table = await chart("cells");
export const size = table.size;

function decode(column) {
  if (Array.isArray(column)) return column;
  if ("dict" in column) return column.at.map((i) => (i < 0 ? null : column.dict[i]));
  return new Array(size).fill(column.const);
}

export const columns = {};
for (const [name, column] of Object.entries(table.columns)) columns[name] = decode(column);

const all = Array.from({ length: size }, (_, i) => i);
export const propagation = all.filter((i) => columns.task[i] === "propagation");
export const training = all.filter((i) => columns.task[i] === "training");
export const at = (name, i) => (name in columns ? columns[name][i] : null);
export const distinct = (name, cells) => {
  const values = [...new Set(cells.map((i) => at(name, i)))].filter((v) => v !== null);
  return values.every((v) => typeof v === "number") ? values.sort((a, b) => a - b) : values;
};

/** σ-multiplier where every cell has one, σ_w² otherwise. */
export const x = propagation.every((i) => at("sigma_multiplier", i) !== null)
  ? "sigma_multiplier"
  : "sigma_w2";

/** Depth; where all cells have the same, the first axis beside x that has more than one value. */
export const y = ["depth", "sigma_b2", "width", "keep_probability"]
  .find((name) => distinct(name, propagation).length > 1) ?? "depth";

export const SYMBOLS = { depth: "L", sigma_b2: "σ_b²", width: "n", keep_probability: "p" };

const FACETS = {
  keep_probability: "keep probability p",
  width: "width n",
  sigma_b2: "σ_b²",
  init: "scheme",
  weight_law: "weight law",
  input: "inputs",
  input_count: "inputs m",
  input_dimension: "dimension n₀",
  input_q0: "input norm q₀",
  input_c0: "input correlation c₀",
};
export const facets = Object.entries(FACETS)
  .map(([name, label]) => ({ name, label, values: distinct(name, propagation) }))
  .filter((facet) => facet.name !== y && facet.values.length > 1);
const keep = facets.find((facet) => facet.name === "keep_probability");
if (keep) keep.values.reverse();

/** Cells of the chosen facets. */
export const chosen = (choice) =>
  propagation.filter((i) => facets.every((f) => at(f.name, i) === choice[f.name]));

/** Trained cells that belong beside the chosen ones; a width that was not trained matches any. */
export function trainedBeside(choice, activation) {
  const widths = distinct("width", training);
  return training.filter(
    (i) =>
      at("activation", i) === activation &&
      at(x, i) !== null &&
      ["keep_probability", "sigma_b2", "init"].every(
        (name) => !(name in choice) || at(name, i) === choice[name]) &&
      (!("width" in choice) || !widths.includes(choice.width) || at("width", i) === choice.width));
}

export const indexOf = new Map(all.map((i) => [columns.cell_id[i], i]));
export const activations = distinct("activation", propagation.length ? propagation : training);
