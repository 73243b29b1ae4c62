package org.phasemap.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.phasemap.measure.Precision;
import org.phasemap.network.NetworkConfig;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.precision.FloatFormat;
import org.phasemap.theory.precision.MagnitudeShare;

/**
 * What {@link Precision} finds in wide networks, in the worst layer for each number. The 8-bit grid
 * has no prediction: its step is the largest of all entries of layer 1.
 */
final class PrecisionPrediction {
  private final NetworkConfig network;
  private final List<Trajectory> inputs;

  /** A layer's entries, by input. */
  private final double perLayer;

  /** Of layer l at index l − 1, then by input. */
  private final MagnitudeShare[][] layers;

  /**
   * @param network of any depth; its width says how large single gradients are
   * @param inputs as many layers each, in which every input counts alike
   * @param count how many inputs they stand for
   */
  PrecisionPrediction(NetworkConfig network, List<Trajectory> inputs, int count) {
    this.network = network;
    this.inputs = inputs;
    perLayer = (double) network.width() * count / inputs.size();
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
    // Of ξ in δ_L = φ′(z_L) ξ: the weights that a mask keeps; below, sums over those.
    double[] variance = new double[inputs.size()];
    Arrays.fill(variance, network.sigmaW2() / network.width());
    for (int l = depth; l >= 1; l--) {
      MagnitudeShare[] layer = layers[l - 1];
      put(name + "_signal", format, (a, b) -> sum(layer, (s, i) -> s.signalBetween(a, b)), scalars);
      put(
          name + "_gradient",
          format,
          (a, b) -> sum(layer, (s, i) -> s.gradientBetween(a, b, variance[i])),
          scalars);
      for (int a = 0; a < variance.length; a++) {
        double kept = l == depth ? network.keepProbability() : 1;
        variance[a] *= inputs.get(a).chi1()[l - 1] * kept;
      }
    }
  }

  /** Probability that an entry's magnitude is above one number and not above another. */
  private interface Law {
    double between(double low, double high);
  }

  private interface Between {
    double of(MagnitudeShare share, int input);
  }

  /** Over a layer's inputs. */
  private static double sum(MagnitudeShare[] layer, Between between) {
    double sum = 0;
    for (int a = 0; a < layer.length; a++) {
      sum += between.of(layer[a], a);
    }
    return sum;
  }

  /** Keeps the largest shares of entries that float32 tells from 0; NaN stays. */
  private void put(String name, FloatFormat format, Law law, Map<String, Double> scalars) {
    double zero = FloatFormat.FP32.largestFlushed();
    double all = law.between(zero, Double.POSITIVE_INFINITY);
    // A layer that is likely to have no such entry is one without.
    double share = all * perLayer < 0.5 ? 0 : 1 / all;
    double subnormal = share * law.between(zero, format.minNormal());
    double flushed = share * law.between(zero, format.largestFlushed());
    double overflow = share * law.between(format.largest(), Double.POSITIVE_INFINITY);
    scalars.merge(name + "_subnormal", subnormal, Math::max);
    scalars.merge(name + "_flushed", flushed, Math::max);
    scalars.merge(name + "_overflow", overflow, Math::max);
  }
}
