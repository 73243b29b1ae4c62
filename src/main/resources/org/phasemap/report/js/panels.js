"use strict";
/** The maps of the chosen facets, an activation each, and how mouse and keyboard reach cells. */
PM.panels = (() => {
  const { at, chosen, trainedBeside, activations } = PM.data;
  const host = document.getElementById("panels");
  let panels = [];

  function make(activation, state) {
    const figure = document.createElement("figure");
    figure.innerHTML = '<figcaption><h3></h3><span class="where"></span></figcaption><div class="frame"><div class="chart" tabindex="0" role="application"></div><div class="outline" hidden></div></div>';
    host.append(figure);
    const element = figure.querySelector(".chart");
    const panel = { activation, names: { x: PM.data.x, y: PM.data.y }, element, figure, cursor: null };
    figure.querySelector("h3").textContent = activation;
    figure.querySelector("figcaption").append(PM.saving.button(() => panel.chart, () => activation + "-" + PM.state.quantity, () => PM.legend.bar(panel.scale, activation + ": ")));
    element.setAttribute("aria-label", `Map of ${activation}: ${PM.data.y} against ${PM.data.x}`);
    panel.chart = PM.charts.of(element, () => outline(PM.state.cell));
    panel.chart.on("click", (hit) => {
      if (hit.data && hit.data.cell !== undefined) PM.open(hit.data.cell);
    });
    element.addEventListener("keydown", (event) => key(panel, event));
    element.addEventListener("blur", () => panel.chart.dispatchAction({ type: "hideTip" }));
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
    if (!panels.length) panels = activations.map((activation) => make(activation, state));
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

  /** Puts the frame around a cell, over the chart so that saved figures are without it. */
  function outline(cell) {
    for (const panel of panels) {
      if (panel.figure.hidden) continue;
      const frame = panel.figure.querySelector(".outline");
      const place = cell === null ? -1 : panel.cells.indexOf(cell);
      frame.hidden = place < 0;
      if (frame.hidden) continue;
      const [x0, x1, y0, y1] = panel.boxes[place];
      const pixel = (x, y) => panel.chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [x, y]);
      const [left, bottom] = pixel(x0, y0), [right, top] = pixel(x1, y1);
      Object.assign(frame.style, {
        left: left + "px", top: top + "px", width: right - left + "px", height: bottom - top + "px",
      });
    }
  }

  /** The neighbour of a cell along x or y: the next value there, then the nearest on the other axis. */
  function neighbour(panel, cell, along, direction) {
    const across = along === PM.data.x ? PM.data.y : PM.data.x;
    const here = at(along, cell), there = at(across, cell);
    const ahead = panel.cells.filter((i) => (at(along, i) - here) * direction > 0);
    if (!ahead.length) return cell;
    return ahead.sort((a, b) =>
      Math.abs(at(across, a) - there) - Math.abs(at(across, b) - there)
        || Math.abs(at(along, a) - here) - Math.abs(at(along, b) - here))[0];
  }

  const MOVES = {
    ArrowLeft: [() => PM.data.x, -1], ArrowRight: [() => PM.data.x, 1],
    ArrowUp: [() => PM.data.y, 1], ArrowDown: [() => PM.data.y, -1],
  };

  function key(panel, event) {
    if (event.key === "Escape") {
      panel.chart.dispatchAction({ type: "hideTip" });
      panel.element.blur();
    } else if (event.key === "Enter" && panel.cursor !== null) {
      PM.open(panel.cursor);
    } else if (event.key in MOVES) {
      const [along, direction] = MOVES[event.key];
      const start = panel.cells.includes(panel.cursor) ? panel.cursor
        : panel.cells.includes(PM.state.cell) ? PM.state.cell : null;
      panel.cursor = start === null
        ? panel.cells[Math.floor(panel.cells.length / 2)]
        : neighbour(panel, start, along(), direction);
      outline(panel.cursor);
      const dataIndex = panel.order.indexOf(panel.cells.indexOf(panel.cursor));
      panel.chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex });
      const quantity = PM.quantities.byId.get(PM.state.quantity);
      document.getElementById("announcer").textContent =
        PM.tooltip.spoken(panel.cursor, quantity, PM.state.view);
    } else {
      return;
    }
    event.preventDefault();
  }

  return { draw, outline, all: () => panels };
})();
