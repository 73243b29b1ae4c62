/** The cells of a map as panels: one for each combination of values of the facets, all on the same axes. */
import * as numbers from "./numbers.js";
import * as axes from "../axes.js";
import * as heatmap from "../heatmap.js";

const distinct = (values) => [...new Set(values)].filter((v) => v !== null);

/** An axis through the values that are shown: position(v) is a number even where v is a name. */
function through(axis, values) {
  const names = axis.scale === "category" || values.some((v) => typeof v !== "number");
  if (!names) {
    const sorted = [...values].sort((a, b) => a - b);
    const logarithmic = axis.scale === "log" && sorted[0] > 0 && sorted.length > 1 ? true : undefined;
    return { ...axes.through(sorted, { logarithmic, most: 10 }), position: (v) => v, shown: sorted };
  }
  const shown = (axis.values ?? []).filter((v) => values.includes(v));
  const indices = shown.map((_, k) => k), middle = shown.length === 1 ? [-0.5, 0.5] : null;
  const made = axes.through(indices, { logarithmic: false, most: 40 });
  return { ...made, ...(middle ? { min: middle[0], max: middle[1] } : {}), position: (v) => shown.indexOf(v), shown, name: (t) => numbers.short(axis, shown[Math.round(t)]) };
}

/** The rows of a table of cells as objects. */
export const rowOf = ({ columns }, k) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[k]]));

/**
 * Panels of a table with x, y and facet0, facet1, ….
 * on: {x, y} the axes; facets: axes. Each panel has names of its facets' values, cells (row numbers), and what heatmap.js and walk.js ask for.
 */
export function panels(table, on, facets) {
  const { columns, size } = table;
  const x = through(on.x, distinct(columns.x)), y = through(on.y, distinct(columns.y));
  const groups = new Map(), split = facets.map((_, f) => columns["facet" + f]);
  let group = null;
  for (let k = 0; k < size; k++) {
    if (columns.x[k] === null || columns.y[k] === null) continue;
    if (!group || split.some((column, f) => column[k] !== group.key[f])) {
      const key = split.map((column) => column[k]), name = JSON.stringify(key);
      group = groups.get(name) ?? { key, cells: [] };
      groups.set(name, group);
    }
    group.cells.push(k);
  }
  const order = ({ key }) => key.map((v, f) => facets[f].values?.indexOf(v) ?? 0);
  const place = (axis, k) => (axis === "x" ? x.position(columns.x[k]) : y.position(columns.y[k]));
  return [...groups.values()]
    .sort((a, b) => order(a).map((v, f) => v - order(b)[f]).find((d) => d) ?? 0)
    .map(({ key, cells }) => {
      const boxes = axes.rectangles(cells, (k) => place("x", k), (k) => place("y", k), x, y);
      const title = key.map((v, f) => numbers.titled(facets[f], v)).join(" · ");
      return { key, title, cells, x, y, place, boxes, order: heatmap.largestFirst(boxes) };
    });
}
