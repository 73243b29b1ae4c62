/** The loss curves of a trained cell, or of the cells of all maps at its place. */
import * as charts from "./charts.js";
import * as colour from "./colour.js";
import { at, renderer } from "./data.js";
import { escape, maths } from "./format.js";
import * as losses from "./losses.js";
import { ofCell } from "./source.js";
import * as tooltip from "./tooltip.js";
import * as trained from "./trained.js";

const chart = document.getElementById("losses");

/** Curves of the cells, each with what colours it: its outcome, or its map where there are several. */
async function curvesOf(cells) {
  const all = await Promise.all(cells.map((i) => ofCell("curves", i)));
  return cells.flatMap((i, k) => (all[k] ?? []).map((curve) => ({
    ...curve,
    ...(cells.length > 1
      ? { group: trained.mapOf(i).label, color: colour.category(k) }
      : { color: losses.COLOUR[curve.category] }),
  })));
}

const summary = (cell, curves) => maths(tooltip.name(cell)) + " · "
  + [...new Set(curves.map((curve) => curve.category))].map((kind) =>
    `<b style="color:${losses.COLOUR[kind]}">${curves.filter((c) => c.category === kind).length} ${escape(kind)}</b>`).join(", ");

let current = null;

export async function draw(cell) {
  current = cell;
  const together = trained.counterparts(cell);
  const cells = together.length > 1 && together.length <= colour.CATEGORY_COUNT ? together : [cell];
  const curves = await curvesOf(cells), own = await curvesOf([cell]);
  if (cell !== current) return; // Another was opened meanwhile.
  charts.of(chart, renderer).setOption(losses.option(curves, at("loss", cell)), { notMerge: true });
  chart.previousElementSibling.querySelector(".where").innerHTML = summary(cell, own);
}
