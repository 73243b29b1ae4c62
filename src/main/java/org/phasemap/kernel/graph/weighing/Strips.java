package org.phasemap.kernel.graph.weighing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The taps of a convolution, cut into rows that see the same patches from places further on: what
 * the second row of a kernel sees at an output is what the first row sees one line of the image
 * below. So patches of one row are enough, a k-th of what all taps see, and each row of the kernel
 * takes its outputs' from a window of them.
 *
 * @param taps of a row
 * @param offsets first column of each row's window
 * @param sources [tap of a row][column] → input position
 */
record Strips(int taps, int[] offsets, int[][] sources) {
  /** All taps as one row. */
  static Strips whole(int[][] sources) {
    return new Strips(sources.length, new int[] {0}, sources);
  }

  /**
   * As few rows as there are, more than one if possible.
   *
   * @param sources [tap][output position] → input position
   */
  static Strips of(int[][] sources) {
    for (int rows = 2; rows <= sources.length; rows++) {
      if (sources.length % rows == 0) {
        int shift = shift(sources, sources.length / rows);
        if (shift != 0) {
          return cut(sources, sources.length / rows, shift);
        }
      }
    }
    return whole(sources);
  }

  /** Columns of patches. */
  int columns() {
    return sources[0].length;
  }

  /** How many columns on each row of so many taps finds what the row after it sees; 0 if none. */
  private static int shift(int[][] sources, int taps) {
    int outputs = sources[0].length;
    for (int shift = 1; shift <= outputs / 2; shift++) {
      if (isShifted(sources, taps, shift)) {
        return shift;
      }
      if (isShifted(sources, taps, -shift)) {
        return -shift;
      }
    }
    return 0;
  }

  private static boolean isShifted(int[][] sources, int taps, int shift) {
    int outputs = sources[0].length;
    int before = Math.max(0, -shift);
    int after = Math.max(0, shift);
    for (int tap = taps; tap < sources.length; tap++) {
      if (!Arrays.equals(
          sources[tap], before, outputs - after, sources[tap - taps], after, outputs - before)) {
        return false;
      }
    }
    return true;
  }

  private static Strips cut(int[][] sources, int taps, int shift) {
    int rows = sources.length / taps;
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      order.add(row);
    }
    if (shift < 0) {
      Collections.reverse(order);
    }
    int step = Math.abs(shift);
    int outputs = sources[0].length;
    int[] offsets = new int[rows];
    int[][] columns = new int[taps][outputs + (rows - 1) * step];
    for (int place = 0; place < rows; place++) {
      int row = order.get(place);
      offsets[row] = place * step;
      for (int tap = 0; tap < taps; tap++) {
        System.arraycopy(sources[row * taps + tap], 0, columns[tap], offsets[row], outputs);
      }
    }
    return new Strips(taps, offsets, columns);
  }
}
