package org.phasemap.cli.theory.check;

import java.util.Map;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;

/** Fixed points, depth scales and trajectories of the signal maps. */
final class MapQuantities {
  private MapQuantities() {}

  static Map<String, ReferenceQuantity> quantities() {
    return Map.ofEntries(
        Map.entry("q_star", q -> q.phasePoint().qStar()),
        Map.entry("chi_1", q -> q.phasePoint().chi1()),
        Map.entry("chi_q", q -> q.phasePoint().chiQ()),
        Map.entry("c_star", q -> q.phasePoint().cStar()),
        Map.entry("xi_q", q -> q.phasePoint().xiQ()),
        Map.entry("xi_c", q -> q.phasePoint().xiC()),
        Map.entry("xi_grad", q -> q.phasePoint().xiGradient()),
        Map.entry("xi_generalisation", q -> q.phasePoint().xiGeneralisation()),
        Map.entry("dropout_c_star", q -> q.phasePoint().cStar()),
        Map.entry("dropout_xi_c", q -> -1 / Math.log(q.phasePoint().chiCStar())),
        Map.entry("sparse_norm_decay", q -> Math.pow(q.parameters().number("p"), q.depth())),
        Map.entry("relu_correlation", q -> 1 - oneMinusC(q)),
        Map.entry("relu_one_minus_c", MapQuantities::oneMinusC),
        Map.entry("trajectory_q", q -> trajectory(q).q()[q.depth()]),
        Map.entry("trajectory_c", q -> trajectory(q).c(q.depth() + 1)),
        Map.entry("trajectory_ln_gradient_gain", q -> trajectory(q).lnGradientGain(q.depth())));
  }

  /** After l layers, from pre-activations of correlation c0. */
  private static double oneMinusC(ReferenceQuery q) {
    return trajectory(q).oneMinusC()[q.depth()];
  }

  /** From the pre-activations (q0, c0) through L layers: index L is the result. */
  private static Trajectory trajectory(ReferenceQuery q) {
    ReferenceParameters p = q.parameters();
    LayerLaw law = q.law();
    return SignalMaps.propagateFrom(
        law, p.numberOr(1, "q0"), 1 - p.numberOr(0, "c0"), q.depth() + 1);
  }
}
