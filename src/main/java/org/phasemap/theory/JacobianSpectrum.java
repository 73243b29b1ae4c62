package org.phasemap.theory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.WeightLaw;

/**
 * Squared singular values of the input–output Jacobian J = ∏ D_l W_l of a wide network at constant
 * q (Pennington, Schoenholz and Ganguli 2017, 2018). Independent weights of any law share the
 * Gaussian spectrum.
 */
public final class JacobianSpectrum {
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
   * Variance of the squared singular values: (σ_w² μ₁)^{2L} L (μ₂/μ₁² − 1 − s₁), μ_k = E φ′^{2k},
   * s₁ = −1 for independent weights and 0 for orthogonal ones (2017, eq. 17; 2018, eq. 22).
   */
  public static double variance(LayerLaw law, double q, int depth, WeightLaw weights) {
    double mean = mean(law, q, depth);
    return mean * mean * relativeVariance(law, q, depth, weights);
  }

  /** The variance over the squared mean: its value at criticality. */
  public static double relativeVariance(LayerLaw law, double q, int depth, WeightLaw weights) {
    return depth * layerVariance(law, q, weights);
  }

  /**
   * The same along a trajectory's layers 1 … depth: a free product of factors of mean 1 has the sum
   * of their variances.
   */
  public static double relativeVariance(LayerLaw law, Trajectory t, int depth, WeightLaw weights) {
    double sum = 0;
    for (Map.Entry<Double, Integer> layers : distinct(t, depth).entrySet()) {
      sum += layers.getValue() * layerVariance(law, layers.getKey(), weights);
    }
    return sum;
  }

  private static double layerVariance(LayerLaw law, double q, WeightLaw weights) {
    GaussianMoments m = new GaussianMoments(law.activation(), q);
    double mu1 = m.derivativeMoment(1);
    double s1 = weights == WeightLaw.ORTHOGONAL ? 0 : -1;
    return m.derivativeMoment(2) / (mu1 * mu1) - 1 - s1;
  }

  /**
   * Upper edge of the spectrum of J Jᵀ as width grows: the least value over z &gt; 0 of (1 + z)/(z
   * S(z)), S the product of the layers' S-transforms (2018, §3.2). Linear Gaussian networks give (L
   * + 1)^{L+1}/L^L σ_w^{2L} → e L. A finite width n stays below by a share of order n^{−2/3}.
   */
  public static double upperEdge(LayerLaw law, double q, int depth, WeightLaw weights) {
    return Math.exp(lnUpperEdge(law, Map.of(q, depth), depth, weights));
  }

  /** ln of the same along a trajectory's layers 1 … depth, depth &gt;= 1. */
  public static double lnUpperEdge(LayerLaw law, Trajectory t, int depth, WeightLaw weights) {
    return lnUpperEdge(law, distinct(t, depth), depth, weights);
  }

  /** Variances of a trajectory's layers and how many have each, equal to a share of 1e-5. */
  private static Map<Double, Integer> distinct(Trajectory t, int depth) {
    Map<Double, Integer> layers = new LinkedHashMap<>();
    double latest = Double.NaN;
    for (int l = 0; l < depth; l++) {
      double q = t.q()[l];
      latest = Math.abs(q - latest) <= 1e-5 * latest ? latest : q;
      layers.merge(latest, 1, Integer::sum);
    }
    return layers;
  }

  private static double lnUpperEdge(
      LayerLaw law, Map<Double, Integer> layers, int depth, WeightLaw weights) {
    Map<SlopeSpectrum, Integer> slopes = new LinkedHashMap<>();
    layers.forEach((q, count) -> slopes.put(new SlopeSpectrum(law.activation(), q), count));
    // S(z) of a Gaussian factor is 1/(σ_w² (1 + z)), of an orthogonal one 1/σ_w².
    double weight = depth * Math.log(law.sigmaW2());
    double free = weights == WeightLaw.ORTHOGONAL ? 0 : depth;
    DoubleUnaryOperator lnInverse =
        lnZ -> {
          double z = Math.exp(lnZ);
          double sum = Math.log1p(1 / z) + weight + free * Math.log1p(z);
          for (Map.Entry<SlopeSpectrum, Integer> layer : slopes.entrySet()) {
            sum += layer.getValue() * Math.log(layer.getKey().inverseMoment(z) * z / (1 + z));
          }
          return sum;
        };
    return minimum(lnInverse, Math.log(1e-6 / depth), Math.log(1e3));
  }

  /** Least value of a function that falls, then rises: golden section. */
  private static double minimum(DoubleUnaryOperator f, double from, double to) {
    double golden = 0.5 * (Math.sqrt(5) - 1);
    double low = from;
    double high = to;
    double a = high - golden * (high - low);
    double b = low + golden * (high - low);
    double fa = f.applyAsDouble(a);
    double fb = f.applyAsDouble(b);
    // At the minimum the value is good to the square of this.
    while (high - low > 1e-7) {
      if (fa < fb) {
        high = b;
        b = a;
        fb = fa;
        a = high - golden * (high - low);
        fa = f.applyAsDouble(a);
      } else {
        low = a;
        a = b;
        fa = fb;
        b = low + golden * (high - low);
        fb = f.applyAsDouble(b);
      }
    }
    return Math.min(fa, fb);
  }
}
