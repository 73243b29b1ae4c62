package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.theory.dual.CrossDuals;
import org.phasemap.theory.dual.GaussianMoments;

/** Gaussian expectations of φ and φ′. */
final class DualQuantities {
  private DualQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry("dual_phi_same", q -> moments(q).secondMoment()),
        Map.entry("mean_phi", q -> moments(q).mean()),
        Map.entry("dual_phi", DualQuantities::product),
        Map.entry("dual_dphi", DualQuantities::derivative),
        Map.entry("relu_mean", q -> moments(q).mean()),
        Map.entry(
            "relu_variance",
            q -> {
              GaussianMoments m = moments(q);
              return m.secondMoment() - m.mean() * m.mean();
            }));
  }

  private static GaussianMoments moments(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    double variance = p.has("sigma") ? Math.pow(p.number("sigma"), 2) : p.number("q");
    return new GaussianMoments(q.activationWithSlope(), variance);
  }

  private static double product(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    return CrossDuals.of(q.activationWithSlope(), first(p), second(p)).product(1 - p.number("c"));
  }

  private static double derivative(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    return CrossDuals.of(q.activationWithSlope(), first(p), second(p))
        .derivative(1 - p.number("c"));
  }

  private static double first(ReferenceParameters p) {
    return p.number("q", "q1", "q_a", "qa");
  }

  private static double second(ReferenceParameters p) {
    return p.number("q2", "q_b", "qb", "q");
  }
}
