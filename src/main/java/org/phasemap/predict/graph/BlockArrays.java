package org.phasemap.predict.graph;

import java.util.Arrays;

/** Arrays of a number for each block of inputs and class of positions. */
final class BlockArrays {
  private BlockArrays() {}

  /** Of a part of a node. */
  interface PartStep {
    double[][] of(int part, double[][] gradient);
  }

  /** Of a block. */
  interface BlockStep {
    double[] of(double[] gradient);
  }

  /** Of an entry and where it stands. */
  interface Entry {
    double of(int block, int c, double g);
  }

  /** Block by block. */
  static double[][] blocks(double[][] gradient, BlockStep step) {
    double[][] next = new double[gradient.length][];
    Arrays.setAll(next, block -> step.of(gradient[block]));
    return next;
  }

  /** Entry by entry. */
  static double[][] map(double[][] gradient, Entry entry) {
    double[][] next = new double[gradient.length][];
    for (int block = 0; block < next.length; block++) {
      next[block] = new double[gradient[block].length];
      for (int c = 0; c < next[block].length; c++) {
        next[block][c] = entry.of(block, c, gradient[block][c]);
      }
    }
    return next;
  }
}
