package org.phasemap.kernel.graph.weighing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/**
 * Several taps, or groups of channels. Where each source is reached by a tap from one place at most
 * the way down is a convolution too: it reads patches of the gradient, which is faster than adding
 * to overlapping ones.
 */
final class Convolving implements Weighing {
  private final Kernel kernel;
  private final Patches patches;
  private final int groups;
  private final PatchProduct up;
  private final @Nullable PatchProduct down;

  Convolving(Kernel kernel, Patches patches, int groups, int channels, int batch) {
    this.kernel = kernel;
    this.patches = patches;
    this.groups = groups;
    up = new PatchProduct(kernel, patches, groups, channels, batch);
    Optional<Patches> back = patches.reversed(groups, channels);
    down =
        back.map(own -> new PatchProduct(kernel, own, groups, patches.channels(), batch))
            .orElse(null);
  }

  @Override
  public void up(Blocks weights, Matrix h, Matrix z) {
    up.multiply(weights, h, z);
  }

  @Override
  public void down(Blocks weights, Matrix g, Matrix to) {
    if (down == null) {
      scatter(weights, g, to);
      return;
    }
    try (Matrix reversed =
        kernel.scratch(
            patches.channels() / groups, weights.rows() * patches.taps() * weights.count())) {
      reversed.write(reversed(weights));
      int columns = weights.rows() * patches.taps();
      down.multiply(new Blocks(reversed, columns, columns), g, to);
    }
  }

  /** Of each group (out × taps · in) as (in × taps · out). */
  private float[] reversed(Blocks weights) {
    float[] entries = weights.all().read();
    float[] result = new float[entries.length];
    int out = weights.rows();
    int in = patches.channels() / groups;
    for (int tap = 0; tap < entries.length / (out * in); tap++) {
      int first = tap * out * in;
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          result[first + o * in + i] = entries[first + i * out + o];
        }
      }
    }
    return result;
  }

  private void scatter(Blocks weights, Matrix g, Matrix to) {
    float[] result = new float[to.rows() * to.columns()];
    float[] all = groups > 1 ? g.read() : new float[0];
    up.forEachTile(
        0,
        g.columns() / patches.outputs(),
        (first, columns) -> {
          Matrix sent = up.tile(columns);
          for (int group = 0; group < groups; group++) {
            Blocks own = up.inputs(up.ofGroup(g, all, group, first, columns));
            for (int row = 0; row < patches.windows().length; row++) {
              Matrix taps = up.row(weights.block(group), row);
              kernel.multiplyTransposed(Blocks.of(taps), own, up.inputs(sent));
              patches.scatter(sent.read(), patches.windows()[row], group, first, result);
            }
          }
        });
    to.write(result);
  }

  @Override
  public void addGradient(double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient) {
    float[] all = groups > 1 ? g.read() : new float[0];
    up.forEachTile(
        first,
        first + count,
        (input, columns) -> {
          float[] entries = up.entries(h, input, columns);
          for (int group = 0; group < groups; group++) {
            Matrix gathered = up.gather(entries, group, columns);
            Matrix own = up.ofGroup(g, all, group, input, columns);
            for (int row = 0; row < patches.windows().length; row++) {
              Matrix seen = gathered.view(patches.windows()[row], columns);
              kernel.addOuterProduct(alpha, own, seen, up.row(gradient.block(group), row));
            }
          }
        });
  }

  @Override
  public void close() {
    up.close();
    if (down != null) {
      down.close();
    }
  }
}
