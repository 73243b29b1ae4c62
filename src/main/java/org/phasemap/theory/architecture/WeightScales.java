package org.phasemap.theory.architecture;

import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Fans;
import org.phasemap.network.activation.Activations;

/** Standard deviations and gains of initialisation schemes, and those that libraries ship. */
public final class WeightScales {
  private static final Map<Activation, Double> TORCH_GAINS =
      Map.of(
          Activations.LINEAR, 1.0,
          Activations.SIGMOID, 1.0,
          Activations.TANH, 5.0 / 3,
          Activations.SELU, 0.75);

  private WeightScales() {}

  /** He normal: √(2/((1 + a²) fan-in)) (He et al. 2015, eqs. 10 and 15). */
  public static double heStd(Fans fans, double slope) {
    return Math.sqrt(2 / ((1 + slope * slope) * fans.fanIn()));
  }

  /** Half-width of He uniform: √3 standard deviations. */
  public static double heUniformBound(Fans fans, double slope) {
    return Math.sqrt(3) * heStd(fans, slope);
  }

  /** Xavier in its fan-in form, and LeCun's: √(1/fan-in). */
  public static double fanInStd(Fans fans) {
    return Math.sqrt(1 / fans.fanIn());
  }

  /** Glorot normal: √(2/(fan-in + fan-out)) (Glorot and Bengio 2010, eq. 16). */
  public static double glorotStd(Fans fans) {
    return Math.sqrt(2 / (fans.fanIn() + fans.fanOut()));
  }

  /**
   * {@code torch.nn.init.calculate_gain}: a published table, not a theory; tanh's 5/3 is above
   * critical.
   *
   * @throws IllegalArgumentException for activations that the table does not list
   */
  public static double torchGain(Activation activation) {
    Double listed = TORCH_GAINS.get(activation);
    if (listed != null) {
      return listed;
    }
    if (activation.family().endsWith("relu")) {
      return Math.sqrt(2 / (1 + activation.slope() * activation.slope()));
    }
    throw new IllegalArgumentException("torch.nn.init lists no gain for " + activation);
  }

  /** σ_w² of {@code torch.nn.Linear} and convolutions as they come: uniform on ±1/√fan-in. */
  public static double torchDefaultSigmaW2() {
    return 1.0 / 3;
  }

  /** Standard deviation of N(0, 1) truncated at ±t: what a truncated normal must be divided by. */
  public static double truncatedNormalStd(double t) {
    double inside = Erf.erf(t * Math.sqrt(0.5));
    return Math.sqrt(1 - 2 * t * Erf.normalDensity(t) / inside);
  }

  /**
   * Factor by which backpropagation through ReLU convolutions shrinks a gradient's standard
   * deviation: ∏ 1/√(½ k² d_l Var w) over layers with d_l filters (He et al. 2015, §2.2).
   */
  public static double reluGradientShrink(double weightStd, int kernel, int... filters) {
    double product = 1;
    for (int d : filters) {
      product /= Math.sqrt(0.5 * kernel * kernel * d) * weightStd;
    }
    return product;
  }
}
