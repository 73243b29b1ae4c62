package org.phasemap.theory.width;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.phasemap.theory.gauss.Polygamma;
import org.phasemap.theory.limit.LayerLaw;

/**
 * The law of ln(‖h_L‖²/‖h_0‖²) in a bias-free Gaussian network of equal widths n with φ(x) = max(x,
 * 0) + a min(x, 0), exact at every n: each layer multiplies the squared norm by an independent
 * (σ_w²/n)(χ²_K + a²χ²_{n−K}), K ~ Bin(n, ½) (Hanin and Rolnick 2018; Hanin and Nica 2019). For
 * ReLU the law is conditional on no layer being dead.
 *
 * @param a slope on the negative side; 0 is ReLU, ±1 norm as linear
 * @param width n
 * @param sigmaW2 σ_w²
 */
public record LogNormLaw(double a, int width, double sigmaW2) {
  /** In wider networks a dead layer has a probability below 1e-301. */
  private static final int FEW = 1000;

  /** By slope and width; σ_w² only scales. */
  private static final Map<LogNormLaw, double[]> MOMENTS = new ConcurrentHashMap<>();

  public LogNormLaw {
    if (width < 1) {
      throw new IllegalArgumentException("width must be >= 1: " + width);
    }
  }

  /** ReLU at σ_w² = 2. */
  public static LogNormLaw relu(int width) {
    return new LogNormLaw(0, width, 2);
  }

  /** A linear network at σ_w² = 1. */
  public static LogNormLaw linear(int width) {
    return new LogNormLaw(1, width, 1);
  }

  /** Of a bias-free homogeneous φ at the σ_w² that keeps norms: deviations from infinite width. */
  static LogNormLaw critical(LayerLaw law, int width) {
    double a = law.activation().homogeneousSlope();
    return new LogNormLaw(a, width, 2 / (1 + a * a));
  }

  /** E ln(‖h_L‖²/‖h_0‖²). */
  public double mean(int depth) {
    return depth * (Math.log(sigmaW2 / width) + moments()[0]);
  }

  /** Variance of ln(‖h_L‖²/‖h_0‖²); about (6(1 + a⁴)/(1 + a²)² − 1) L/n. */
  public double variance(int depth) {
    return depth * moments()[1];
  }

  /**
   * The mean over inputs of logarithms that each have this law, at critical σ_w².
   *
   * @param limit at infinite width
   * @param share the mean's variance over that of one input
   */
  Band ofInputs(double limit, int depth, double share, boolean reliable) {
    return new Band(limit + mean(depth), Math.sqrt(variance(depth) * share), reliable);
  }

  /**
   * ln of the mean of z_L² over units and inputs, at critical σ_w².
   *
   * @param limit at infinite width
   * @param share variance of the mean over inputs, as a share of one input's
   */
  Band lnQ(int depth, double limit, double share) {
    double half = 0.5 * width;
    double one = mean(depth - 1) + Polygamma.digamma(half) - Math.log(half);
    double variance = variance(depth - 1) + Polygamma.trigamma(half);
    // The logarithm of a mean over inputs exceeds the mean of logarithms by half of what it
    // averages out.
    double averaged = 0.5 * variance * (1 - share);
    return new Band(limit + one + averaged, Math.sqrt(variance * share), true);
  }

  /**
   * E (‖h_L‖²/‖h_0‖²)² over the squared mean: (1 + (6(1 + a⁴)/(1 + a²)² − 1)/n)^L; dead layers
   * included.
   */
  public double relativeSecondMoment(int depth) {
    double m2 = 1 + a * a;
    double excess = 6 * (1 + a * a * a * a) / (m2 * m2) - 1;
    return Math.exp(depth * Math.log1p(excess / width));
  }

  /** P(some layer of L is dead): 1 − (1 − 2^{−n})^L for ReLU, 0 for other slopes. */
  public double deadProbability(int depth) {
    return a == 0 ? -Math.expm1(depth * Math.log1p(-Math.pow(2, -width))) : 0;
  }

  /** Mean and variance of ln(χ²_K + a²χ²_{n−K}), which take up to a millisecond. */
  private double[] moments() {
    return MOMENTS.computeIfAbsent(new LogNormLaw(a, width, 1), LogNormLaw::integrated);
  }

  private double[] integrated() {
    if (Math.abs(a) == 1) {
      return new double[] {
        Polygamma.digamma(0.5 * width) + Math.log(2), Polygamma.trigamma(0.5 * width)
      };
    }
    if (width > FEW) {
      return LogSumSeries.ofRectifiedSquares(a, width);
    }
    return a == 0 ? binomialMoments() : LaplaceLogMoments.of(this::lnLaplace, width);
  }

  /** A binomial sum of digamma and trigamma over the live layers. */
  private double[] binomialMoments() {
    double lnHalf = width * Math.log(0.5);
    double alive = -Math.expm1(lnHalf);
    double mean = 0;
    double square = 0;
    double within = 0;
    double centre = Math.log(width);
    for (int k = 1; k <= width; k++) {
      double lnChoose =
          Polygamma.lnGamma(width + 1.0)
              - Polygamma.lnGamma(k + 1.0)
              - Polygamma.lnGamma(width - k + 1.0);
      double probability = Math.exp(lnChoose + lnHalf) / alive;
      // Around ln n, so that the variance does not cancel.
      double m = Polygamma.digamma(0.5 * k) + Math.log(2) - centre;
      mean += probability * m;
      square += probability * m * m;
      within += probability * Polygamma.trigamma(0.5 * k);
    }
    return new double[] {mean + centre, within + square - mean * mean};
  }

  /** ln E exp(−t(χ²_K + a²χ²_{n−K})). */
  private double lnLaplace(double t) {
    return width * Math.log(0.5 / Math.sqrt(1 + 2 * t) + 0.5 / Math.sqrt(1 + 2 * a * a * t));
  }
}
