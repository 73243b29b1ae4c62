package org.phasemap.kernel.graph.weighing;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.graph.Taps;

/** A group for each channel, on arrays: loops run along channels. */
final class DepthwiseConvolving implements Weighing {
  private final Patches patches;
  private final int channels;

  DepthwiseConvolving(Patches patches) {
    this.patches = patches;
    channels = patches.channels();
  }

  @Override
  public void up(Blocks weights, Matrix h, Matrix z) {
    float[] byTap = byTap(weights.all().read());
    float[] from = h.read();
    float[] to = new float[z.rows() * z.columns()];
    forEachPair(
        0,
        z.columns() / patches.outputs(),
        (tap, source, target) -> {
          for (int c = 0; c < channels; c++) {
            to[target + c] += byTap[tap + c] * from[source + c];
          }
        });
    z.write(to);
  }

  @Override
  public void down(Blocks weights, Matrix g, Matrix out) {
    float[] byTap = byTap(weights.all().read());
    float[] from = g.read();
    float[] to = new float[out.rows() * out.columns()];
    forEachPair(
        0,
        g.columns() / patches.outputs(),
        (tap, source, target) -> {
          for (int c = 0; c < channels; c++) {
            to[source + c] += byTap[tap + c] * from[target + c];
          }
        });
    out.write(to);
  }

  @Override
  public void addGradient(double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient) {
    float[] gradients = g.read();
    float[] sources = h.read();
    float[] sums = new float[patches.taps() * channels];
    forEachPair(
        first,
        first + count,
        (tap, source, target) -> {
          for (int c = 0; c < channels; c++) {
            sums[tap + c] += gradients[target + c] * sources[source + c];
          }
        });
    float[] entries = gradient.all().read();
    for (int c = 0; c < channels; c++) {
      for (int tap = 0; tap < patches.taps(); tap++) {
        entries[place(c, tap, entries.length)] += (float) (alpha * sums[tap * channels + c]);
      }
    }
    gradient.all().write(entries);
  }

  /** A tap of an output position. */
  private interface Pair {
    /**
     * @param tap first of its weights, by tap and channel
     * @param source first of the entries that it takes
     * @param target first of those that it adds to
     */
    void accept(int tap, int source, int target);
  }

  private void forEachPair(int from, int to, Pair action) {
    for (int input = from; input < to; input++) {
      for (int a = 0; a < patches.outputs(); a++) {
        for (int tap = 0; tap < patches.taps(); tap++) {
          int source = patches.source(tap, a);
          if (source != Taps.OUTSIDE) {
            action.accept(
                tap * channels,
                (input * patches.positions() + source) * channels,
                (input * patches.outputs() + a) * channels);
          }
        }
      }
    }
  }

  private float[] byTap(float[] weights) {
    float[] byTap = new float[patches.taps() * channels];
    for (int c = 0; c < channels; c++) {
      for (int tap = 0; tap < patches.taps(); tap++) {
        byTap[tap * channels + c] = weights[place(c, tap, weights.length)];
      }
    }
    return byTap;
  }

  /** Of a weight among its blocks. */
  private int place(int channel, int tap, int entries) {
    return channel * (entries / channels) + tap;
  }
}
