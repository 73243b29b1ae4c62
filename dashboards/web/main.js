/** The state of the page and what changes it: controls, clicks, and the address. */
import * as compare from "./compare.js";
import * as controls from "./controls.js";
import * as data from "./data.js";
import { at, facets, indexOf, propagation } from "./data.js";
import * as format from "./format.js";
import * as layers from "./layers.js";
import * as notes from "./notes.js";
import * as panels from "./panels.js";
import * as quantities from "./quantities.js";
import { handle, state } from "./state.js";
import * as tooltip from "./tooltip.js";
import * as training from "./training.js";

/** A cell fairly high up near the edge of chaos, with bands if there are any: what one looks at first. */
function firstCell() {
  const cells = data.chosen(state.facets).filter((i) => at("finite", i) > 0);
  const rows = data.distinct(data.y, cells);
  const row = rows[Math.floor(rows.length * 0.7)];
  const distance = (i) => Math.abs(Math.log(at("theory_chi1", i) ?? Infinity));
  const bare = (i) => at("expected_ln_q", i) === null;
  return cells.filter((i) => at(data.y, i) === row)
    .sort((a, b) => bare(a) - bare(b) || distance(a) - distance(b))[0] ?? null;
}

/** The deepest cell whose networks trained: the most telling loss curves. */
const deepestTrained = () => [...data.training].sort((a, b) =>
  (tooltip.outcome(b) === "trained") - (tooltip.outcome(a) === "trained")
    || at("depth", b) - at("depth", a))[0];

function remember() {
  const { quantity, view, cell } = state;
  const parts = new URLSearchParams();
  if (cell !== null) parts.set("cell", at("cell_id", cell));
  if (quantity !== data.quantity) parts.set("quantity", quantity);
  if (view !== "mean") parts.set("view", view);
  history.replaceState(null, "", "#" + parts);
}

/** Leaves what is below the fold until the maps are on the screen. */
const idle = (work) => (window.requestIdleCallback || setTimeout)(work, { timeout: 300 });

function drawAll() {
  if (!quantities.list.length) return;
  document.getElementById("quantity-note").innerHTML =
    format.maths(quantities.byId.get(state.quantity).note);
  controls.show(state);
  panels.draw(state);
  layers.draw(state.cell);
  idle(() => compare.draw(state));
}

function open(cell) {
  if (at("task", cell) === "training") {
    training.open(cell);
    document.getElementById("training").scrollIntoView({ block: "nearest" });
    return;
  }
  state.cell = cell;
  layers.draw(cell);
  panels.outline(cell);
  const trained = training.beside(cell);
  if (trained !== null) training.open(trained);
  document.getElementById("cell").scrollIntoView({ block: "nearest" });
  remember();
}

const linkedCell = () => indexOf.get(new URLSearchParams(location.hash.slice(1)).get("cell"));

/** Follows #cell=…&quantity=…&view=…; returns whether it named a cell. */
function follow() {
  const address = new URLSearchParams(location.hash.slice(1));
  const quantity = address.get("quantity"), view = address.get("view");
  if (quantities.byId.has(quantity)) state.quantity = quantity;
  if (view in quantities.VIEWS && quantities.allows(state.quantity, view)) state.view = view;
  const cell = linkedCell();
  if (cell === undefined) return false;
  if (at("task", cell) === "propagation") {
    state.cell = cell;
    for (const facet of facets) state.facets[facet.name] = at(facet.name, cell);
  }
  return true;
}

function start() {
  if (!propagation.length || !quantities.list.length) {
    ["diagram", "cell", "compare"].forEach((id) => { document.getElementById(id).hidden = true; });
    training.draw(linkedCell() ?? deepestTrained());
    document.documentElement.dataset.ready = "true";
    return;
  }
  const linked = follow();
  if (state.cell === null) state.cell = firstCell();
  drawAll();
  idle(() => {
    const trained = state.cell === null ? null : training.beside(state.cell);
    training.draw(trained ?? deepestTrained());
    if (linked) open(linkedCell());
    document.documentElement.dataset.ready = "true";
  });
}

window.addEventListener("hashchange", () => {
  if (follow()) {
    drawAll();
    open(linkedCell());
  } else {
    drawAll();
  }
});
handle(open, () => {
  drawAll();
  remember();
});
notes.draw();
start();
