package org.phasemap.chart.summary;

import java.util.function.IntToDoubleFunction;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.TwoPointSpectrum;

/**
 * The depths to which networks of a law, infinitely wide, are stable, trainable and able to
 * generalise (Xiao, Pennington and Schoenholz 2020, §4). One {@link #FACTOR} makes the three
 * comparable; NaN where a boundary is not met.
 *
 * @param stable first L with |ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖²| = ln {@link #FACTOR}: L − 1 = 4.6 ξ_∇ at
 *     constant χ₁, within the 4.5 to 6 of published boundaries (Schoenholz et al. 2017; Liu and
 *     Theodorou 2019)
 * @param trainable first L where the condition number κ of the tangent kernel over the inputs rises
 *     to {@link #FACTOR}. At the rate 1/λ_max the slowest mode of full-batch gradient descent falls
 *     e-fold in κ steps
 * @param trainableFrom first L where κ falls below {@link #FACTOR}, for inputs so alike that it
 *     starts above
 * @param generalising L = ξ* ln {@link #FACTOR}: the part of the mean prediction that depends on
 *     the test input falls as e^{−L/ξ*} in the chaotic phase. Ordered networks keep it, and lose
 *     trainability instead
 */
record BoundaryDepths(double stable, double trainable, double trainableFrom, double generalising) {
  /** By how much a network may change what has to pass through it. */
  static final int FACTOR = 100;

  private static final double LN_FACTOR = Math.log(FACTOR);

  /**
   * Boundaries no deeper than a limit.
   *
   * @param law with the effective σ_w², keep probability included
   * @param q0 |x|²/n₀ of every input
   * @param c0 correlation of any two inputs
   * @param inputs m
   */
  static BoundaryDepths of(LayerLaw law, double q0, double c0, int inputs, int limit) {
    Trajectory t = SignalMaps.propagate(law, q0, c0, limit);
    double[] lnGain = new double[limit];
    for (int l = 1; l < limit; l++) {
      lnGain[l] = lnGain[l - 1] + Math.log(t.chi1()[l - 1]);
    }
    NeuralTangentKernel.Pair ntk = NeuralTangentKernel.ntkParameterisation(law, t, q0, c0);
    double[] lnCondition = new double[limit];
    for (int l = 0; l < limit; l++) {
      lnCondition[l] = lnCondition(ntk.diagonal()[l], ntk.offDiagonal()[l], inputs);
    }
    double generalising = PhasePoint.of(law, t.q()[0]).xiGeneralisation() * LN_FACTOR;
    return new BoundaryDepths(
        firstRise(limit, l -> Math.abs(lnGain[l]) - LN_FACTOR),
        firstRise(limit, l -> lnCondition[l] - LN_FACTOR),
        firstRise(limit, l -> LN_FACTOR - lnCondition[l]),
        generalising <= limit ? generalising : Double.NaN);
  }

  /** ln κ; infinite where λ_min is lost in rounding, NaN where the kernel overflows. */
  private static double lnCondition(double diagonal, double off, int inputs) {
    if (inputs == 1) {
      return 0;
    }
    double condition = new TwoPointSpectrum(diagonal, off, inputs).conditionNumber();
    return condition < 0 ? Double.POSITIVE_INFINITY : Math.log(condition);
  }

  /** The first depth at which a function of the index L − 1 rises through 0, interpolated. */
  private static double firstRise(int limit, IntToDoubleFunction excess) {
    for (int l = 1; l < limit; l++) {
      double before = excess.applyAsDouble(l - 1);
      double here = excess.applyAsDouble(l);
      if (before < 0 && here >= 0) {
        double share = Double.isInfinite(here) ? 1 : before / (before - here);
        return l + share;
      }
    }
    return Double.NaN;
  }
}
