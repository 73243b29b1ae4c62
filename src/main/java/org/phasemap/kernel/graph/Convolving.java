package org.phasemap.kernel.graph;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/** Several taps, or groups of channels: products of weights and {@link Patches}. */
final class Convolving implements Weighing {
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

  Convolving(Kernel kernel, Patches patches, int groups, int channels, int batch) {
    this.kernel = kernel;
    this.patches = patches;
    this.groups = groups;
    out = channels / groups;
    tileInputs = patches.inputsOfTile(batch);
    int columns = tileInputs * patches.outputs();
    tile = kernel.scratch(patches.taps() * (patches.channels() / groups), columns);
    part = kernel.scratch(out, columns);
  }

  @Override
  public void up(Blocks weights, Matrix h, Matrix z) {
    float[] entries = h.read();
    float[] all = groups > 1 ? new float[z.rows() * z.columns()] : new float[0];
    forEachTile(
        0,
        batch(z),
        (first, columns) -> {
          Matrix gathered = tile.view(0, columns);
          float[] entriesOfTile = taken(columns);
          int column = first * patches.outputs();
          for (int group = 0; group < groups; group++) {
            patches.gather(entries, group, first, entriesOfTile);
            gathered.write(entriesOfTile);
            Matrix to = groups > 1 ? part.view(0, columns) : z.view(column, columns);
            kernel.multiply(weights.view(group, 1), inputs(gathered), inputs(to));
            if (groups > 1) {
              join(to.read(), group, column, all);
            }
          }
        });
    if (groups > 1) {
      z.write(all);
    }
  }

  @Override
  public void down(Blocks weights, Matrix g, Matrix to) {
    float[] result = new float[to.rows() * to.columns()];
    float[] all = groups > 1 ? g.read() : new float[0];
    forEachTile(
        0,
        batch(g),
        (first, columns) -> {
          Matrix sent = tile.view(0, columns);
          for (int group = 0; group < groups; group++) {
            kernel.multiplyTransposed(
                weights.view(group, 1),
                inputs(ofGroup(g, all, group, first, columns)),
                inputs(sent));
            patches.scatter(sent.read(), group, first, result);
          }
        });
    to.write(result);
  }

  @Override
  public void addGradient(double alpha, Matrix g, Matrix h, int first, int count, Blocks gradient) {
    float[] entries = h.read();
    float[] all = groups > 1 ? g.read() : new float[0];
    forEachTile(
        first,
        first + count,
        (input, columns) -> {
          Matrix gathered = tile.view(0, columns);
          float[] entriesOfTile = taken(columns);
          for (int group = 0; group < groups; group++) {
            patches.gather(entries, group, input, entriesOfTile);
            gathered.write(entriesOfTile);
            kernel.addOuterProduct(
                alpha, ofGroup(g, all, group, input, columns), gathered, gradient.block(group));
          }
        });
  }

  /** For the entries of a tile; the last one may be narrower. */
  private float[] taken(int columns) {
    int length = tile.rows() * columns;
    if (taken.length != length) {
      taken = new float[length];
    }
    return taken;
  }

  /** Each by itself: equal inputs stay equal to the bit. */
  private Blocks inputs(Matrix columns) {
    return new Blocks(columns, patches.outputs(), patches.outputs());
  }

  private int batch(Matrix z) {
    return z.columns() / patches.outputs();
  }

  private Matrix ofGroup(Matrix g, float[] all, int group, int input, int columns) {
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
  private interface Tile {
    void accept(int first, int columns);
  }

  private void forEachTile(int from, int to, Tile action) {
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
