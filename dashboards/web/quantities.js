/** What the maps can show, and how each is coloured. */
import { columns } from "./data.js";
import { chart } from "./source.js";

const has = (name) => name in columns && columns[name].some((v) => v !== null);
export const list = (await chart("quantities")).filter(({ id }) => has(id + "_mean")).map((quantity) => ({
  ...quantity, hasTheory: has("theory_" + quantity.id), hasZ: has("z_" + quantity.id),
}));
export const byId = new Map(list.map((q) => [q.id, q]));

export const VIEWS = { mean: "measured", theory: "theory", z: "z-score" };
export const column = (id, view) => (view === "mean" ? id + "_mean" : view + "_" + id);
export const allows = (id, view) =>
  view === "mean" || (view === "theory" ? byId.get(id).hasTheory : byId.get(id).hasZ);
