package org.phasemap.kernel.graph.weighing;

import java.util.List;
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

  /** For gradients by weights; {@link #up} closes it. */
  private final PatchProduct direct;

  private final TapProduct up;

  /** Of the way down, if it is a convolution. */
  private final @Nullable Patches back;

  /** Made when it is first needed: signals alone have no way down. */
  private @Nullable TapProduct down;

  private final List<Integer> grid;
  private final int batch;

  /**
   * @param grid of an input
   * @param channels that come out, all groups
   */
  Convolving(
      Kernel kernel, Patches patches, List<Integer> grid, int groups, int channels, int batch) {
    this.kernel = kernel;
    this.patches = patches;
    this.groups = groups;
    this.grid = grid;
    this.batch = batch;
    direct = new PatchProduct(kernel, patches, groups, channels, batch);
    up = TiledProduct.orDirect(kernel, direct, patches, grid, groups, channels, batch);
    back = patches.reversed(groups, channels).orElse(null);
  }

  private TapProduct down(Patches own) {
    int in = patches.channels();
    PatchProduct product = new PatchProduct(kernel, own, groups, in, batch);
    return TiledProduct.orDirect(kernel, product, own, grid, groups, in, batch);
  }

  @Override
  public void up(Blocks weights, Matrix h, Matrix z) {
    up.multiply(weights, h, z);
  }

  @Override
  public void down(Blocks weights, Matrix g, Matrix to) {
    if (back == null) {
      scatter(weights, g, to);
      return;
    }
    if (down == null) {
      down = down(back);
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
    direct.forEachTile(
        0,
        g.columns() / patches.outputs(),
        (first, columns) -> {
          Matrix sent = direct.tile(columns);
          for (int group = 0; group < groups; group++) {
            Blocks own = direct.inputs(direct.ofGroup(g, all, group, first, columns));
            for (int row = 0; row < patches.windows().length; row++) {
              Matrix taps = direct.row(weights.block(group), row);
              kernel.multiplyTransposed(Blocks.of(taps), own, direct.inputs(sent));
              patches.scatter(sent.read(), patches.windows()[row], group, first, result);
            }
          }
        });
    to.write(result);
  }

  @Override
  public void addGradient(double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient) {
    float[] all = groups > 1 ? g.read() : new float[0];
    direct.forEachTile(
        first,
        first + count,
        (input, columns) -> {
          float[] entries = direct.entries(h, input, columns);
          for (int group = 0; group < groups; group++) {
            Matrix gathered = direct.gather(entries, group, columns);
            Matrix own = direct.ofGroup(g, all, group, input, columns);
            for (int row = 0; row < patches.windows().length; row++) {
              Matrix seen = gathered.view(patches.windows()[row], columns);
              kernel.addOuterProduct(alpha, own, seen, direct.row(gradient.block(group), row));
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
