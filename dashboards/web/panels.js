/** The maps of the chosen facets, an activation each. */
import * as axes from "./axes.js";
import * as colour from "./colour.js";
import * as crossings from "./crossings.js";
import * as curves from "./curves.js";
import * as data from "./data.js";
import { at, chosen, trainedBeside } from "./data.js";
import * as map from "./map.js";
import * as legend from "./maplegend.js";
import { maths, number } from "./format.js";
import * as quantities from "./quantities.js";
import * as saving from "./saving.js";
import { openCell, state } from "./state.js";
import * as tooltip from "./tooltip.js";
import * as walk from "./walk.js";

const host = document.getElementById("panels");
let panels = [];

export const all = () => panels;

const reader = {
  current: () => state.cell,
  outline: (cell) => outline(cell),
  open: openCell,
  spoken: (cell) => tooltip.spoken(cell, quantities.byId.get(state.quantity), state.view),
};

/** What a value on an axis is called; some say by themselves what they are. */
const named = ([name, value]) =>
  (data.speaks(name) ? data.called(name, value) : `${data.symbol(name)} = ${typeof value === "number" ? number(value) : value}`);

function make(split) {
  const figure = document.createElement("figure");
  figure.innerHTML = `<figcaption><h3></h3><span class="where"></span></figcaption>${walk.FRAME}`;
  host.append(figure);
  const names = { x: data.x, y: data.y };
  const title = Object.entries(split).map(named).join(", ");
  const panel = { split, names, figure, place: (axis, i) => at(names[axis], i) };
  figure.querySelector("h3").innerHTML = maths(title);
  figure.querySelector("figcaption").append(saving.button(() => panel.chart, () => title + "-" + state.quantity, () => legend.bar(panel.scale, title + ": ")));
  walk.attach(panel, reader, data.renderer);
  panel.element.setAttribute("aria-label", data.areLines ? `${title}: lines along ${data.x}` : `Map of ${title}: ${data.y} against ${data.x}`);
  return panel;
}

function fill(panel, state, scale) {
  panel.cells = chosen(state.facets).filter((i) => Object.entries(panel.split).every(([name, value]) => at(name, i) === value) && at(data.x, i) !== null && at(data.y, i) !== null);
  panel.figure.hidden = panel.cells.length === 0;
  if (panel.figure.hidden) return;
  panel.activation = at("activation", panel.cells[0]);
  panel.trained = data.areLines ? [] : trainedBeside({ ...state.facets, ...panel.split }, panel.activation);
  if (data.areLines) {
    curves.draw(panel, state);
    return;
  }
  panel.x = axes.through(data.distinct(data.x, panel.cells));
  panel.y = axes.through(data.distinct(data.y, panel.cells), data.y === "depth" ? { logarithmic: true, most: 10 } : {});
  panel.scale = scale;
  panel.figure.querySelector(".where").innerHTML = maths(crossings.note(panel));
  panel.chart.setOption(map.option(panel, state, scale), { notMerge: true });
}

export function draw(state) {
  if (!panels.length) panels = data.drawn.map(make);
  const column = quantities.column(state.quantity, state.view);
  const kind = state.view === "z" ? "z" : quantities.byId.get(state.quantity).kind;
  const measured = [state.quantity + "_mean", "theory_" + state.quantity];
  const columns = state.view === "z" ? [column] : measured;
  const values = columns.flatMap((name) =>
    data.propagation.filter((i) => at("finite", i) > 0).map((i) => at(name, i)))
    .filter((v) => v !== null);
  const scale = colour.scale(kind, values);
  panels.forEach((panel) => fill(panel, state, scale));
  outline(state.cell);
  if (data.areLines) {
    document.getElementById("diagram-title").innerHTML = maths(`${quantities.byId.get(state.quantity).label} along ${data.label(data.x)}`);
    document.getElementById("legend").hidden = true;
  } else {
    legend.draw(state, scale, panels);
  }
}

/** Puts the frame around a cell, on the map that has it. */
export function outline(cell) {
  panels.filter((panel) => !panel.figure.hidden).forEach((panel) => walk.outline(panel, cell));
}
