package org.phasemap.network.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which positions of a grid reach which of the next: a kernel of k taps along each dimension,
 * centred with (k−1)/2 taps before the centre, rounded down. {@link #sources} is all that anyone
 * needs to know of a convolution's geometry.
 *
 * @param kernel k along each dimension
 * @param stride s: output a has its centre at s·a
 * @param padding what lies outside
 * @param transposed whether it goes the other way: output s·a + b is reached from a by tap b
 */
public record Taps(int kernel, int stride, Padding padding, boolean transposed)
    implements Serializable {
  /** A source that does not exist. */
  public static final int OUTSIDE = -1;

  /** One tap: each position by itself, as in a dense layer. */
  public static final Taps ONE = new Taps(1, 1, Padding.CIRCULAR, false);

  /** Checks the numbers. */
  public Taps {
    if (kernel < 1 || stride < 1) {
      throw new IllegalArgumentException("kernel " + kernel + ", stride " + stride);
    }
  }

  /** Of an ordinary convolution. */
  public static Taps of(int kernel, Padding padding) {
    return new Taps(kernel, 1, padding, false);
  }

  /** k^d, taps of a kernel on a grid. */
  public int count(List<Integer> grid) {
    return power(kernel, grid.size());
  }

  /** Taps that reach an output on average, not counting border losses: k^d, or k^d/s^d. */
  public double fan(List<Integer> grid) {
    double taps = count(grid);
    return transposed ? taps / power(stride, grid.size()) : taps;
  }

  /** The grid that comes out. */
  public List<Integer> out(List<Integer> grid) {
    return grid.stream()
        .map(extent -> transposed ? extent * stride : (extent + stride - 1) / stride)
        .toList();
  }

  /**
   * Where each tap of each output position comes from.
   *
   * @return [tap][output position] → input position, or {@link #OUTSIDE}
   */
  public int[][] sources(List<Integer> grid) {
    int[][] sources = {{0}};
    for (int extent : grid) {
      sources = product(sources, along(extent), extent);
    }
    return sources;
  }

  private int[][] along(int extent) {
    int[][] line = new int[kernel][transposed ? extent * stride : (extent + stride - 1) / stride];
    int before = (kernel - 1) / 2;
    for (int tap = 0; tap < kernel; tap++) {
      for (int a = 0; a < line[tap].length; a++) {
        line[tap][a] =
            transposed
                ? transposedSource(a - tap, extent)
                : padding.index(stride * a + tap - before, extent);
      }
    }
    return line;
  }

  private int transposedSource(int offset, int extent) {
    boolean reaches = Math.floorMod(offset, stride) == 0;
    return reaches ? padding.index(Math.floorDiv(offset, stride), extent) : OUTSIDE;
  }

  private static int[][] product(int[][] slow, int[][] fast, int extent) {
    List<int[]> taps = new ArrayList<>();
    for (int[] outer : slow) {
      for (int[] inner : fast) {
        taps.add(
            Arrays.stream(outer)
                .flatMap(
                    i -> Arrays.stream(inner).map(j -> i < 0 || j < 0 ? OUTSIDE : i * extent + j))
                .toArray());
      }
    }
    return taps.toArray(int[][]::new);
  }

  private static int power(int base, int exponent) {
    int result = 1;
    for (int i = 0; i < exponent; i++) {
      result = Math.multiplyExact(result, base);
    }
    return result;
  }
}
