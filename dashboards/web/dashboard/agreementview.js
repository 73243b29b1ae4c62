/** Theory against measurement: every cell, the law of z, and the cells that are farthest off. */
import * as api from "./api.js";
import * as choices from "./choices.js";
import { el, fill, menu, refill, say } from "./dom.js";
import { figure } from "./figure.js";
import * as filters from "./filters.js";
import { figures as rowsOf, leftOut, named, tip } from "./numbers.js";
import { go, link, state } from "./state.js";
import { scroller } from "./twin.js";
import * as agreement from "../agreement.js";
import * as colour from "../colour.js";
import { counted, number, percent, shareOf, z } from "../format.js";
import * as normal from "../normal.js";
import { theme } from "../theme.js";

export const title = "Theory against measurement";
let parts = null;

export function mount(host) {
  const open = (hit) => hit.data?.cell !== undefined && openCell(hit.data.cell);
  const scatter = figure("Measured against expected", { open }), scores = figure("z-scores");
  const controls = el("form", { class: "controls", on: { submit: (event) => event.preventDefault() } });
  const note = el("p", { class: "note" }), worst = scroller("The cells that are farthest off"), left = el("p", { class: "note left-out" });
  const charts = el("div", { class: "pairs" }, scatter.node, scores.node), far = el("div", {}, el("h3", {}, "The cells that are farthest off"), worst);
  parts = { scatter, scores, controls, note, worst, left, scored: [charts, far], last: null, shown: null };
  fill(host, el("section", { "aria-labelledby": "view-title" },
    el("div", { class: "section-head" }, el("h2", { id: "view-title" }, title), note), controls, charts, left, far));
}

export const leave = () => { parts = null; };

function openCell(k) {
  const id = parts.shown.table.columns.cell_id[k];
  if (id) go({ view: "cell", cell: id, q: parts.shown.quantity.id });
}

const withLaw = (info) => info.quantities.filter(({ theory }) => theory === "band");

export async function draw({ info, wasLeft }) {
  const all = withLaw(info), chosen = choices.quantityOf(info), quantity = all.includes(chosen) ? chosen : all[0];
  if (!quantity) {
    parts.note.textContent = "Nothing that this sweep measured has a law at finite width.";
    return;
  }
  refill(parts.controls, choices.key(info), () => [menu("Quantity", all.map(({ id, label }) => [id, label]), quantity.id, (q) => go({ q }), { name: "quantity" })]);
  const parameters = { ...filters.parameters(), quantity: quantity.id };
  const answer = await api.chart(state.s, "agreement", parameters);
  if (wasLeft() || answer === parts.last) return;
  parts.last = answer;
  parts.shown = { table: api.table(answer.scatter), quantity };
  parts.scored.forEach((node) => { node.hidden = answer.n === 0; });
  say(parts.left, leftOut(answer));
  if (answer.n === 0) {
    parts.note.textContent = `${quantity.label}: none of these cells has a z.`;
    return;
  }
  parts.note.textContent = `${quantity.label}: |z| ≤ 2 in ${shareOf(answer.within_2, answer.n)} (by chance ${percent(normal.within(2))}); `
    + `mean z ${z(answer.mean)}, sd ${number(answer.sd, 3)} (1 by chance)`
    + (answer.ks === null || answer.ks === undefined ? "" : `; Kolmogorov–Smirnov distance to the normal ${number(answer.ks, 2)}`) + ".";
  const numbers = { sweep: state.s, chart: "agreement", parameters }, files = (part) => ({ about: choices.about(info), name: [info.name, part, quantity.id], numbers });
  drawScatter(info, quantity, files("measured-expected"));
  drawScores(quantity, answer, files("z"));
  drawWorst(info, answer, quantity);
}

function drawScatter(info, quantity, files) {
  const { columns, size } = parts.shown.table, expected = columns.expected ?? columns.theory;
  const row = (k) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[k]]));
  const rows = Array.from({ length: size }, (_, k) => k);
  const group = columns.activation ?? new Array(size).fill("cells"), order = choices.axisOf(info, "activation")?.values ?? [];
  const groups = [...new Set(group)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const points = rows.map((k) => ({ cell: k, expected: expected[k], mean: columns.mean[k], se: columns.z[k] ? Math.abs((columns.mean[k] - expected[k]) / columns.z[k]) : 0, group: group[k] }));
  parts.scatter.show({
    option: () => agreement.scatter(points, groups.map((name, k) => ({ name, color: groups.length > 1 ? colour.category(k, theme.dark) : theme.measured, symbol: colour.shape(k) })), quantity.label,
      (k) => tip(named(info.axes, row(k)) || row(k).cell_id, rowsOf({ ...row(k), expected: expected[k], theory: null }, quantity), "click for the cell")),
    points: size, label: `Measured ${quantity.label} of ${counted(size, "cell")} against what is expected at their width`,
    where: "line: measured = expected; bars: ± 1 standard error as theory has it",
    table: { caption: quantity.label, rows, columns: [["cell", (k) => columns.cell_id[k]], ["expected", (k) => expected[k]], ["measured", (k) => columns.mean[k]], ["standard error", (k) => columns.error[k]], ["z", (k) => columns.z[k]]] },
    ...files,
  });
}

function drawScores(quantity, { histogram }, files) {
  parts.scores.show({
    option: () => agreement.histogram(histogram, quantity.label), label: `Cells by z of ${quantity.label}, beside the standard normal law`,
    table: { caption: "Cells by z", rows: histogram.counts.map((count, k) => [histogram.edges[k], histogram.edges[k + 1], count]), columns: [["z from", (r) => r[0]], ["to", (r) => r[1]], ["cells", (r) => r[2]]] },
    ...files,
  });
}

function drawWorst(info, { worst }, quantity) {
  fill(parts.worst, el("table", { class: "numbers" },
    el("thead", {}, el("tr", {}, ...["cell", "z", "why"].map((heading) => el("th", { scope: "col", class: heading === "why" ? "text" : "" }, heading)))),
    el("tbody", {}, ...worst.map((row) => {
      const target = { view: "cell", cell: row.cell_id, q: quantity.id };
      const name = named(info.axes, row.configuration) || row.cell_id;
      return el("tr", {}, el("th", { scope: "row" }, el("a", { href: link(target), maths: name, on: { click: (event) => { event.preventDefault(); go(target); } } })),
        el("td", { class: Math.abs(row.z) > 4 ? "far" : "" }, z(row.z)), el("td", { class: "text", maths: row.reason ?? "" }));
    }))));
}
