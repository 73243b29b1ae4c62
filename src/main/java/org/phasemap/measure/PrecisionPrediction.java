package org.phasemap.measure;

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
  private final Trajectory t;
  private final MagnitudeShare[] layers;

  /**
   * @param network of any depth; its width says how large single gradients are
   */
  PrecisionPrediction(NetworkConfig network, Trajectory t) {
    this.network = network;
    this.t = t;
    layers = new MagnitudeShare[t.depth()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new MagnitudeShare(network.activation(), t.q()[l]);
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
    double variance = network.sigmaW2() / network.width();
    for (int l = depth; l >= 1; l--) {
      MagnitudeShare layer = layers[l - 1];
      put(name + "_signal_subnormal", layer.signalBelow(format.minNormal()), scalars);
      put(name + "_signal_flushed", layer.signalBelow(tiny), scalars);
      put(name + "_signal_overflow", 1 - layer.signalBelow(format.largest()), scalars);
      double small = layer.gradientBelow(format.minNormal(), variance);
      put(name + "_gradient_subnormal", small, scalars);
      put(name + "_gradient_flushed", layer.gradientBelow(tiny, variance), scalars);
      double large = 1 - layer.gradientBelow(format.largest(), variance);
      put(name + "_gradient_overflow", large, scalars);
      variance *= t.chi1()[l - 1] * (l == depth ? network.keepProbability() : 1);
    }
  }

  /** Keeps the largest share; NaN stays. */
  private static void put(String name, double share, Map<String, Double> scalars) {
    scalars.merge(name, share, Math::max);
  }
}
