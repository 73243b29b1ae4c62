/** The section on one cell: its layers, and its numbers beside both predictions. */
import * as charts from "./charts.js";
import { at, renderer } from "./data.js";
import { escape, maths, number, withError, withSpread, z } from "./format.js";
import * as profiles from "./profile.js";
import * as quantities from "./quantities.js";
import * as saving from "./saving.js";
import { ofCell } from "./source.js";
import { state } from "./state.js";
import { theme } from "./theme.js";
import * as tooltip from "./tooltip.js";

const host = document.getElementById("profiles");

const elements = profiles.CHARTS.map(({ field, title }) => {
  const figure = document.createElement("figure");
  figure.innerHTML = `<figcaption><h3>${title}</h3></figcaption><div class="chart" data-profile="${field}"></div>`;
  host.append(figure);
  const element = figure.querySelector(".chart");
  figure.querySelector("figcaption").append(
    saving.button(() => charts.of(element, renderer), () => "profile-" + field));
  return element;
});

function table(i) {
  const rows = quantities.list.map((quantity) => {
    const zValue = quantity.hasZ ? at("z_" + quantity.id, i) : null;
    return `<tr${quantity.id === state.quantity ? ' class="chosen"' : ""}><th scope="row">${maths(quantity.label)}</th>`
      + `<td>${withError(at(quantity.id + "_mean", i), at(quantity.id + "_se", i))}</td>`
      + `<td>${quantity.hasTheory ? number(at("theory_" + quantity.id, i)) : ""}</td>`
      + `<td>${quantity.hasZ ? withSpread(at("expected_" + quantity.id, i), at("expected_" + quantity.id + "_sd", i)) : ""}</td>`
      + `<td${Math.abs(zValue) > 4 ? ' class="far"' : ""}>${quantity.hasZ ? z(zValue) : ""}</td></tr>`;
  });
  document.getElementById("cell-table").innerHTML =
    `<thead><tr><th scope="col">at layer L</th><th scope="col">measured ± se</th><th scope="col">infinite width</th><th scope="col">expected, n = ${at("width", i)}</th><th scope="col">z</th></tr></thead>`
    + `<tbody>${rows.join("")}</tbody>`;
}

const legend = (i) =>
  `<br><span style="color:${theme.measured}">▬ measured, mean; band ± 1 sd over replicates</span> &ensp; <span style="color:${theme.theory}">╌╌ theory, infinite width; dotted band or bar: expected ± 1 sd at n = ${at("width", i)}</span>`
  + (at("expected_ln_q", i) === null ? " (none: no first order in 1/n is known, or it is not enough)" : "");

export async function draw(i) {
  const note = document.getElementById("cell-note");
  document.getElementById("cell").hidden = i === null;
  if (i === null) return;
  const failed = at("failed", i);
  const about = `<b>${maths(tooltip.name(i))}</b> · ${maths(tooltip.phase(i))} · `
    + `${at("finite", i)} of ${at("replicates", i)} replicates finite${failed > 0 ? `, ${failed} failed` : ""} · `
    + `cell <code>${escape(at("cell_id", i))}</code>`
    + (at("no_theory", i) ? ` · not covered by theory: ${escape(at("no_theory", i))}` : "");
  note.innerHTML = about;
  table(i);
  const profile = await ofCell("profiles", i);
  if (i !== state.cell) return; // Another was opened meanwhile.
  host.hidden = profile === null;
  if (profile === null) return;
  note.innerHTML = about + legend(i);
  const mean = at("expected_ln_gradient_gain", i), sd = at("expected_ln_gradient_gain_sd", i);
  const here = { width: at("width", i), gain: mean === null ? null : { mean, sd } };
  elements.forEach((element, k) =>
    charts.of(element, renderer).setOption(profiles.option(profile, profiles.CHARTS[k], here), { notMerge: true }));
}
