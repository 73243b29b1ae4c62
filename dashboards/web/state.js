/** What the page shows, and who carries out its changes. */
import { facets } from "./data.js";
import * as quantities from "./quantities.js";

export const state = {
  quantity: quantities.byId.has("ln_gradient_gain") ? "ln_gradient_gain" : (quantities.list[0] || {}).id,
  view: "mean",
  facets: Object.fromEntries(facets.map((f) => [f.name, f.values[0]])),
  overlays: { boundaries: true, edge: true, deep: false, scales: false, zero: false, training: true, phases: true },
  cell: null,
};

const handlers = {};

/** Names who opens cells and who draws anew. */
export const handle = (opens, draws) => Object.assign(handlers, { opens, draws });

/** Shows the layers of a cell, or the loss curves of a trained one. */
export const openCell = (cell) => handlers.opens(cell);

/** Changes the state, and with it what is drawn. */
export function update(changes) {
  Object.assign(state, changes);
  handlers.draws();
}
