"use strict";
/** What the maps can show, and how each is coloured. */
PM.quantities = (() => {
  const { columns } = PM.data;
  const KNOWN = [
    ["ln_gradient_gain", "ln gradient gain", "ln ‖∂f/∂z₁‖² / ‖∂f/∂z_L‖²: < 0 vanishes, > 0 explodes on the way back", "gain"],
    ["ln_q", "ln q_L", "ln of the mean square of the last hidden layer’s pre-activations", "gain"],
    ["c", "correlation c_L", "mean cosine of two inputs at the last hidden layer; 1 = alike", "share"],
    ["ln_ntk_scale", "ln NTK scale", "ln(tr Θ / m), NTK parameterisation", "gain"],
    ["ntk_off_ratio", "NTK off-diagonal ratio", "mean off-diagonal over mean diagonal of Θ", "share"],
    ["ln_ntk_condition", "ln NTK condition number", "ln λ_max / λ_min of Θ on the inputs", "plain"],
    ["ln_ntk_standard_scale", "ln NTK scale (standard)", "ln(tr Θ / m), standard parameterisation", "plain"],
    ["ln_ntk_lambda_max", "ln λ_max of the NTK", "ln of the largest eigenvalue of Θ", "plain"],
    ["ln_ntk_lambda_min", "ln λ_min of the NTK", "ln of the smallest eigenvalue of Θ", "plain"],
    ["dead_share", "dead share", "share of last-layer units with φ′ = 0 for every input", "share"],
    ["saturated_share", "saturated share", "share of |φ′(z_L)| < 0.01", "share"],
    ["mean", "mean activation", "mean of φ(z_L)", "centred"],
  ];
  const has = (name) => name in columns && columns[name].some((v) => v !== null);
  const list = KNOWN.filter(([id]) => has(id + "_mean")).map(([id, label, note, kind]) => ({
    id, label, note, kind, hasTheory: has("theory_" + id), hasZ: has("z_" + id),
  }));
  const byId = new Map(list.map((q) => [q.id, q]));

  const VIEWS = { mean: "measured", theory: "theory", z: "z-score" };
  const column = (id, view) => (view === "mean" ? id + "_mean" : view + "_" + id);
  const allows = (id, view) =>
    view === "mean" || (view === "theory" ? byId.get(id).hasTheory : byId.get(id).hasZ);

  return { list, byId, VIEWS, column, allows };
})();
