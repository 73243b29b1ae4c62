package org.phasemap.kernel.graph.weighing;

import java.util.List;
import java.util.Optional;

/**
 * Which convolutions of 3 × 3 taps go through {@link Winograd}'s transforms, and how many inputs at
 * a time: those that transforms make faster.
 *
 * @param tiles of an input
 * @param inputs that are transformed at once
 */
record Batches(int in, int out, int tiles, int inputs) {
  /** Columns of a product: as few as make it wide. */
  private static final int COLUMNS = 128;

  /** Channels from which transforms pay, and half of the tiles of a batch. */
  private static final int LEAST = 16;

  /** Outputs of a tile, on average, from which it takes half of a direct one's products. */
  private static final int OUTPUTS = 8;

  /** Tiles of an input, which are transformed at once. */
  private static final int MOST = 1024;

  /**
   * Of 3 × 3 taps without strides.
   *
   * @param in channels
   * @param out channels
   */
  static Optional<Batches> of(List<Integer> grid, int groups, int in, int out, int batch) {
    if (grid.size() != 2
        || groups > 1
        || Math.min(in, out) < LEAST
        || Math.max(in, out) > Winograd.LENGTH) {
      return Optional.empty();
    }
    long tiles = (long) Tiling.along(grid.get(0)) * Tiling.along(grid.get(1));
    long positions = (long) grid.get(0) * grid.get(1);
    if (tiles > MOST || tiles * batch < 2 * LEAST || positions < OUTPUTS * tiles) {
      return Optional.empty();
    }
    int inputs = Math.min(batch, Math.max(1, COLUMNS / (int) tiles));
    return Optional.of(new Batches(in, out, (int) tiles, inputs));
  }

  /** Tiles that are transformed at once. */
  int columns() {
    return inputs * tiles;
  }

  /** Numbers outside the heap: weights, what their tiles see, and what comes out. */
  double numbers() {
    return Winograd.PLANES * ((double) in * out + (in + out) * (double) columns());
  }
}
