/** One cell: its layers, its networks beside the law that theory expects, its configuration, and how to run it again. */
import * as api from "./api.js";
import * as choices from "./choices.js";
import * as distributions from "./distributions.js";
import { announce, button, el, fill, menu, refill, say } from "./dom.js";
import { figure } from "./figure.js";
import * as filters from "./filters.js";
import { STATES, named, place } from "./numbers.js";
import { go, state } from "./state.js";
import { scroller, table } from "./twin.js";
import * as colour from "../colour.js";
import { counted, number, withError, withSpread, z } from "../format.js";
import * as losses from "../losses.js";
import * as profile from "../profile.js";

export const title = "Cell";
let parts = null;

export function mount(host) {
  const figures = {
    profiles: profile.CHARTS.map((chart) => figure(chart.title, { classes: "chart" })),
    networks: figure("Networks of the cell"), spectrum: figure("Squared singular values of the Jacobian"), losses: figure("Loss curves"),
  };
  const name = el("p", { class: "cell-name" }), note = el("p", { class: "note" }), quantity = el("span"), kernel = el("p", { class: "note kernel" });
  const numbers = scroller("Numbers of the cell"), configuration = scroller("Configuration of the cell"), replay = el("div", { class: "replay" });
  parts = { figures, name, note, numbers, configuration, replay, quantity, kernel, last: [] };
  fill(host, el("section", { "aria-labelledby": "view-title" },
    el("div", { class: "section-head" }, el("h2", { id: "view-title" }, title), name, note),
    el("div", { class: "profiles" }, ...figures.profiles.map(({ node }) => node)),
    el("form", { class: "controls", on: { submit: (event) => event.preventDefault() } }, quantity),
    el("div", { class: "pairs" }, figures.networks.node, figures.spectrum.node, figures.losses.node), kernel,
    el("div", { class: "tables" }, numbers, configuration), replay));
}

export const leave = () => { parts = null; };

/** Numbers that each network has: the share that trained is one of all. */
const ofNetworks = (info) => info.quantities.filter(({ id }) => id !== "p_trained");

/** The number whose distribution over networks is shown. */
function quantityOf(info) {
  const chosen = choices.quantityOf(info), all = ofNetworks(info);
  return all.includes(chosen) ? chosen : all[0] ?? chosen;
}

/** How many networks of a cell came to each end. */
const outcomes = (losses) => [...new Set(losses.map(({ category }) => category))]
  .map((kind) => `${losses.filter(({ category }) => category === kind).length} ${kind}`).join(", ");

/** The cell that the address names, or one in the middle of the map's, of those that theory has a law of where there are any. */
async function chosen(info) {
  if (state.cell) return state.cell;
  const { columns } = api.table(await api.chart(state.s, "map", choices.mapParameters(info)));
  const whole = columns.cell_id.map((id, k) => k).filter((k) => columns.cell_id[k] && columns.value[k] !== null);
  const lawful = whole.filter((k) => (columns.z?.[k] ?? null) !== null);
  return columns.cell_id[middle(lawful.length ? lawful : whole, columns)] ?? null;
}

/** Of some rows of a map the one nearest to its middle. */
function middle(rows, columns) {
  const offset = (name) => {
    const all = [...new Set(columns[name])].sort((a, b) => a - b), place = new Map(all.map((v, k) => [v, k / Math.max(1, all.length - 1)]));
    return (k) => Math.abs(place.get(columns[name][k]) - 0.5);
  };
  const x = offset("x"), y = offset("y");
  return rows.reduce((best, k) => (best === null || x(k) + y(k) < x(best) + y(best) ? k : best), null);
}

export async function draw({ info, wasLeft }) {
  const id = await chosen(info);
  if (wasLeft()) return;
  if (!id) {
    parts.note.textContent = "No cell matches the filter.";
    return;
  }
  const quantity = quantityOf(info);
  const [cell, networks] = await Promise.all([api.cell(state.s, id), ofNetworks(info).length ? api.replicates(state.s, id, { ...filters.task(), quantity: quantity.id }) : null]);
  if (wasLeft() || (parts.last[0] === cell && parts.last[1] === networks)) return;
  parts.last = [cell, networks];
  head(info, cell);
  layers(info, cell);
  distribution(info, quantity, cell, networks);
  spectrum(info, cell);
  kernel(cell);
  curves(info, cell);
  tables(cell, quantity, info);
}

function head(info, cell) {
  const told = filters.varying(info);
  say(parts.name, named(told.length ? told : info.axes, cell.configuration));
  fill(parts.note, `${cell.losses?.length ? outcomes(cell.losses) : STATES[cell.state] ?? cell.state} · cell `, el("code", {}, cell.cell_id), cell.reason ? ` · ${cell.reason}` : "",
    cell.no_theory ? ` · not covered by theory: ${cell.no_theory}` : "");
  refill(parts.quantity, choices.key(info), () => [menu("Networks by", ofNetworks(info).map(({ id, label }) => [id, label]), quantityOf(info).id, (q) => go({ q }), { name: "quantity" })]);
}

const files = (info, cell, part) => ({ about: [...choices.about(info), `cell: ${cell.cell_id}`], name: [info.name, cell.cell_id, part] });

/** What is drawn beside the mean of a profile. */
const explained = (all, { field }, gain) => ["band: ± 1 sd over networks",
  all["theory_" + field]?.some((v) => v !== null) ? "dashed: theory at infinite width" : "",
  all["expected_" + field]?.some((v) => v !== null) ? "dotted: expected ± 1 sd" : "",
  field === "g" && gain ? "bar: expected ± 1 sd" : ""].filter(Boolean).join("; ");

function layers(info, cell) {
  const of = cell.rows.find(({ quantity }) => quantity === "ln_gradient_gain");
  const gain = of && of.expected !== null && of.expected !== undefined ? { mean: of.expected, sd: of.band } : null;
  const { profile: all } = cell;
  parts.figures.profiles.forEach((shown, k) => {
    const chart = profile.CHARTS[k], has = all && all[chart.field]?.some((v) => v !== null);
    shown.node.hidden = !has;
    if (!has) return;
    shown.show({
      option: () => profile.option(all, chart, { width: cell.configuration.width, gain }),
      label: `${chart.title} by layer: measured and predicted`, where: explained(all, chart, gain),
      table: {
        caption: chart.title, rows: all.l.map((_, i) => i),
        columns: [["layer", (i) => all.l[i]], ["mean", (i) => all[chart.field][i]], ["sd", (i) => all[chart.field + "_sd"]?.[i]], ["theory", (i) => all["theory_" + chart.field]?.[i]]],
      },
      ...files(info, cell, "profile-" + chart.field),
    });
  });
}

function distribution(info, quantity, cell, networks) {
  const shown = parts.figures.networks;
  shown.node.hidden = !networks?.values?.length;
  if (shown.node.hidden) return;
  const law = networks.law ? `; expected ${withSpread(networks.law.mean, networks.law.sd)}` : "; theory has no law of it at this width";
  shown.show({
    option: () => distributions.option(networks, quantity.label), label: `Distribution of ${quantity.label} over ${counted(networks.values.length, "network")}`,
    where: `${counted(networks.values.length, "network")}, mean ${withError(networks.mean, networks.error)}${law}`,
    table: { caption: quantity.label, rows: networks.values, columns: [["value", (v) => v]] },
    ...files(info, cell, quantity.id),
  });
}

function spectrum(info, cell) {
  const shown = parts.figures.spectrum, all = cell.eigenvalues ?? [];
  shown.node.hidden = !all.length;
  if (!all.length) return;
  shown.show({
    option: () => distributions.spectra(all), label: `Spectra of ${counted(all.length, "network")}`, where: `${counted(all.length, "network")}, the largest first`,
    table: { caption: "Spectra", rows: all.flatMap(({ replicate, values }) => values.map((v, k) => [replicate, k + 1, v])), columns: [["network", (r) => r[0]], ["rank", (r) => r[1]], ["value", (r) => r[2]]] },
    ...files(info, cell, "spectrum"),
  });
}

/** What a reader would look for beside the Jacobian's spectrum. */
const KERNEL = "Of the tangent kernel's eigenvalues the tables keep the least, the largest and their ratio, each as a mean over networks; "
  + "they are among the numbers below. The others are not kept. At infinite width, inputs that are all equally alike have no others.";

function kernel(cell) {
  parts.kernel.textContent = cell.rows.some(({ quantity }) => quantity.startsWith("ln_ntk_lambda")) ? KERNEL : "";
}

function curves(info, cell) {
  const shown = parts.figures.losses, all = cell.losses ?? [];
  shown.node.hidden = !all.length;
  if (!all.length) return;
  shown.show({
    option: () => losses.option(all.map((curve, k) => ({ ...curve, color: losses.COLOUR[curve.category] ?? colour.category(k) })), cell.configuration.loss),
    label: "Loss of each network against steps", where: outcomes(all),
    table: { caption: "Last losses", rows: all, columns: [["network", (c) => c.r], ["outcome", (c) => c.category], ["last step", (c) => c.step.at(-1)], ["loss", (c) => c.loss.at(-1)]] },
    ...files(info, cell, "losses"),
  });
}

function tables(cell, quantity, info) {
  const isKnown = (...names) => cell.rows.some((row) => names.some((name) => row[name] !== null && row[name] !== undefined));
  const far = (row) => (row.z === null || row.z === undefined ? "" : z(row.z));
  fill(parts.numbers, table([
    [cell.losses?.length ? "number" : "at layer L", (r) => r.label], ["measured ± se", (r) => withError(r.mean, r.error)], ["networks", (r) => r.n],
    ...(isKnown("theory") ? [["infinite width", (r) => number(r.theory)]] : []),
    ...(isKnown("expected", "z") ? [["expected at this width", (r) => withSpread(r.expected ?? null, r.band ?? null)], ["z", far]] : []),
  ], cell.rows, "Numbers"));
  const chosenRow = cell.rows.findIndex((row) => row.quantity === quantity.id);
  parts.numbers.querySelectorAll("tbody tr")[chosenRow]?.classList.add("chosen");
  const symbol = (column) => info.axes.find((axis) => axis.column === column)?.label ?? column;
  fill(parts.configuration, table([["axis", ([column]) => symbol(column)], ["value", ([, v]) => place(v)]], Object.entries(cell.configuration), "Configuration"));
  const command = el("code", {}, cell.replay);
  fill(parts.replay, el("p", { class: "note" }, "Run this cell again and compare it bit for bit:"), command, button("Copy", async () => {
    await navigator.clipboard.writeText(cell.replay);
    announce("The command is copied.");
  }, { "aria-label": "Copy the command" }));
}
