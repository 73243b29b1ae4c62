/** Every cell's measurement against its prediction, and whether the z-scores are those of chance. */
import * as agreement from "./agreement.js";
import * as charts from "./charts.js";
import * as colour from "./colour.js";
import { activations, at, propagation, renderer } from "./data.js";
import { maths, number, percent, shareOf } from "./format.js";
import * as normal from "./normal.js";
import * as quantities from "./quantities.js";
import * as saving from "./saving.js";
import { openCell, state } from "./state.js";
import { chart } from "./source.js";
import * as tooltip from "./tooltip.js";

const errors = await chart("errors");
const scatter = document.getElementById("scatter"), histogram = document.getElementById("histogram");
const GROUPS = activations.map((name, k) => ({ name, color: colour.category(k), symbol: colour.shape(k) }));

function drawScatter(quantity) {
  const points = propagation.filter((i) => at("z_" + quantity.id, i) !== null).map((i) => {
    const mean = at(quantity.id + "_mean", i), expected = at("expected_" + quantity.id, i);
    const score = at("z_" + quantity.id, i);
    return { cell: i, mean, expected, se: score === 0 ? 0 : (mean - expected) / score, group: at("activation", i) };
  });
  charts.of(scatter, renderer).setOption(
    agreement.scatter(points, GROUPS, quantity.label, (i) => tooltip.cell(i, quantity)), { notMerge: true });
}

const zScores = (quantity) => propagation.map((i) => at("z_" + quantity.id, i)).filter((v) => v !== null);

const drawHistogram = (quantity) => charts.of(histogram, renderer).setOption(
  agreement.histogram(agreement.binned(zScores(quantity)), quantity.label), { notMerge: true });

function drawShares() {
  const rows = quantities.list.filter((q) => q.hasZ).map((quantity) => {
    const scores = zScores(quantity).map(Math.abs).sort((a, b) => a - b);
    const share = (limit) => percent(scores.filter((v) => v <= limit).length / scores.length);
    return `<tr${quantity.id === state.quantity ? ' class="chosen"' : ""}><th scope="row">${maths(quantity.label)}</th>`
      + `<td>${scores.length}</td><td>${share(2)}</td><td>${share(4)}</td>`
      + `<td>${number(scores[Math.floor(scores.length / 2)], 2)}</td></tr>`;
  });
  document.getElementById("shares").innerHTML =
    '<thead><tr><th scope="col">cells within</th><th scope="col">cells</th><th scope="col">|z| ≤ 2</th><th scope="col">|z| ≤ 4</th><th scope="col">median |z|</th></tr></thead>'
    + `<tbody>${rows.join("")}<tr><th scope="row">by chance (normal)</th><td></td><td>${percent(normal.within(2))}</td><td>${percent(normal.within(4))}</td><td></td></tr></tbody>`;
}

export function draw(state) {
  const chosen = quantities.byId.get(state.quantity);
  const quantity = chosen.hasZ ? chosen : quantities.list.find((q) => q.hasZ);
  document.getElementById("compare").hidden = !quantity;
  if (!quantity) return;
  const scores = zScores(quantity);
  const near = shareOf(scores.filter((v) => Math.abs(v) <= 2).length / scores.length, scores.length);
  document.getElementById("compare-note").innerHTML = maths(
    `${quantity.label}` + (quantity === chosen ? "" : ` (${chosen.label} has no law at finite width)`)
    + `: |z| ≤ 2 in ${near}, of ${propagation.length}, where the first order in 1/n is enough.`
    + " z = (mean − expected at this width)/(expected sd/√replicates); bars are ± that standard error."
    + ` ${errors}`);
  drawScatter(quantity);
  drawHistogram(quantity);
  drawShares();
}

for (const [element, name] of [[scatter, "measured-predicted"], [histogram, "z"]]) {
  const caption = document.createElement("figcaption");
  caption.innerHTML = `<h3>${name === "z" ? "z-scores" : "Measured against expected"}</h3>`;
  caption.append(saving.button(() => charts.of(element, renderer), () => name + "-" + state.quantity));
  element.before(caption);
  charts.of(element, renderer).on("click", (hit) => {
    if (hit.data && hit.data.cell !== undefined) openCell(hit.data.cell);
  });
}
