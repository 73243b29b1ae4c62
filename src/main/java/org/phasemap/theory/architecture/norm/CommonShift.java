package org.phasemap.theory.architecture.norm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * What the units x = z/spread of {@link ActivatedBatch} have in common, and its weight. Where φ is
 * smooth all steps are equal. A kink is felt by shifts within some units of x, however wide their
 * own law is: there pieces are short.
 *
 * @param at in units of x
 */
record CommonShift(double at, double weight) {
  /** Of the common part, in its standard deviations. */
  private static final double REACH = 5.1;

  /** In units of x, beyond which one side of a kink is all that a batch sees. */
  private static final double NEAR = 8;

  private static final double STEP = 0.5;
  private static final double PIECE = 3;
  private static final int MOST = 4000;
  private static final GaussLegendre RULE = GaussLegendre.OF_12;

  /**
   * All that count.
   *
   * @param ratio variance of the common part in units of x; none is common where it is not positive
   * @throws OutsideDomainException where they are too many
   */
  static List<CommonShift> all(Activation activation, double ratio, double spread) {
    if (ratio <= 0) {
      return List.of(new CommonShift(0, 1));
    }
    double deviation = Math.sqrt(ratio);
    // φ itself has features of width 1 in z, or none.
    double feature = activation.isHomogeneous() ? deviation : Math.max(1, 1 / spread);
    double width = Math.min(1, feature / deviation);
    OutsideDomainException.unless(
        2 * REACH / (STEP * width) < MOST, "a batch of inputs that are too much alike");
    boolean isSymmetric = activation.isOdd() || activation.isEven();
    return activation.kinks().length == 0
        ? equalSteps(deviation, STEP * width, isSymmetric)
        : pieces(activation, deviation, spread, PIECE * width * deviation);
  }

  private static List<CommonShift> equalSteps(double deviation, double step, boolean isSymmetric) {
    int steps = (int) Math.ceil(REACH / step);
    List<CommonShift> shifts = new ArrayList<>();
    for (int i = isSymmetric ? 0 : -steps; i <= steps; i++) {
      double weight = (isSymmetric && i > 0 ? 2 : 1) * step * Erf.normalDensity(step * i);
      shifts.add(new CommonShift(deviation * step * i, weight));
    }
    return shifts;
  }

  private static List<CommonShift> pieces(
      Activation activation, double deviation, double spread, double widest) {
    double[] kinks = Arrays.stream(activation.kinks()).map(kink -> kink / spread).toArray();
    boolean isSymmetric = activation.isOdd() || activation.isEven();
    double end = REACH * deviation;
    double[] cuts = new double[2 * kinks.length + 3];
    for (int i = 0; i < kinks.length; i++) {
      cuts[2 * i] = kinks[i] - NEAR;
      cuts[2 * i + 1] = kinks[i] + NEAR;
    }
    cuts[cuts.length - 3] = -end;
    cuts[cuts.length - 2] = 0;
    cuts[cuts.length - 1] = end;
    double start = isSymmetric ? 0 : -end;
    double[] sorted =
        Arrays.stream(cuts).filter(x -> x >= start && x <= end).sorted().distinct().toArray();
    List<CommonShift> shifts = new ArrayList<>();
    for (int i = 0; i + 1 < sorted.length; i++) {
      double middle = 0.5 * (sorted[i] + sorted[i + 1]);
      boolean isNear = Arrays.stream(kinks).anyMatch(kink -> Math.abs(middle - kink) < NEAR);
      double piece = isNear ? Math.min(PIECE, widest) : widest;
      double factor = (isSymmetric ? 2 : 1) / deviation;
      add(sorted[i], sorted[i + 1], piece, deviation, factor, shifts);
    }
    return shifts;
  }

  private static void add(
      double from,
      double to,
      double widest,
      double deviation,
      double factor,
      List<CommonShift> shifts) {
    int pieces = (int) Math.ceil((to - from) / widest);
    double half = 0.5 * (to - from) / pieces;
    for (int i = 0; i < pieces; i++) {
      double middle = from + (2 * i + 1) * half;
      for (int k = 0; k < RULE.node.length; k++) {
        double at = middle + half * RULE.node[k];
        double weight = factor * half * RULE.weight[k] * Erf.normalDensity(at / deviation);
        shifts.add(new CommonShift(at, weight));
      }
    }
  }
}
