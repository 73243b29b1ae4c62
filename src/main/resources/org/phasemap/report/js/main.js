"use strict";
/** The state of the page and what changes it: controls, clicks, and the address. */
(() => {
  const { at, facets, propagation, indexOf } = PM.data;

  PM.state = {
    quantity: PM.quantities.byId.has("ln_gradient_gain") ? "ln_gradient_gain" : (PM.quantities.list[0] || {}).id,
    view: "mean",
    facets: Object.fromEntries(facets.map((f) => [f.name, f.values[0]])),
    overlays: { boundaries: true, edge: true, scales: false, zero: false, training: true, phases: true },
    cell: null,
  };

  /** A cell fairly high up near the edge of chaos, with bands if there are any: what one looks at first. */
  function firstCell() {
    const cells = PM.data.chosen(PM.state.facets).filter((i) => at("finite", i) > 0);
    const rows = PM.data.distinct(PM.data.y, cells);
    const row = rows[Math.floor(rows.length * 0.7)];
    const distance = (i) => Math.abs(Math.log(at("theory_chi1", i) ?? Infinity));
    const bare = (i) => at("expected_ln_q", i) === null;
    return cells.filter((i) => at(PM.data.y, i) === row)
      .sort((a, b) => bare(a) - bare(b) || distance(a) - distance(b))[0] ?? null;
  }

  /** The deepest cell whose networks trained: the most telling loss curves. */
  const deepestTrained = () => [...PM.data.training].sort((a, b) =>
    (PM.tooltip.outcome(b) === "trained") - (PM.tooltip.outcome(a) === "trained")
      || at("depth", b) - at("depth", a))[0];

  function remember() {
    const { quantity, view, cell } = PM.state;
    const parts = new URLSearchParams();
    if (cell !== null) parts.set("cell", at("cell_id", cell));
    if (quantity !== "ln_gradient_gain") parts.set("quantity", quantity);
    if (view !== "mean") parts.set("view", view);
    history.replaceState(null, "", "#" + parts);
  }

  /** Leaves what is below the fold until the maps are on the screen. */
  const idle = (work) => (window.requestIdleCallback || setTimeout)(work, { timeout: 300 });

  function drawAll() {
    document.getElementById("quantity-note").innerHTML =
      PM.format.maths(PM.quantities.byId.get(PM.state.quantity).note);
    PM.controls.show(PM.state);
    PM.panels.draw(PM.state);
    PM.profile.draw(PM.state.cell);
    idle(() => PM.compare.draw(PM.state));
  }

  PM.update = (changes) => {
    Object.assign(PM.state, changes);
    drawAll();
    remember();
  };

  /** Shows the layers of a cell, or the loss curves of a trained one. */
  PM.open = (cell) => {
    if (at("task", cell) === "training") {
      PM.training.open(cell);
      document.getElementById("training").scrollIntoView({ block: "nearest" });
      return;
    }
    PM.state.cell = cell;
    PM.profile.draw(cell);
    PM.panels.outline(cell);
    const trained = PM.training.beside(cell);
    if (trained !== null) PM.training.open(trained);
    document.getElementById("cell").scrollIntoView({ block: "nearest" });
    remember();
  };

  const linkedCell = () => indexOf.get(new URLSearchParams(location.hash.slice(1)).get("cell"));

  /** Follows #cell=…&quantity=…&view=…; returns whether it named a cell. */
  function follow() {
    const address = new URLSearchParams(location.hash.slice(1));
    const quantity = address.get("quantity"), view = address.get("view");
    if (PM.quantities.byId.has(quantity)) PM.state.quantity = quantity;
    if (view in PM.quantities.VIEWS && PM.quantities.allows(PM.state.quantity, view)) PM.state.view = view;
    const cell = linkedCell();
    if (cell === undefined) return false;
    if (at("task", cell) === "propagation") {
      PM.state.cell = cell;
      for (const facet of facets) PM.state.facets[facet.name] = at(facet.name, cell);
    }
    return true;
  }

  function start() {
    if (!propagation.length) {
      ["diagram", "cell", "compare"].forEach((id) => { document.getElementById(id).hidden = true; });
      PM.training.draw(linkedCell() ?? deepestTrained());
      document.documentElement.dataset.ready = "true";
      return;
    }
    const linked = follow();
    if (PM.state.cell === null) PM.state.cell = firstCell();
    drawAll();
    idle(() => {
      const trained = PM.state.cell === null ? null : PM.training.beside(PM.state.cell);
      PM.training.draw(trained ?? deepestTrained());
      if (linked) PM.open(linkedCell());
      document.documentElement.dataset.ready = "true";
    });
  }

  window.addEventListener("hashchange", () => {
    if (follow()) {
      drawAll();
      PM.open(linkedCell());
    } else {
      drawAll();
    }
  });
  start();
})();
