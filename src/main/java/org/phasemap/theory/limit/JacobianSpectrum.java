package org.phasemap.theory.limit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.gauss.Roots;

/**
 * Squared singular values of the input–output Jacobian J = ∏ D_l W_l of a wide network at constant
 * q (Pennington, Schoenholz and Ganguli 2017, 2018). Independent weights of any law share the
 * Gaussian spectrum, with a mask too.
 */
public final class JacobianSpectrum {
  /** Layers that differ by less in q count as equal for the variance, and for the edge. */
  private static final double COARSE = 1e-5;

  private static final double FINE = 1e-12;

  /** Where 1/z is no more than the last digit of 1. */
  private static final double LN_LARGEST = 40;

  private JacobianSpectrum() {}

  /** Mean squared singular value of L layers: χ₁^L (2017, eq. 6). */
  public static double mean(LayerLaw law, double q, int depth) {
    return Math.pow(LayerStatistics.of(law, q).chi1(), depth);
  }

  /** Mean squared singular value along a trajectory's layers 1 … L: ∏ σ_w² E φ′² at q_l. */
  public static double mean(Trajectory t, int depth) {
    return Math.exp(t.lnGradientGain(depth));
  }

  /**
   * Variance of the squared singular values: (σ_w² μ₁)^{2L} L (μ₂/μ₁² − 1 + v), μ_k = E φ′^{2k}, v
   * the variance of the weights' own (2017, eq. 17; 2018, eq. 22, where v is −s₁).
   */
  public static double variance(LayerLaw law, double q, int depth, WeightSpectrum weights) {
    double mean = mean(law, q, depth);
    return mean * mean * relativeVariance(law, q, depth, weights);
  }

  /** The variance over the squared mean: its value at criticality. */
  public static double relativeVariance(LayerLaw law, double q, int depth, WeightSpectrum weights) {
    return depth * layerVariance(law, q, weights);
  }

  /**
   * The same along a trajectory's layers 1 … depth: a free product of factors of mean 1 has the sum
   * of their variances.
   *
   * @param layer from {@link #layerVariance(LayerLaw, WeightSpectrum)}, one for every depth
   */
  public static double relativeVariance(Trajectory t, int depth, DoubleUnaryOperator layer) {
    double sum = 0;
    for (Map.Entry<Double, Integer> layers : distinct(t, depth, COARSE).entrySet()) {
      sum += layers.getValue() * layer.applyAsDouble(layers.getKey());
    }
    return sum;
  }

  /** The relative variance of one layer at q, which it remembers. For one thread. */
  public static DoubleUnaryOperator layerVariance(LayerLaw law, WeightSpectrum weights) {
    Map<Double, Double> known = new HashMap<>();
    return q -> known.computeIfAbsent(q, any -> layerVariance(law, any, weights));
  }

  private static double layerVariance(LayerLaw law, double q, WeightSpectrum weights) {
    return new GaussianMoments(law.activation(), q).derivativeSpread() + weights.variance();
  }

  /**
   * Upper edge of the spectrum of J Jᵀ as width grows: the least value over z &gt; 0 of (1 + z)/(z
   * S(z)), S the product of the layers' S-transforms (2018, §3.2). The least value over z is the
   * only one where its slope is 0, for the slope of each layer's share in ln z, times 1 + z, rises
   * from 0: boolean cumulants of positive numbers are positive. It lies at z = ∞ where the layers'
   * largest slopes are atoms of probabilities that are less than 1 by no more than 1 in all, and
   * the weights are orthogonal: σ_w² max φ′² from each layer. Linear Gaussian networks give (L +
   * 1)^{L+1}/L^L σ_w^{2L} → e L. Relative error L · 1e-12, for every activation and q ≥ 0.
   *
   * <p>A finite width n stays below by a share of order n^{−2/3}, and by more where the edge rests
   * on slopes in the tail of the normal law, as that of GELU, SiLU, Mish and softplus does in few
   * layers at small q: see {@link #lnReachedEdge}.
   */
  public static double upperEdge(LayerLaw law, double q, int depth, WeightSpectrum weights) {
    return Math.exp(lnUpperEdge(law, slopes(law, Map.of(q, depth)), depth, weights));
  }

  /** ln of the same along a trajectory's layers 1 … depth, depth &gt;= 1. */
  public static double lnUpperEdge(LayerLaw law, Trajectory t, int depth, WeightSpectrum weights) {
    return lnUpperEdge(law, slopes(law, distinct(t, depth, FINE)), depth, weights);
  }

  /**
   * The same where n units can show it: NaN where the edge would lie lower by more than a share of
   * n^{−2/3} if no slope were larger than what one unit in n exceeds.
   *
   * @param width n
   */
  public static double lnReachedEdge(
      LayerLaw law, Trajectory t, int depth, WeightSpectrum weights, int width) {
    Map<SlopeSpectrum, Integer> slopes = slopes(law, distinct(t, depth, FINE));
    double edge = lnUpperEdge(law, slopes, depth, weights);
    Map<SlopeSpectrum, Integer> reached = new LinkedHashMap<>();
    double most = 0;
    for (Map.Entry<SlopeSpectrum, Integer> layer : slopes.entrySet()) {
      SlopeSpectrum cut = layer.getKey().reachedBy(width);
      reached.put(cut, layer.getValue());
      most += layer.getValue() * Math.log(layer.getKey().top() / cut.top());
    }
    double tolerated = Math.pow(width, -2.0 / 3);
    boolean shown =
        most <= tolerated || edge - lnUpperEdge(law, reached, depth, weights) <= tolerated;
    return shown ? edge : Double.NaN;
  }

  /** Variances of a trajectory's layers and how many have each, equal to a relative difference. */
  private static Map<Double, Integer> distinct(Trajectory t, int depth, double difference) {
    Map<Double, Integer> layers = new LinkedHashMap<>();
    double latest = Double.NaN;
    for (int l = 0; l < depth; l++) {
      double q = t.q()[l];
      latest = Math.abs(q - latest) <= difference * latest ? latest : q;
      layers.merge(latest, 1, Integer::sum);
    }
    return layers;
  }

  private static Map<SlopeSpectrum, Integer> slopes(LayerLaw law, Map<Double, Integer> layers) {
    Map<SlopeSpectrum, Integer> slopes = new LinkedHashMap<>();
    if (law.activation().isHomogeneous()) {
      int depth = layers.values().stream().mapToInt(count -> count).sum();
      slopes.put(new SlopeSpectrum(law.activation(), 1), depth);
      return slopes;
    }
    layers.forEach((q, count) -> slopes.put(new SlopeSpectrum(law.activation(), q), count));
    return slopes;
  }

  private static double lnUpperEdge(
      LayerLaw law, Map<SlopeSpectrum, Integer> layers, int depth, WeightSpectrum weights) {
    double weight = depth * Math.log(law.sigmaW2());
    double spread = 0;
    double lnTops = 0;
    for (Map.Entry<SlopeSpectrum, Integer> layer : layers.entrySet()) {
      spread += layer.getValue() * (1 - layer.getKey().atom());
      lnTops += layer.getValue() * Math.log(layer.getKey().top());
    }
    if (weights.variance() == 0 && spread <= 1) {
      return weight + lnTops;
    }
    DoubleUnaryOperator slope =
        lnZ -> {
          double z = Math.exp(lnZ);
          double sum = depth * weights.growth(z) - 1;
          for (Map.Entry<SlopeSpectrum, Integer> layer : layers.entrySet()) {
            sum += layer.getValue() * layer.getKey().at(z).dispersion();
          }
          return sum;
        };
    double z = Math.exp(root(slope, -Math.log(depth)));
    double edge = weight + Math.log1p(1 / z) + depth * weights.lnInverseS(z);
    for (Map.Entry<SlopeSpectrum, Integer> layer : layers.entrySet()) {
      edge += layer.getValue() * Math.log(layer.getKey().at(z).tilted());
    }
    return edge;
  }

  /** Root of a function that rises from below 0 to above, wherever it lies. */
  private static double root(DoubleUnaryOperator rising, double start) {
    double low = start;
    double high = start;
    double step = 1;
    while (rising.applyAsDouble(low) > 0) {
      high = low;
      low -= step;
      step *= 2;
    }
    step = 1;
    while (high < LN_LARGEST && !(rising.applyAsDouble(high) > 0)) {
      low = high;
      high = Math.min(LN_LARGEST, high + step);
      step *= 2;
    }
    return high < LN_LARGEST ? Roots.brent(rising, low, high) : high;
  }
}
