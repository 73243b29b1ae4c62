package org.phasemap.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.phasemap.network.NetworkConfig;
import org.phasemap.theory.FloatFormat;
import org.phasemap.theory.MagnitudeShare;
import org.phasemap.theory.Trajectory;

/**
 * What {@link Precision} finds in wide networks, in the worst layer for each number. The 8-bit grid
 * has no prediction: its step is the largest of all entries of layer 1.
 */
final class PrecisionPrediction {
  private final NetworkConfig network;
  private final List<Trajectory> inputs;

  /** Of layer l at index l − 1, then by input. */
  private final MagnitudeShare[][] layers;

  /**
   * @param network of any depth; its width says how large single gradients are
   * @param inputs as many layers each, in which every input counts alike
   */
  PrecisionPrediction(NetworkConfig network, List<Trajectory> inputs) {
    this.network = network;
    this.inputs = inputs;
    layers = new MagnitudeShare[inputs.get(0).depth()][inputs.size()];
    for (int l = 0; l < layers.length; l++) {
      for (int a = 0; a < inputs.size(); a++) {
        layers[l][a] = new MagnitudeShare(network.activation(), inputs.get(a).q()[l]);
      }
    }
  }

  /** Adds the shares of a network of depth L, under their columns' names. */
  void add(int depth, Map<String, Double> scalars) {
    add("fp16", FloatFormat.FP16, depth, scalars);
    add("bf16", FloatFormat.BF16, depth, scalars);
  }

  private void add(String name, FloatFormat format, int depth, Map<String, Double> scalars) {
    double tiny = 0.5 * format.minSubnormal();
    // Of ξ in δ_L = φ′(z_L) ξ: the weights that a mask keeps; below, sums over those.
    double[] variance = new double[inputs.size()];
    Arrays.fill(variance, network.sigmaW2() / network.width());
    for (int l = depth; l >= 1; l--) {
      MagnitudeShare[] layer = layers[l - 1];
      put(name + "_signal_subnormal", signalBelow(layer, format.minNormal()), scalars);
      put(name + "_signal_flushed", signalBelow(layer, tiny), scalars);
      put(name + "_signal_overflow", 1 - signalBelow(layer, format.largest()), scalars);
      double small = gradientBelow(layer, format.minNormal(), variance);
      put(name + "_gradient_subnormal", small, scalars);
      put(name + "_gradient_flushed", gradientBelow(layer, tiny, variance), scalars);
      double large = 1 - gradientBelow(layer, format.largest(), variance);
      put(name + "_gradient_overflow", large, scalars);
      for (int a = 0; a < variance.length; a++) {
        double kept = l == depth ? network.keepProbability() : 1;
        variance[a] *= inputs.get(a).chi1()[l - 1] * kept;
      }
    }
  }

  /** Of the non-zero entries of all inputs. */
  private static double signalBelow(MagnitudeShare[] layer, double bound) {
    double below = 0;
    double all = 0;
    for (MagnitudeShare input : layer) {
      double own = input.signals();
      below += own > 0 ? own * input.signalBelow(bound) : 0;
      all += own;
    }
    return below / all;
  }

  private static double gradientBelow(MagnitudeShare[] layer, double bound, double[] variance) {
    double below = 0;
    double all = 0;
    for (int a = 0; a < layer.length; a++) {
      double own = layer[a].gradients();
      below += own > 0 ? own * layer[a].gradientBelow(bound, variance[a]) : 0;
      all += own;
    }
    return below / all;
  }

  /** Keeps the largest share; NaN stays. */
  private static void put(String name, double share, Map<String, Double> scalars) {
    scalars.merge(name, share, Math::max);
  }
}
