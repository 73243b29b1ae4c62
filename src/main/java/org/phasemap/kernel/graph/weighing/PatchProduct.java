package org.phasemap.kernel.graph.weighing;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/** Products of weights and {@link Patches}, group by group and tile by tile. */
final class PatchProduct implements AutoCloseable {
  private final Kernel kernel;
  private final Patches patches;
  private final int groups;

  /** Channels that a group gives. */
  private final int out;

  private final int tileInputs;
  private final Matrix tile;

  /** A group's outputs, where there are several groups. */
  private final Matrix part;

  private float[] taken = {};

  /**
   * @param channels that come out, all groups
   */
  PatchProduct(Kernel kernel, Patches patches, int groups, int channels, int batch) {
    this.kernel = kernel;
    this.patches = patches;
    this.groups = groups;
    out = channels / groups;
    tileInputs = patches.inputsOfTile(batch);
    tile = kernel.scratch(patches.rows(), tileInputs * patches.columns());
    part = kernel.scratch(out, tileInputs * patches.outputs());
  }

  /** Overwrites z with W and the patches of h. */
  void multiply(Blocks weights, Matrix h, Matrix z) {
    float[] all = groups > 1 ? new float[z.rows() * z.columns()] : new float[0];
    forEachTile(
        0,
        z.columns() / patches.outputs(),
        (first, columns) -> {
          int column = first * patches.outputs();
          float[] entries = entries(h, first, columns);
          for (int group = 0; group < groups; group++) {
            Matrix gathered = gather(entries, group, columns);
            Matrix to = groups > 1 ? part.view(0, columns) : z.view(column, columns);
            multiplyTile(weights.view(group, 1), gathered, to);
            if (groups > 1) {
              join(to.read(), group, column, all);
            }
          }
        });
    if (groups > 1) {
      z.write(all);
    }
  }

  private void multiplyTile(Blocks weights, Matrix gathered, Matrix to) {
    int[] windows = patches.windows();
    if (windows.length == 1) {
      kernel.multiply(weights, inputs(gathered), inputs(to));
      return;
    }
    kernel.multiply(row(weights.block(0), 0), gathered.view(windows[0], to.columns()), to);
    for (int row = 1; row < windows.length; row++) {
      kernel.addProduct(row(weights.block(0), row), gathered.view(windows[row], to.columns()), to);
    }
  }

  /** What belongs to one row of taps, of weights or their gradient. */
  Matrix row(Matrix weights, int row) {
    return weights.view(row * patches.rows(), patches.rows());
  }

  /** Of the inputs of a tile. */
  float[] entries(Matrix h, int first, int columns) {
    int inputs = columns / patches.outputs();
    return h.view(first * patches.positions(), inputs * patches.positions()).read();
  }

  /**
   * The tile of some inputs and a group; valid until the next one.
   *
   * @param entries of the inputs
   * @param columns of their outputs
   */
  Matrix gather(float[] entries, int group, int columns) {
    Matrix gathered = tile.view(0, columns / patches.outputs() * patches.columns());
    int length = gathered.rows() * gathered.columns();
    if (taken.length != length) {
      taken = new float[length];
    }
    patches.gather(entries, group, taken);
    gathered.write(taken);
    return gathered;
  }

  /** A tile with any entries, for one row of taps. */
  Matrix tile(int columns) {
    return tile.view(0, columns);
  }

  /** Each by itself: equal inputs stay equal to the bit. */
  Blocks inputs(Matrix columns) {
    return new Blocks(columns, patches.outputs(), patches.outputs());
  }

  /**
   * Rows of a group.
   *
   * @param all entries of g, where there are several groups
   */
  Matrix ofGroup(Matrix g, float[] all, int group, int input, int columns) {
    int column = input * patches.outputs();
    if (groups == 1) {
      return g.view(column, columns);
    }
    float[] rows = new float[out * columns];
    for (int a = 0; a < columns; a++) {
      System.arraycopy(all, ((column + a) * groups + group) * out, rows, a * out, out);
    }
    Matrix view = part.view(0, columns);
    view.write(rows);
    return view;
  }

  private void join(float[] rows, int group, int column, float[] all) {
    for (int a = 0; a < rows.length / out; a++) {
      System.arraycopy(rows, a * out, all, ((column + a) * groups + group) * out, out);
    }
  }

  /** Some inputs. */
  interface Tile {
    void accept(int first, int columns);
  }

  void forEachTile(int from, int to, Tile action) {
    for (int first = from; first < to; first += tileInputs) {
      action.accept(first, Math.min(tileInputs, to - first) * patches.outputs());
    }
  }

  @Override
  public void close() {
    tile.close();
    part.close();
  }
}
