package org.phasemap.kernel.graph.weighing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.phasemap.network.graph.Taps;

/**
 * The images of a 3 × 3 convolution cut into tiles of 4 × 4 outputs, the last ones of a line or a
 * column with fewer. A tile sees 6 × 6 places.
 *
 * @param seen [place, line by line][tile] → input position, or {@link Taps#OUTSIDE}
 * @param made [output of a tile, line by line][tile] → output position, or {@link Taps#OUTSIDE}
 * @param mirrored whether the first tap sees the last of an output's 3 × 3 places
 */
record Tiling(int[][] seen, int[][] made, boolean mirrored) {
  /** Of a place that no output of its tile sees. */
  private static final int UNKNOWN = Taps.OUTSIDE - 1;

  /** Taps along a line. */
  static final int TAPS = 3;

  /** Outputs of a tile along a line. */
  static final int OUTPUTS = 4;

  /** Places that a tile sees along a line. */
  static final int PLACES = OUTPUTS + TAPS - 1;

  /**
   * Of a geometry, if what a tap sees at an output depends on where the two are together, as it
   * does without strides.
   *
   * @param sources [tap][output position] → input position, of as many as there are outputs
   * @param grid of the outputs
   */
  static Optional<Tiling> of(int[][] sources, List<Integer> grid) {
    if (grid.size() != 2 || sources.length != TAPS * TAPS) {
      return Optional.empty();
    }
    return of(sources, grid, false).or(() -> of(sources, grid, true));
  }

  private static Optional<Tiling> of(int[][] sources, List<Integer> grid, boolean mirrored) {
    int lines = grid.get(0);
    int length = grid.get(1);
    int along = along(length);
    int tiles = along(lines) * along;
    int[][] seen = table(PLACES * PLACES, tiles);
    int[][] made = table(OUTPUTS * OUTPUTS, tiles);
    for (int output = 0; output < lines * length; output++) {
      int line = output / length;
      int column = output % length;
      int tile = line / OUTPUTS * along + column / OUTPUTS;
      made[line % OUTPUTS * OUTPUTS + column % OUTPUTS][tile] = output;
      for (int tap = 0; tap < sources.length; tap++) {
        int place = mirrored ? sources.length - 1 - tap : tap;
        int[] own =
            seen[(line % OUTPUTS + place / TAPS) * PLACES + column % OUTPUTS + place % TAPS];
        int source = sources[tap][output];
        if (own[tile] != UNKNOWN && own[tile] != source) {
          return Optional.empty();
        }
        own[tile] = source;
      }
    }
    for (int[] places : seen) {
      Arrays.setAll(places, tile -> Math.max(places[tile], Taps.OUTSIDE));
    }
    for (int[] outputs : made) {
      Arrays.setAll(outputs, tile -> Math.max(outputs[tile], Taps.OUTSIDE));
    }
    return Optional.of(new Tiling(seen, made, mirrored));
  }

  private static int[][] table(int rows, int tiles) {
    int[][] table = new int[rows][tiles];
    for (int[] row : table) {
      Arrays.fill(row, UNKNOWN);
    }
    return table;
  }

  /** Tiles along a line or a column. */
  static int along(int outputs) {
    return (outputs + OUTPUTS - 1) / OUTPUTS;
  }

  int tiles() {
    return seen[0].length;
  }
}
