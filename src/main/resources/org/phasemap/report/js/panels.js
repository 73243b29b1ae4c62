"use strict";
/** The maps of the chosen facets, an activation each. */
PM.panels = (() => {
  const { at, chosen, trainedBeside, activations } = PM.data;
  const host = document.getElementById("panels");
  let panels = [];

  const reader = {
    current: () => PM.state.cell,
    outline: (cell) => outline(cell),
    spoken: (cell) => PM.tooltip.spoken(cell, PM.quantities.byId.get(PM.state.quantity), PM.state.view),
  };

  function make(activation) {
    const figure = document.createElement("figure");
    figure.innerHTML = `<figcaption><h3></h3><span class="where"></span></figcaption>${PM.walk.FRAME}`;
    host.append(figure);
    const panel = { activation, names: { x: PM.data.x, y: PM.data.y }, figure };
    figure.querySelector("h3").textContent = activation;
    figure.querySelector("figcaption").append(PM.saving.button(() => panel.chart, () => activation + "-" + PM.state.quantity, () => PM.legend.bar(panel.scale, activation + ": ")));
    PM.walk.attach(panel, reader);
    panel.element.setAttribute("aria-label", `Map of ${activation}: ${PM.data.y} against ${PM.data.x}`);
    return panel;
  }

  function fill(panel, state, scale) {
    panel.cells = chosen(state.facets).filter((i) => at("activation", i) === panel.activation);
    panel.trained = trainedBeside(state.facets, panel.activation);
    panel.figure.hidden = panel.cells.length === 0;
    if (panel.figure.hidden) return;
    panel.x = PM.axes.through(PM.data.distinct(PM.data.x, panel.cells));
    panel.y = PM.axes.through(PM.data.distinct(PM.data.y, panel.cells), PM.data.y === "depth" ? { logarithmic: true, most: 10 } : {});
    panel.scale = scale;
    panel.figure.querySelector(".where").textContent = PM.crossings.note(panel);
    panel.chart.setOption(PM.heatmap.option(panel, state, scale), { notMerge: true });
  }

  function draw(state) {
    if (!panels.length) panels = activations.map(make);
    const column = PM.quantities.column(state.quantity, state.view);
    const kind = state.view === "z" ? "z" : PM.quantities.byId.get(state.quantity).kind;
    const measured = [state.quantity + "_mean", "theory_" + state.quantity];
    const columns = state.view === "z" ? [column] : measured;
    const values = columns.flatMap((name) =>
      PM.data.propagation.filter((i) => at("finite", i) > 0).map((i) => at(name, i)))
      .filter((v) => v !== null);
    const scale = PM.colour.scale(kind, values);
    panels.forEach((panel) => fill(panel, state, scale));
    outline(state.cell);
    PM.legend.draw(state, scale, panels);
  }

  /** Puts the frame around a cell, on the map that has it. */
  function outline(cell) {
    panels.filter((panel) => !panel.figure.hidden).forEach((panel) => PM.walk.outline(panel, cell));
  }

  return { draw, outline, all: () => panels };
})();
