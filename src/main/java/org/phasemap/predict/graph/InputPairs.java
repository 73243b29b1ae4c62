package org.phasemap.predict.graph;

import java.util.Arrays;

/**
 * What inputs a network is shown, as blocks: pairs of inputs whose covariances are followed. Inputs
 * that are exchangeable have two: an input with itself, and two of them. Given ones have a block
 * for each pair.
 */
public final class InputPairs {
  private final int count;
  private final int kinds;
  private final int[][] blocks;
  private final double[] square;
  private final double[] deficit;
  private final float[] columns;

  private InputPairs(
      int count, int kinds, int[][] blocks, double[] square, double[] deficit, float[] columns) {
    this.columns = columns;
    this.count = count;
    this.kinds = kinds;
    this.blocks = blocks;
    this.square = square;
    this.deficit = deficit;
  }

  /**
   * Of one second moment and one correlation.
   *
   * @param count m
   */
  public static InputPairs exchangeable(int count, double q0, double c0) {
    int[][] blocks = count == 1 ? new int[][] {{0, 0}} : new int[][] {{0, 0}, {0, 0}};
    return new InputPairs(
        count,
        1,
        blocks,
        new double[] {q0},
        count == 1 ? new double[] {0} : new double[] {0, q0 * (1 - c0)},
        new float[0]);
  }

  /**
   * Of any inputs.
   *
   * @param gram m × m, x_a·x_b/n₀
   * @param columns X, n₀ × m, column-major
   */
  public static InputPairs given(double[][] gram, float[] columns) {
    int m = gram.length;
    int[][] blocks = new int[m * (m + 1) / 2][];
    double[] deficit = new double[blocks.length];
    double[] square = new double[m];
    int block = 0;
    for (int a = 0; a < m; a++) {
      square[a] = gram[a][a];
      for (int b = 0; b <= a; b++) {
        deficit[block] = a == b ? 0 : 0.5 * (gram[a][a] + gram[b][b]) - gram[a][b];
        blocks[block++] = new int[] {a, b};
      }
    }
    return new InputPairs(m, m, blocks, square, deficit, columns);
  }

  /** X, n₀ × m, column-major; of given inputs. */
  float[] columns() {
    return columns;
  }

  /** Number of inputs, m. */
  int count() {
    return count;
  }

  /** Kinds of inputs: 1 where they are exchangeable, else m. */
  int kinds() {
    return kinds;
  }

  /** Number of blocks. */
  int blocks() {
    return blocks.length;
  }

  /** The first input of a block. */
  int first(int block) {
    return blocks[block][0];
  }

  /** The second input of a block. */
  int second(int block) {
    return blocks[block][1];
  }

  /** The block of an input with itself. */
  int own(int kind) {
    return kind * (kind + 3) / 2;
  }

  /** Whether a block is of an input with itself. */
  boolean isOwn(int block) {
    return own(blocks[block][0]) == block;
  }

  /** Ordered pairs of inputs in a block; over all blocks m². */
  double multiplicity(int block) {
    if (kinds == count) {
      return isOwn(block) ? 1 : 2;
    }
    return isOwn(block) ? count : count * (count - 1.0);
  }

  /** Whether inputs are drawn, any two of them alike in law; one that is given is not. */
  boolean areExchangeable() {
    return columns.length == 0;
  }

  /** ‖x‖²/n₀ of an input. */
  double square(int kind) {
    return square[kind];
  }

  /** Half the mean squared difference of the two inputs of a block. */
  double deficit(int block) {
    return deficit[block];
  }

  /** Mean of {@link #square}. */
  double meanSquare() {
    return Arrays.stream(square).sum() / kinds;
  }
}
