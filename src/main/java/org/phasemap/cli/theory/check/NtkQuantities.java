package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.NtkAsymptotics;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.TwoPointSpectrum;

/** The neural tangent kernel and its limits. */
final class NtkQuantities {
  private NtkQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry("ntk_diagonal_relu", q -> kernel(q, 1).diagonal()),
        Map.entry("ntk_off_ratio_relu", q -> ratio(kernel(q, 1))),
        Map.entry("ntk_condition_two_inputs", q -> kernel(q, 1).conditionNumber()),
        Map.entry("ntk_diagonal_eoc", q -> kernel(q, q.fixedPoint()).diagonal()),
        Map.entry("ntk_off_ratio_eoc", q -> ratio(kernel(q, q.fixedPoint()))),
        Map.entry("ntk_he_over_xavier", q -> Math.pow(q.heGain2(), q.depth())),
        Map.entry("ntk_off_ratio_limit_relu", NtkQuantities::limitRatio),
        Map.entry("ntk_off_ratio_limit_smooth", NtkQuantities::limitRatio),
        Map.entry("ntk_condition_limit_relu", NtkQuantities::limitCondition),
        Map.entry("ntk_condition_limit_smooth", NtkQuantities::limitCondition),
        Map.entry("ntk_ordered_limit", q -> NtkAsymptotics.orderedLimit(phasePoint(q, -1))),
        Map.entry(
            "ntk_chaotic_off_limit", q -> NtkAsymptotics.chaoticOffDiagonal(phasePoint(q, 1))),
        Map.entry("ntk_eigenvalue_growth", q -> NtkAsymptotics.eigenvalueGrowth(q.phasePoint())));
  }

  /** The phase point, if the sign of χ₁ − 1 is the one that a limit holds for. */
  private static PhasePoint phasePoint(ReferenceQuery q, int sign) {
    PhasePoint point = q.phasePoint();
    OutsideDomainException.unless(
        Math.signum(point.chi1() - 1) == sign,
        "chi_1=" + point.chi1() + "; allowed: " + (sign < 0 ? "below" : "above") + " 1");
    return point;
  }

  /** Θ_L with Θ₁ = K₁, from first pre-activations of variance q1 and correlation c0. */
  private static TwoPointSpectrum kernel(ReferenceQuery q, double q1) {
    ReferenceParameters p = q.parameters();
    int depth = q.depth();
    double c0 = p.numberOr(0, "c0");
    int inputs = p.integerOr(2, "m");
    OutsideDomainException.unless(
        c0 * (inputs - 1) >= -1,
        "no " + inputs + " inputs have the correlation " + c0 + " each with each");
    Trajectory t = SignalMaps.propagateFrom(q.law(), p.numberOr(q1, "q0"), 1 - c0, depth);
    NeuralTangentKernel.Pair theta = NeuralTangentKernel.hiddenLayers(t);
    return new TwoPointSpectrum(
        theta.diagonal()[depth - 1], theta.offDiagonal()[depth - 1], inputs);
  }

  private static double ratio(TwoPointSpectrum kernel) {
    return kernel.offDiagonal() / kernel.diagonal();
  }

  private static double limitRatio(ReferenceQuery q) {
    Activation activation = q.activationWithSlope();
    if (activation.isHomogeneous()) {
      q.criticalSlope();
    }
    return NtkAsymptotics.criticalOffRatio(activation);
  }

  private static double limitCondition(ReferenceQuery q) {
    Activation activation = q.activationWithSlope();
    return NtkAsymptotics.criticalConditionNumber(activation, q.parameters().integer("m"));
  }
}
