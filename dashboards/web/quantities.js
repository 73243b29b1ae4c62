/** What the maps can show, and how each is coloured. */
import { columns } from "./data.js";

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
  ["ntk_effective_rank", "effective rank of the NTK", "exp of the entropy of Θ’s eigenvalues: 1 to m", "plain"],
  ["ln_ntk_standard_critical_learning_rate", "ln critical learning rate", "ln 2/λ_max of Θ, standard parameterisation", "plain"],
  ["ln_curvature_lambda_max", "ln Gauss–Newton λ_max", "ln of the largest curvature of half the mean squared error", "plain"],
  ["ln_jacobian_mean", "ln mean σ² of the Jacobian", "ln of the mean squared singular value of ∂z_L/∂z₁", "gain"],
  ["jacobian_relative_variance", "spread of the Jacobian’s σ²", "variance of the squared singular values over their squared mean", "plain"],
  ["ln_jacobian_largest", "ln largest σ² of the Jacobian", "ln of the largest squared singular value of ∂z_L/∂z₁", "plain"],
  ["ln_sgd_step_max", "ln largest SGD step", "ln ‖ΔW‖/‖W‖ at learning rate 1, in the layer with most", "plain"],
  ["ln_adam_step_max", "ln largest Adam step", "ln ‖ΔW‖/‖W‖ at learning rate 1, in the layer with most", "plain"],
  ["ln_adam_step_min", "ln smallest Adam step", "the same in the layer with least: small where gradients are below Adam’s ε", "plain"],
  ["fp16_signal_subnormal", "FP16 signals too small", "share of φ(z) below FP16’s normal numbers, in the worst layer", "share"],
  ["fp16_gradient_subnormal", "FP16 gradients too small", "share of ∂f/∂z below FP16’s normal numbers, in the worst layer", "share"],
];
const has = (name) => name in columns && columns[name].some((v) => v !== null);
export const list = KNOWN.filter(([id]) => has(id + "_mean")).map(([id, label, note, kind]) => ({
  id, label, note, kind, hasTheory: has("theory_" + id), hasZ: has("z_" + id),
}));
export const byId = new Map(list.map((q) => [q.id, q]));

export const VIEWS = { mean: "measured", theory: "theory", z: "z-score" };
export const column = (id, view) => (view === "mean" ? id + "_mean" : view + "_" + id);
export const allows = (id, view) =>
  view === "mean" || (view === "theory" ? byId.get(id).hasTheory : byId.get(id).hasZ);
