package org.phasemap.kernel.graph;

import java.util.Arrays;
import org.phasemap.network.graph.Taps;

/**
 * What the taps of a convolution see, for each output position one column: the channels of each tap
 * side by side (im2col). Inputs go through one tile after the other, which stays in the cache.
 *
 * @param sources [tap][output position] → input position
 * @param positions of an input
 * @param channels of an input, all groups
 */
record Patches(int[][] sources, int positions, int channels) {
  /** Columns of a tile: as few as make a wide product. */
  private static final int COLUMNS = 256;

  int taps() {
    return sources.length;
  }

  int outputs() {
    return sources[0].length;
  }

  /** Inputs of a tile. */
  int inputsOfTile(int batch) {
    return Math.min(batch, Math.max(1, COLUMNS / outputs()));
  }

  /**
   * Fills a tile, taps · count × outputs · inputs.
   *
   * @param h entries of all inputs
   * @param channel first of those that are taken
   * @param count of them
   * @param input first of those that are taken
   * @param tile as many inputs as fit
   */
  void gather(float[] h, int channel, int count, int input, float[] tile) {
    int column = taps() * count;
    for (int to = 0, a = 0; to < tile.length; to += column, a++) {
      int first = (input + a / outputs()) * positions;
      int position = a % outputs();
      for (int tap = 0; tap < taps(); tap++) {
        int source = sources[tap][position];
        int at = to + tap * count;
        if (source == Taps.OUTSIDE) {
          Arrays.fill(tile, at, at + count, 0);
        } else {
          System.arraycopy(h, (first + source) * channels + channel, tile, at, count);
        }
      }
    }
  }

  /** Adds a tile to where it was taken from. */
  void scatter(float[] tile, int channel, int count, int input, float[] h) {
    int column = taps() * count;
    for (int from = 0, a = 0; from < tile.length; from += column, a++) {
      int first = (input + a / outputs()) * positions;
      int position = a % outputs();
      for (int tap = 0; tap < taps(); tap++) {
        int source = sources[tap][position];
        if (source != Taps.OUTSIDE) {
          int at = from + tap * count;
          int to = (first + source) * channels + channel;
          for (int c = 0; c < count; c++) {
            h[to + c] += tile[at + c];
          }
        }
      }
    }
  }
}
