package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.network.Activation;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;
import org.phasemap.theory.limit.EocAsymptotics;
import org.phasemap.theory.limit.HalfStablePoints;

/** The edge of chaos. */
final class CriticalQuantities {
  private static final int BIASES = 13;

  private CriticalQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry("critical_sigma_w2", q -> q.critical().sigmaW2()),
        Map.entry("critical_q_star", q -> q.critical().qStar()),
        Map.entry("critical_chi_q", q -> q.critical().chiQ()),
        Map.entry("critical_sigma_w2_no_bias", q -> q.critical().sigmaW2()),
        Map.entry("critical_point_count", CriticalQuantities::count),
        Map.entry("half_stable_sigma_w2", q -> halfStable(q).sigmaW2()),
        Map.entry("half_stable_sigma_b2", q -> halfStable(q).sigmaB2()),
        Map.entry("half_stable_q_star", q -> halfStable(q).qStar()),
        Map.entry(
            "sparse_critical_sigma_w2", q -> q.critical().sigmaW2() / q.parameters().number("p")),
        Map.entry("sparse_critical_sigma_w2_relu", q -> q.heGain2() / q.parameters().number("p")),
        Map.entry(
            "relu_one_minus_c_limit", q -> EocAsymptotics.homogeneousDecay(q.criticalSlope())),
        Map.entry(
            "smooth_one_minus_c_limit",
            q -> EocAsymptotics.smoothDecay(q.activation(), q.critical().qStar())));
  }

  /** The most critical points at any of several bias variances in the row's range. */
  private static double count(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    double low = p.numberOr(q.sigmaB2(), "sigma_b2_min");
    double high = p.numberOr(q.sigmaB2(), "sigma_b2_max");
    double[] biases = new double[BIASES];
    for (int i = 0; i < BIASES; i++) {
      biases[i] = low + (high - low) * i / (BIASES - 1);
    }
    Activation activation = q.activationWithSlope();
    return EdgeOfChaos.curve(activation, biases).stream()
        .mapToInt(points -> points.size())
        .max()
        .orElse(0);
  }

  private static CriticalPoint halfStable(ReferenceQuery q) {
    return HalfStablePoints.of(q.activation()).stream()
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(q.activation() + " has no half-stable point"));
  }
}
