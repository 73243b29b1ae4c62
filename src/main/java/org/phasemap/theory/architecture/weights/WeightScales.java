package org.phasemap.theory.architecture.weights;

import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Fans;
import org.phasemap.network.InitScheme;
import org.phasemap.network.activation.Activations;

/** Scales that libraries ship, and what scales of weights do to gradients. */
public final class WeightScales {
  private static final Map<Activation, Double> TORCH_GAINS =
      Map.of(
          Activations.LINEAR, 1.0,
          Activations.SIGMOID, 1.0,
          Activations.TANH, 5.0 / 3,
          Activations.SELU, 0.75);

  private WeightScales() {}

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
      return Math.sqrt(InitScheme.HE_NORMAL.gain2(activation, Fans.dense(1, 1)));
    }
    throw new IllegalArgumentException("torch.nn.init lists no gain for " + activation);
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
