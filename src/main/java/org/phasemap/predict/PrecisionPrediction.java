package org.phasemap.predict;

import java.util.Arrays;
import java.util.List;
import org.phasemap.network.NetworkConfig;
import org.phasemap.quantity.FormatQuantity;
import org.phasemap.quantity.FormatQuantity.Entries;
import org.phasemap.quantity.FormatQuantity.Format;
import org.phasemap.quantity.FormatQuantity.Loss;
import org.phasemap.quantity.Measurement;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.precision.FloatFormat;
import org.phasemap.theory.precision.MagnitudeShare;

/**
 * What {@link FormatQuantity} says in wide networks, in the worst layer for each number. The 8-bit
 * grid has no prediction: its step is the largest of all entries of layer 1.
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

  /** Adds the shares of a network of depth L. */
  void add(int depth, Measurement.Builder limit) {
    add(Format.FP16, FloatFormat.FP16, depth, limit);
    add(Format.BF16, FloatFormat.BF16, depth, limit);
  }

  private void add(Format name, FloatFormat format, int depth, Measurement.Builder limit) {
    Worst signals = new Worst(format);
    Worst gradients = new Worst(format);
    // Of ξ in δ_L = φ′(z_L) ξ: the weights that a mask keeps; below, sums over those.
    double[] variance = new double[inputs.size()];
    Arrays.fill(variance, network.sigmaW2() / network.width());
    for (int l = depth; l >= 1; l--) {
      MagnitudeShare[] layer = layers[l - 1];
      signals.see((a, b) -> sum(layer, (s, i) -> s.signalBetween(a, b)));
      gradients.see((a, b) -> sum(layer, (s, i) -> s.gradientBetween(a, b, variance[i])));
      for (int a = 0; a < variance.length; a++) {
        double kept = l == depth ? network.keepProbability() : 1;
        variance[a] *= inputs.get(a).chi1()[l - 1] * kept;
      }
    }
    signals.put(name, Entries.SIGNAL, limit);
    gradients.put(name, Entries.GRADIENT, limit);
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

  /** The largest shares, over layers, of entries that float32 tells from 0; NaN stays. */
  private final class Worst {
    private final FloatFormat format;
    private double subnormal;
    private double flushed;
    private double overflow;

    Worst(FloatFormat format) {
      this.format = format;
    }

    void see(Law law) {
      double zero = FloatFormat.FP32.largestFlushed();
      double all = law.between(zero, Double.POSITIVE_INFINITY);
      // A layer that is likely to have no such entry is one without.
      double share = all * perLayer < 0.5 ? 0 : 1 / all;
      double beyond = law.between(format.largest(), Double.POSITIVE_INFINITY);
      subnormal = Math.max(subnormal, share * law.between(zero, format.minNormal()));
      flushed = Math.max(flushed, share * law.between(zero, format.largestFlushed()));
      overflow = Math.max(overflow, share * beyond);
    }

    void put(Format name, Entries entries, Measurement.Builder limit) {
      limit
          .put(FormatQuantity.of(name, entries, Loss.SUBNORMAL), subnormal)
          .put(FormatQuantity.of(name, entries, Loss.FLUSHED), flushed)
          .put(FormatQuantity.of(name, entries, Loss.OVERFLOW), overflow);
    }
  }
}
