package org.phasemap.theory.width;

import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.SignalMaps;

/**
 * Leading-order fluctuation of a finite layer's kernel S_l = σ_w² (1/n) Σ φ(z_i)² + σ_b² over
 * networks with independent weights (Roberts, Yaida and Hanin 2022, §4.3, eq. 4.90 for one input):
 * n Var S_l → V_l, V_{l+1} = χ_q² V_l + σ_w⁴(E φ⁴ − (E φ²)²).
 */
public final class KernelFluctuation {
  /** V/(n S²) from which the next order is no longer small: the measured error there is 50 %. */
  public static final double VALIDITY = 0.1;

  private KernelFluctuation() {}

  /**
   * V_l/S_l² after each of L layers (index l − 1), from pre-activations that are exactly N(0, q0).
   *
   * @return dimensionless; divide by n for the relative variance
   */
  public static double[] relativeVariance(LayerLaw law, double q0, int depth) {
    double[] relative = new double[depth];
    double q = q0;
    double v = 0;
    for (int l = 0; l < depth; l++) {
      v = next(law, q, v);
      q = SignalMaps.nextQ(law, q);
      relative[l] = v / (q * q);
    }
    return relative;
  }

  /** One step of the recursion at variance q. */
  static double next(LayerLaw law, double q, double v) {
    GaussianMoments m = new GaussianMoments(law.activation(), q);
    double chiQ = law.sigmaW2() * m.secondMomentSlope();
    double second = m.secondMoment();
    double source = law.sigmaW2() * law.sigmaW2() * (m.fourthMoment() - second * second);
    return chiQ * chiQ * v + source;
  }

  /** Whether the leading order holds at a width: V/(nS²) below {@link #VALIDITY}. */
  public static boolean isValid(double relativeVariance, int width) {
    return relativeVariance / width < VALIDITY;
  }

  /**
   * Variance of ‖h_{l+1}‖²/‖h_l‖² in one layer of width n with independent weights of another law:
   * (1/n) times (3 + κ₄ k_h) m₄/m₂² − 1, κ₄ the excess kurtosis of the weights, k_h = Σh⁴/(Σh²)² of
   * the layer's input (REFERENCE A7).
   *
   * @param excessKurtosis 0 for normal weights, −1.2 for uniform; {@link #maskedKurtosis} for masks
   */
  public static double layerVariance(
      Activation activation, int width, double excessKurtosis, double inputKurtosis) {
    double a = activation.homogeneousSlope();
    double m2 = 1 + a * a;
    double ratio = 2 * (1 + a * a * a * a) / (m2 * m2);
    return ((3 + excessKurtosis * inputKurtosis) * ratio - 1) / width;
  }

  /**
   * Excess kurtosis of weights of which a share p is kept: κ of the kept law becomes (κ + 3)/p − 3.
   */
  public static double maskedKurtosis(double excessKurtosis, double keep) {
    return (excessKurtosis + 3) / keep - 3;
  }
}
