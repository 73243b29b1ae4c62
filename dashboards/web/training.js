/** The section on training: what its maps show, which map is collapsed, whose losses are drawn. */
import * as charts from "./charts.js";
import * as collapse from "./collapse.js";
import * as colour from "./colour.js";
import * as data from "./data.js";
import { at, distinct, propagation, training } from "./data.js";
import * as format from "./format.js";
import { escape, number } from "./format.js";
import * as legend from "./legend.js";
import * as losses from "./losscurves.js";
import * as saving from "./saving.js";
import { openCell } from "./state.js";
import * as tooltip from "./tooltip.js";
import * as trained from "./trained.js";
import { QUANTITIES, maps, parts } from "./trained.js";
import * as trainedMap from "./trainedmap.js";
import * as walk from "./walk.js";

const form = document.getElementById("training-controls");
const host = document.getElementById("trained-maps");
const state = { quantity: "p_trained", map: 0, cell: null };
const scale = colour.scale("share", [0, 1]);
const panels = [];

const KEYS = ["activation", "depth", data.x, ...data.beside];
const key = (i) => KEYS.map((name) => at(name, i)).join("|");

/** The trained cell at a propagation cell's place, if there is one. */
export const beside = (i) => training.find((t) => key(t) === key(i)) ?? null;

const reader = {
  current: () => state.cell,
  outline: (cell) => outline(cell),
  open: openCell,
  spoken: (cell) => tooltip.spokenTraining(cell, state.quantity),
};

const title = () => `${QUANTITIES[state.quantity][0]}`;

function options(name, label, entries) {
  const field = document.createElement("label");
  field.className = "field";
  field.innerHTML = `${escape(label)} <select name="${name}">` + entries.map(([value, text]) =>
    `<option value="${escape(value)}">${escape(text)}</option>`).join("") + "</select>";
  form.append(field);
}

function build() {
  options("trained-quantity", "Quantity", Object.entries(QUANTITIES).map(([id, [label]]) => [id, label]));
  if (maps.length > 1) options("collapsed", "Collapse of", maps.map((map, k) => [k, map.label]));
  form.addEventListener("change", () => {
    const chosen = new FormData(form);
    state.quantity = chosen.get("trained-quantity");
    state.map = Number(chosen.get("collapsed") ?? 0);
    drawMaps();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const part of parts) {
    const figure = document.createElement("figure");
    figure.innerHTML = `<figcaption><h3></h3></figcaption>${walk.FRAME}`;
    host.append(figure);
    const panel = { ...trainedMap.panelOf(part), figure };
    figure.querySelector("h3").innerHTML = format.maths(part.label);
    figure.querySelector("figcaption").append(saving.button(
      () => panel.chart, () => "trained-" + part.label + "-" + state.quantity,
      () => legend.titled(scale, part.label + ": " + title())));
    walk.attach(panel, reader, data.renderer);
    panel.element.setAttribute("aria-label", `Training of ${part.label}: depth against ${trained.x}`);
    panels.push(panel);
  }
}

function outline(cell) {
  panels.forEach((panel) => walk.outline(panel, cell));
}

function drawMaps() {
  for (const panel of panels) panel.chart.setOption(trainedMap.option(panel, state.quantity, scale), { notMerge: true });
  outline(state.cell);
  document.getElementById("trained-legend").innerHTML = legend.shown(scale, title(), "")
    + `<div class="keys-list">${trainedMap.legend(panels)}</div>`;
  collapse.draw(maps[state.map], state.quantity);
}

/** Loss curves of a trained cell, and the collapse of its map. */
export function open(i) {
  const map = maps.indexOf(trained.mapOf(i));
  if (map >= 0 && map !== state.map) {
    state.map = map;
    form.elements.collapsed.value = String(map);
    collapse.draw(maps[map], state.quantity);
  }
  state.cell = i;
  outline(i);
  losses.draw(i);
}

function note() {
  const every = (name) => distinct(name, training).map((v) => (typeof v === "number" ? number(v) : v)).join(", ");
  const rate = every("learning_rate") || every("critical_fraction") + " of the critical one";
  return `${format.counted(training.length, "cell")} of width ${every("width")} on ${every("input")}: ${every("steps")} steps of ${every("optimiser") || "SGD"}, `
    + `batch ${every("batch_size")}, rate ${rate}; trained from a training accuracy of ${every("accuracy_threshold")}.`;
}

export function draw(i) {
  if (!maps.length) return;
  document.getElementById("training").hidden = false;
  document.getElementById("training-note").textContent = note();
  if (!panels.length) build();
  drawMaps();
  open(i);
}

for (const [id, name] of [["collapse", "Collapse"], ["losses", "Loss curves"]]) {
  const element = document.getElementById(id), caption = document.createElement("figcaption");
  caption.innerHTML = `<h3>${name}</h3><span class="where"></span>`;
  caption.append(saving.button(() => charts.of(element, data.renderer), () => id));
  element.before(caption);
}
charts.of(document.getElementById("collapse"), data.renderer).on("click", (hit) => {
  if (hit.data && hit.data.cell !== undefined) openCell(hit.data.cell);
});
