package org.phasemap.theory.gauss;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Tail;

/**
 * Expectations under N(mean, variance) of functions built from an activation: Gauss–Legendre pieces
 * cut at the kinks and around 0. A wave is the same around every mean.
 */
public record ShiftedGaussian(Activation activation, double mean, double variance) {
  private static final double REACH = 12;

  public double expect(DoubleUnaryOperator f) {
    double s = Math.sqrt(variance);
    if (activation.tail() == Tail.WAVE) {
      return GaussianRule.of(activation, variance).expect(x -> f.applyAsDouble(mean + x), variance);
    }
    double[] cuts = cuts(s);
    double sum = 0;
    for (int i = 0; i + 1 < cuts.length; i++) {
      sum +=
          GaussLegendre.OF_24.integrate(
              z -> Erf.normalDensity(z) * f.applyAsDouble(mean + s * z), cuts[i], cuts[i + 1]);
    }
    return sum;
  }

  /** Every unit of z, every unit of x near 0, and the kinks. */
  private double[] cuts(double s) {
    double[] cuts = new double[4096];
    int n = 0;
    for (double z = -REACH; z <= REACH; z++) {
      cuts[n++] = z;
    }
    for (double kink : activation.kinks()) {
      n = add(cuts, n, (kink - mean) / s);
    }
    for (double x = 0.5; x < 64; x *= 2) {
      n = add(cuts, n, (x - mean) / s);
      n = add(cuts, n, (-x - mean) / s);
    }
    n = add(cuts, n, -mean / s);
    Arrays.sort(cuts, 0, n);
    return Arrays.copyOf(cuts, n);
  }

  private static int add(double[] cuts, int n, double z) {
    if (Math.abs(z) < REACH) {
      cuts[n] = z;
      return n + 1;
    }
    return n;
  }
}
