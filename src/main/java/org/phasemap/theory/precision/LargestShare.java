package org.phasemap.theory.precision;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.special.Gamma;
import org.phasemap.network.Erf;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.Roots;

/**
 * The mean over networks of the largest share, over layers, of entries that are lost. In layer l
 * each of N_l entries is lost with probability p_l, apart from the others and from other layers:
 *
 * <pre>
 * E max_l K_l/N_l = ∫₀¹ [1 − Π_l P(K_l ≤ x N_l)] dx, K_l ~ Bin(N_l, p_l)
 * </pre>
 *
 * <p>This is max_l p_l where N_l p_l is large. Where losses are rare it is far more: of L layers in
 * which one entry is lost now and then it is about Σ_l p_l.
 */
public final class LargestShare {
  /** Standard deviations from the mean, within which all counts lie. */
  private static final double REACH = 9;

  /** Rare counts reach further than their standard deviation says: e^(−30) is left. */
  private static final double RARE = 30;

  private static final double SURELY_ONE = 1 - 1e-12;

  /** Losses on average, below which no network has two. */
  private static final double RARELY_TWO = 1e-7;

  /** Counts of a larger standard deviation are Gaussian: their largest is, to 1e-3 of that. */
  private static final double GAUSSIAN = 100;

  private static final int MOST_POINTS = 2000;

  private record Layer(long entries, double lost) {}

  /** How many layers are alike. */
  private final Map<Layer, Integer> layers = new HashMap<>();

  private double undefined;

  /**
   * Adds a layer.
   *
   * @param entries N, its independent entries; below 0.5 it has none
   * @param lost p; NaN makes the largest share NaN
   */
  public void add(double entries, double lost) {
    if (Double.isNaN(lost)) {
      undefined = lost;
    } else if (entries >= 0.5) {
      layers.merge(new Layer(Math.round(entries), Math.min(1, Math.max(0, lost))), 1, Integer::sum);
    }
  }

  /** E max_l K_l/N_l; 0 without layers. */
  public double mean() {
    double certain = largest(Layer::lost);
    if (Double.isNaN(undefined) || certain == 0 || certain > SURELY_ONE) {
      return undefined + certain;
    }
    if (sum(layer -> layer.entries * layer.lost) < RARELY_TWO) {
      return sum(Layer::lost);
    }
    long most = layers.keySet().stream().mapToLong(Layer::entries).max().orElse(1);
    long from = (long) (largest(LargestShare::low) * (double) most);
    long to =
        (long) Math.min((double) most, Math.ceil(largest(LargestShare::high) * (double) most));
    int points = (int) Math.min(to - from, MOST_POINTS);
    double step = (double) (to - from) / points / most;
    double start = (double) from / most;
    // ln Π P(K_l ≤ x N_l) in the middle of each step of x: of the finest layer, or of some of them
    double[] lnBelow = new double[points];
    layers.forEach(
        (layer, count) -> {
          if (high(layer) > start) {
            addTo(lnBelow, start, step, layer, count);
          }
        });
    double sum = 0;
    for (double ln : lnBelow) {
      sum -= Math.expm1(ln);
    }
    return start + step * sum;
  }

  private double largest(ToDoubleFunction<Layer> of) {
    return layers.keySet().stream().mapToDouble(of).max().orElse(0);
  }

  private double sum(ToDoubleFunction<Layer> of) {
    return layers.entrySet().stream()
        .mapToDouble(layer -> layer.getValue() * of.applyAsDouble(layer.getKey()))
        .sum();
  }

  private static double low(Layer layer) {
    return Math.max(0, layer.lost - REACH * deviation(layer));
  }

  private static double high(Layer layer) {
    return Math.min(1, layer.lost + REACH * deviation(layer) + RARE / layer.entries);
  }

  private static double deviation(Layer layer) {
    return Math.sqrt(layer.lost * (1 - layer.lost) / layer.entries);
  }

  private static void addTo(double[] lnBelow, double start, double step, Layer layer, int count) {
    if (deviation(layer) * layer.entries > GAUSSIAN) {
      for (int i = 0; i < lnBelow.length; i++) {
        double x = (start + (i + 0.5) * step - layer.lost) / deviation(layer);
        lnBelow[i] += count * Math.log(Erf.normalCdf(x));
      }
      return;
    }
    long n = layer.entries;
    double p = layer.lost;
    double odds = p / (1 - p);
    // The first count whose probability is not 0 beside the others'.
    long k = (long) Math.floor(low(layer) * n);
    double term = Math.exp(lnProbability(n, k, p));
    double below = term;
    for (int i = 0; i < lnBelow.length; i++) {
      long reached = (long) Math.floor((start + (i + 0.5) * step) * n);
      for (; k < reached && k < n; k++) {
        term *= odds * (n - k) / (k + 1);
        below += term;
      }
      lnBelow[i] += reached < k ? Double.NEGATIVE_INFINITY : count * Math.log(Math.min(1, below));
    }
  }

  private static double lnProbability(long n, long k, double p) {
    if (p == 0) {
      return k == 0 ? 0 : Double.NEGATIVE_INFINITY;
    }
    return lnFactorial(n)
        - lnFactorial(k)
        - lnFactorial(n - k)
        + k * Math.log(p)
        + (n - k) * Math.log1p(-p);
  }

  private static double lnFactorial(long n) {
    return Gamma.logGamma(n + 1.0);
  }

  /**
   * How many independent entries are worth those of m inputs at one unit, as a share of them: 1/(1
   * + (m − 1)ρ), ρ the correlation of two inputs' being lost. An entry counts as lost where a
   * Gaussian one is nearest 0, in this share of cases; ρ is the same of those that are furthest.
   *
   * @param inputs m
   * @param lost share of entries nearest 0
   * @param c correlation of two inputs' entries
   */
  public static double independent(int inputs, double lost, double c) {
    if (inputs == 1 || !(lost > 0 && lost < 1) || Double.isNaN(c)) {
      return 1;
    }
    return 1 / (1 + (inputs - 1) * correlation(lost, Math.min(1, Math.abs(c))));
  }

  private static double correlation(double lost, double c) {
    double rest = Math.sqrt((1 - c) * (1 + c));
    if (rest == 0) {
      return 1;
    }
    double bound = Roots.brent(x -> Erf.erf(x * Math.sqrt(0.5)) - lost, 0, 9);
    double both =
        2
            * GaussLegendre.OF_24.integrate(
                x ->
                    Erf.normalDensity(x)
                        * (Erf.normalCdf((bound - c * x) / rest)
                            - Erf.normalCdf((-bound - c * x) / rest)),
                0,
                bound);
    return Math.min(1, Math.max(0, (both - lost * lost) / (lost * (1 - lost))));
  }
}
