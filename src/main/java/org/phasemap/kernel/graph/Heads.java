package org.phasemap.kernel.graph;

import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/**
 * Channels × (inputs · tokens) as a block for each input and head: the head's channels × tokens.
 * Products of blocks are then products of heads.
 */
final class Heads {
  private final Kernel kernel;
  private final int heads;
  private final int tokens;
  private final int batch;

  /** Channels of a head. */
  private final int size;

  Heads(Kernel kernel, int channels, int heads, int tokens, int batch) {
    this.kernel = kernel;
    this.heads = heads;
    this.tokens = tokens;
    this.batch = batch;
    size = channels / heads;
  }

  /** Of a head's channels × tokens, all zeros. */
  Blocks vectors() {
    return kernel.blocks(size, tokens, batch * heads);
  }

  /** Of tokens × tokens, all zeros. */
  Blocks squares() {
    return kernel.blocks(tokens, tokens, batch * heads);
  }

  /** Puts the channels of each head together. */
  void split(Matrix whole, Blocks to) {
    float[] from = whole.read();
    float[] parts = new float[to.rows() * to.all().columns()];
    forEachColumn(to, (column, part) -> System.arraycopy(from, column, parts, part, size));
    to.all().write(parts);
  }

  /** The same the other way round. */
  void join(Blocks from, Matrix whole) {
    float[] parts = from.all().read();
    float[] to = new float[whole.rows() * whole.columns()];
    forEachColumn(from, (column, part) -> System.arraycopy(parts, part, to, column, size));
    whole.write(to);
  }

  private interface Column {
    /**
     * @param whole first of its entries among all channels
     * @param part the same in its block
     */
    void accept(int whole, int part);
  }

  private void forEachColumn(Blocks parts, Column action) {
    for (int input = 0; input < batch; input++) {
      for (int token = 0; token < tokens; token++) {
        int column = (input * tokens + token) * heads * size;
        for (int head = 0; head < heads; head++) {
          int block = input * heads + head;
          action.accept(column + head * size, block * parts.step() + token * size);
        }
      }
    }
  }
}
