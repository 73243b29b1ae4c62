package org.phasemap.predict;

import java.util.Arrays;
import java.util.List;
import org.phasemap.network.NetworkConfig;
import org.phasemap.quantity.FormatQuantity;
import org.phasemap.quantity.FormatQuantity.Entries;
import org.phasemap.quantity.FormatQuantity.Format;
import org.phasemap.quantity.FormatQuantity.Loss;
import org.phasemap.quantity.Measurement;
import org.phasemap.theory.precision.FloatFormat;
import org.phasemap.theory.precision.LargestShare;
import org.phasemap.theory.precision.MagnitudeShare;

/**
 * What {@link FormatQuantity} says of networks of a cell's size, whose layers have the law of wide
 * ones: the mean of the largest share of all layers. Entries are taken as apart, but for those of
 * one unit, whose inputs are correlated. The 8-bit grid has no prediction: its step is the largest
 * of all entries of layer 1.
 */
final class PrecisionPrediction {
  private final NetworkConfig network;
  private final InputTheory theory;
  private final List<SingleInput> inputs;
  private final int count;

  /** A layer's entries, by input that counts alike. */
  private final double perLayer;

  /** Of layer l at index l − 1, then by input. */
  private final MagnitudeShare[][] layers;

  /**
   * Of networks of several depths.
   *
   * @param network of any depth; its width says how large single gradients are
   * @param theory of the layers up to the largest depth
   * @param count how many inputs there are
   */
  PrecisionPrediction(NetworkConfig network, InputTheory theory, int count) {
    this.network = network;
    this.theory = theory;
    this.count = count;
    inputs = theory.alone();
    perLayer = (double) network.width() * count / inputs.size();
    layers = new MagnitudeShare[inputs.get(0).t().depth()][inputs.size()];
    for (int l = 0; l < layers.length; l++) {
      for (int a = 0; a < inputs.size(); a++) {
        layers[l][a] = new MagnitudeShare(network.activation(), inputs.get(a).q(l + 1));
      }
    }
  }

  /** Adds the shares of a network of depth L. */
  void add(int depth, Measurement.Builder limit) {
    add(Format.FP16, FloatFormat.FP16, depth, limit);
    add(Format.BF16, FloatFormat.BF16, depth, limit);
  }

  private void add(Format name, FloatFormat format, int depth, Measurement.Builder limit) {
    Losses signals = new Losses(format);
    Losses gradients = new Losses(format);
    double[] cosine = theory.gradientCosine(depth);
    // Of ξ in δ_L = φ′(z_L) ξ: the weights that a mask keeps; below, sums over those.
    double[] variance = new double[inputs.size()];
    Arrays.fill(variance, network.sigmaW2() / network.width());
    for (int l = depth; l >= 1; l--) {
      MagnitudeShare[] layer = layers[l - 1];
      signals.see((a, b) -> sum(layer, (s, i) -> s.signalBetween(a, b)), theory.c(l));
      gradients.see(
          (a, b) -> sum(layer, (s, i) -> s.gradientBetween(a, b, variance[i])), cosine[l - 1]);
      for (int a = 0; a < variance.length; a++) {
        double kept = l == depth ? network.keepProbability() : 1;
        variance[a] *= inputs.get(a).t().chi1()[l - 1] * kept;
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

  /** Shares of entries that float32 tells from 0, layer by layer. */
  private final class Losses {
    private final FloatFormat format;
    private final LargestShare subnormal = new LargestShare();
    private final LargestShare flushed = new LargestShare();
    private final LargestShare overflow = new LargestShare();

    Losses(FloatFormat format) {
      this.format = format;
    }

    /**
     * Adds a layer.
     *
     * @param law summed over inputs
     * @param c correlation of two inputs' entries
     */
    void see(Law law, double c) {
      double zero = FloatFormat.FP32.largestFlushed();
      double all = law.between(zero, Double.POSITIVE_INFINITY);
      // A layer that is likely to have no such entry is one without.
      double share = all * perLayer < 0.5 ? 0 : 1 / all;
      double entries = all * perLayer;
      double small = share * law.between(zero, format.minNormal());
      double none = share * law.between(zero, format.largestFlushed());
      double large = share * law.between(format.largest(), Double.POSITIVE_INFINITY);
      subnormal.add(entries * LargestShare.independent(count, small, c), small);
      flushed.add(entries * LargestShare.independent(count, none, c), none);
      overflow.add(entries * LargestShare.independent(count, 1 - large, c), large);
    }

    void put(Format name, Entries entries, Measurement.Builder limit) {
      limit
          .put(FormatQuantity.of(name, entries, Loss.SUBNORMAL), subnormal.mean())
          .put(FormatQuantity.of(name, entries, Loss.FLUSHED), flushed.mean())
          .put(FormatQuantity.of(name, entries, Loss.OVERFLOW), overflow.mean());
    }
  }
}
