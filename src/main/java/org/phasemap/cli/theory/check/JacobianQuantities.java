package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.theory.limit.JacobianSpectrum;
import org.phasemap.theory.limit.LayerJacobian;
import org.phasemap.theory.limit.WeightSpectrum;

/** The input–output Jacobian and one layer's. */
final class JacobianQuantities {
  private JacobianQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry("jacobian_isometry", JacobianQuantities::isometry),
        Map.entry(
            "jacobian_mean_sv2", q -> JacobianSpectrum.mean(q.law(), q.fixedPoint(), q.depth())),
        Map.entry("jacobian_sv2_variance_gaussian", q -> variance(q, WeightSpectrum.INDEPENDENT)),
        Map.entry("jacobian_sv2_variance_orthogonal", q -> variance(q, WeightSpectrum.ORTHOGONAL)),
        Map.entry(
            "jacobian_sv2_variance_gaussian_eoc", q -> variance(q, WeightSpectrum.INDEPENDENT)),
        Map.entry(
            "jacobian_sv2_variance_orthogonal_eoc", q -> variance(q, WeightSpectrum.ORTHOGONAL)),
        Map.entry("jacobian_upper_edge_linear", JacobianQuantities::linearEdge),
        Map.entry(
            "layer_spectral_radius", q -> LayerJacobian.spectralRadius(q.law(), q.fixedPoint())),
        Map.entry(
            "layer_top_singular_value",
            q -> LayerJacobian.topSingularValue(q.law(), q.fixedPoint())),
        Map.entry("weight_top_singular_value", JacobianQuantities::weightTop));
  }

  /** E‖Jx‖²/‖x‖² = χ₁^L, exact at any width for homogeneous φ; L = 1 where not given. */
  private static double isometry(ReferenceQuery q) {
    return JacobianSpectrum.mean(
        q.law(), q.fixedPoint(), q.parameters().integerOr(1, "L", "depth"));
  }

  private static double variance(ReferenceQuery q, WeightSpectrum weights) {
    return JacobianSpectrum.variance(q.law(), q.fixedPoint(), q.depth(), weights);
  }

  private static double linearEdge(ReferenceQuery q) {
    int depth = q.depth();
    double lnEdge = (depth + 1) * Math.log(depth + 1.0) - depth * Math.log(depth);
    return Math.exp(lnEdge + depth * Math.log(q.parameters().numberOr(1, "sigma_w2")));
  }

  private static double weightTop(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    double sigmaW2 = p.number("sigma_w2", "sw2");
    if (q.arch().contains("orth")) {
      return Math.sqrt(sigmaW2);
    }
    double inputs = p.numberOr(1, "n_in", "fan_in");
    double aspect = p.numberOr(p.numberOr(inputs, "n_out", "fan_out") / inputs, "aspect");
    return LayerJacobian.weightTopSingularValue(sigmaW2 * p.numberOr(1, "p"), aspect);
  }
}
