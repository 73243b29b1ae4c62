/** What a cell is and what was found there, in words and numbers. */
import { at, called, severalArchitectures } from "./data.js";
import { maths, number, wilson, withError, withSpread, z } from "./format.js";
import * as quantities from "./quantities.js";
import * as trained from "./trained.js";

/** Exploded, vanished or failed where no replicate was finite; null for an ordinary cell. */
export function category(i) {
  if (at("finite", i) > 0 || at("task", i) !== "propagation") return null;
  if (at("exploded", i) > 0 && at("exploded", i) >= at("vanished", i)) return "exploded";
  return at("vanished", i) > 0 ? "vanished" : at("failed", i) > 0 ? "failed" : "not measured";
}

/** Whether some networks exploded or vanished: averages are of the others, and a corner says so. */
export const isPartlyFinite = (i) =>
  at("task", i) === "propagation" && at("finite", i) > 0 && at("exploded", i) + at("vanished", i) > 0;

const PHASES = {
  ordered: "ordered (χ₁ < 1)",
  critical: "critical (χ₁ = 1)",
  chaotic: "chaotic (χ₁ > 1)",
  unstable_eoc: "edge of chaos, but unstable: q* repels (χ_q > 1)",
  no_fixed_point: "no fixed point of q",
};
export const phase = (i) => PHASES[at("phase", i)] || at("phase", i) || "—";

/** One line that names a cell. */
export function name(i) {
  const multiplier = at("sigma_multiplier", i);
  const parts = [
    at("activation", i),
    severalArchitectures ? called("architecture", at("architecture", i)) : null,
    "L = " + at("depth", i),
    multiplier === null ? null : "σ multiplier " + number(multiplier),
    "σ_w² = " + number(at("sigma_w2", i)),
    at("keep_probability", i) < 1 ? "p = " + number(at("keep_probability", i)) : null,
    at("sigma_b2", i) > 0 ? "σ_b² = " + number(at("sigma_b2", i)) : null,
    "n = " + at("width", i),
  ];
  return parts.filter(Boolean).join(" · ");
}

const row = (label, value) => `<tr><td>${maths(label)}</td><td>${maths(value)}</td></tr>`;

export function cell(i, quantity) {
  const rows = [];
  if (quantity) {
    const label = quantity.label + (isPartlyFinite(i) ? ", networks with a value" : "");
    rows.push(row(label, withError(at(quantity.id + "_mean", i), at(quantity.id + "_se", i))));
    if (quantity.hasTheory) rows.push(row("theory, infinite width", number(at("theory_" + quantity.id, i))));
    if (quantity.hasZ) {
      rows.push(row("expected at n = " + at("width", i), withSpread(at("expected_" + quantity.id, i), at("expected_" + quantity.id + "_sd", i))));
      rows.push(row("z", z(at("z_" + quantity.id, i))));
    }
  }
  rows.push(row("χ₁ at layer L", number(at("theory_chi1", i))), row("phase", phase(i)));
  if (at("no_theory", i)) rows.push(row("not covered by theory", at("no_theory", i)));
  const finite = at("finite", i), count = at("replicates", i), failed = at("failed", i);
  const odd = ["exploded", "vanished"].filter((k) => at(k, i) > 0).map((k) => at(k, i) + " " + k);
  if (failed > 0) odd.push(failed + " failed");
  rows.push(row("replicates", `${finite} of ${count} finite` + (odd.length ? ", " + odd.join(", ") : "")));
  const kind = category(i);
  return `<div class="tip"><b>${maths(name(i))}</b>`
    + (kind ? `<div><b>${kind}</b></div>` : "") + `<table>${rows.join("")}</table></div>`;
}

/** Trained, stalled or diverged: what at least half of the networks did; failed where none ran. */
export function outcome(i) {
  if (!at("replicates", i)) return "failed";
  const trained = at("trained", i) ?? 0, count = at("replicates", i) || 1;
  if (trained / count >= 0.5) return "trained";
  return at("diverged", i) >= at("stalled", i) && at("diverged", i) > 0 ? "diverged" : "stalled";
}

export function training(i) {
  const count = at("replicates", i);
  const trained = at("trained", i) ?? 0;
  const [low, high] = wilson(trained, count).map((share) => Math.round(100 * share));
  return `<div class="tip"><b>${maths(name(i))}</b><table>`
    + row("trained", count ? `${trained} of ${count} networks (95 %: ${low} to ${high} %)` : "no network that did not fail")
    + row("stalled, diverged", `${at("stalled", i)}, ${at("diverged", i)}`)
    + row("training accuracy", withError(at("train_accuracy_mean", i), at("train_accuracy_se", i)))
    + row("test accuracy", withError(at("test_accuracy_mean", i), at("test_accuracy_se", i)))
    + row("final loss", withError(at("train_loss_mean", i), at("train_loss_se", i)))
    + row("steps, batch, rate", [at("steps", i), at("batch_size", i), number(at("learning_rate", i))].join(", "))
    + "</table><span class=\"soft\">click for the loss curves</span></div>";
}

/** For those who hear the page. */
export function spoken(i, quantity, view) {
  const value = at(quantities.column(quantity.id, view), i);
  return `${name(i)}: ${quantity.label}, ${quantities.VIEWS[view]} ${category(i) || number(value)}`;
}

/** The same of a trained one: what the map shows, and what became of its networks. */
export function spokenTraining(i, quantity) {
  const [label] = trained.QUANTITIES[quantity];
  return `${name(i)}: ${label} ${number(trained.value(quantity, i))}, ${outcome(i)}`;
}
