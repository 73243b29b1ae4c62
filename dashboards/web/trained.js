/** The trained cells as maps: depth against σ, one for each combination of the other axes. */
import { activations, at, called, distinct, placeOf, symbol, training } from "./data.js";
import * as format from "./format.js";
import { number } from "./format.js";
import { chart } from "./source.js";

const fitted = await chart("trained");

/** σ-multiplier where every trained cell has one, σ_w² otherwise. */
export const x = training.every((i) => at("sigma_multiplier", i) !== null) ? "sigma_multiplier" : "sigma_w2";

export const QUANTITIES = {
  p_trained: ["P(trained)", "share of the networks whose training accuracy reached the threshold"],
  train_accuracy: ["training accuracy", "mean over the networks, after the last step"],
  test_accuracy: ["test accuracy", "mean over the networks, after the last step"],
};
const share = (i) => (at("replicates", i) ? (at("trained", i) ?? 0) / at("replicates", i) : null);
export const value = (quantity, i) => (quantity === "p_trained" ? share(i) : at(quantity + "_mean", i));

/** 95 % interval of a share, one standard error about a mean. */
export function interval(quantity, i) {
  if (quantity === "p_trained") return format.wilson(at("trained", i) ?? 0, at("replicates", i));
  const mean = at(quantity + "_mean", i), se = at(quantity + "_se", i) ?? 0;
  return [mean - se, mean + se];
}

const varying = (name) => new Set(fitted.map((map) => map.configuration[name])).size > 1;
const part = (name, v) =>
  typeof v !== "number" ? String(called(name, v) ?? "no " + symbol(name)) : `${symbol(name)} ${number(v)}`;

/** What tells a map from the others; its activation where there is only one. */
const label = ({ configuration }) => Object.keys(configuration)
  .filter((name) => varying(name) || (name === "activation" && !varying("init")))
  .map((name) => part(name, configuration[name])).join(" · ");

const belongs = (map) => (i) =>
  Object.entries(map.configuration).every(([name, v]) => at(name, i) === v);
export const maps = fitted.map((map) => ({
  ...map, label: label(map), cells: training.filter(belongs(map)),
})).sort((a, b) => activations.indexOf(a.configuration.activation) - activations.indexOf(b.configuration.activation)
  || placeOf(a.configuration.architecture) - placeOf(b.configuration.architecture) || a.cells[0] - b.cells[0]);
export const mapOf = (i) => maps.find((map) => map.cells.includes(i)) ?? null;

const SCALED = ["sigma_multiplier", "sigma_w2", "sigma_b2"];
export const columnOf = (map, i) =>
  map.columns.find((column) => SCALED.every((name) => column[name] === at(name, i)));

/** Maps by bias variance, which is no axis of theirs. */
export const parts = maps.flatMap((map) => distinct("sigma_b2", map.cells).map((sigmaB2, k, all) => ({
  map,
  label: map.label + (all.length > 1 ? " · σ_b² = " + number(sigmaB2) : ""),
  cells: map.cells.filter((i) => at("sigma_b2", i) === sigmaB2),
  columns: map.columns.filter((column) => column.sigma_b2 === sigmaB2),
  scale: map.scales.find((scale) => scale.sigma_b2 === sigmaB2)?.xi_c ?? [],
})));

/** The cells of all maps at the place of one: what else was tried there. */
export const counterparts = (cell) => maps.flatMap((map) => map.cells.filter((i) =>
  ["depth", x, "sigma_b2"].every((name) => at(name, i) === at(name, cell))).slice(0, 1));

export const SIDES = { ordered: "#0072b2", chaotic: "#d55e00" };
