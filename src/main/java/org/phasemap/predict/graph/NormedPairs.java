package org.phasemap.predict.graph;

import java.util.Arrays;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.field.GridPairs;
import org.phasemap.theory.architecture.norm.field.PairAlgebra;

/**
 * Blocks of inputs and classes of positions as the matrix that a batch norm acts on. Given inputs
 * are not alike: each number of each is a position of one input.
 *
 * @param algebra of the matrix
 * @param block of each of its entries
 * @param pair class of each of its entries
 * @param blocks how many there are
 * @param classes how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record NormedPairs(PairAlgebra algebra, int[] block, int[] pair, int blocks, int classes) {
  /** Numbers of given inputs: eigenvectors take some 100 ms a layer. */
  private static final int MOST_GIVEN = 128;

  static NormedPairs of(InputPairs inputs, PositionPairs pairs) {
    return inputs.areExchangeable() ? ofAlike(inputs, pairs) : ofGiven(inputs, pairs);
  }

  private static NormedPairs ofAlike(InputPairs inputs, PositionPairs pairs) {
    PairAlgebra algebra = pairs.algebra(inputs.count());
    int[] classes = pairs.entries();
    int[] block = new int[algebra.size()];
    int[] pair = new int[block.length];
    Arrays.setAll(block, e -> e / classes.length);
    Arrays.setAll(pair, e -> classes[e % classes.length]);
    return new NormedPairs(algebra, block, pair, inputs.blocks(), pairs.classes());
  }

  private static NormedPairs ofGiven(InputPairs inputs, PositionPairs pairs) {
    int positions = pairs.positions();
    int numbers = inputs.count() * positions;
    OutsideDomainException.unless(
        numbers <= MOST_GIVEN,
        "batch norm over more than " + MOST_GIVEN + " numbers of given inputs: " + numbers);
    int[] block = new int[numbers * numbers];
    int[] pair = new int[block.length];
    for (int b = 0; b < inputs.blocks(); b++) {
      for (int i = 0; i < positions; i++) {
        for (int j = 0; j < positions; j++) {
          int first = inputs.first(b) * positions + i;
          int second = inputs.second(b) * positions + j;
          block[first * numbers + second] = b;
          pair[first * numbers + second] = pairs.of(i, j);
          if (!inputs.isOwn(b)) { // (j, i) is another pair of an input's own
            block[second * numbers + first] = b;
            pair[second * numbers + first] = pairs.of(i, j);
          }
        }
      }
    }
    return new NormedPairs(
        new GridPairs(numbers, 1), block, pair, inputs.blocks(), pairs.classes());
  }

  double[] entries(Covariance s) {
    return entries(BlockArrays.map(new double[blocks][classes], (b, c, x) -> s.of(b, c)));
  }

  double[] entries(double[][] matrix) {
    double[] entries = new double[block.length];
    Arrays.setAll(entries, e -> matrix[block[e]][pair[e]]);
    return entries;
  }

  double[][] blocks(double[] entries) {
    double[][] matrix = new double[blocks][classes];
    for (int e = 0; e < entries.length; e++) {
      matrix[block[e]][pair[e]] = entries[e];
    }
    return matrix;
  }

  /** Of products, on the grid of another. */
  Covariance covariance(Covariance like, double[] products) {
    double[][] matrix = blocks(products);
    Covariance s = Covariance.zero(like.inputs(), like.pairs());
    for (int i = 0; i < s.q().length; i++) {
      for (int k = 0; k < s.q()[i].length; k++) {
        s.q()[i][k] = matrix[s.inputs().own(i)][s.pairs().diagonal(k)];
      }
    }
    for (int b = 0; b < blocks; b++) {
      for (int c = 0; c < classes; c++) {
        boolean isItself = s.inputs().isOwn(b) && s.pairs().isDiagonal(c);
        double mean = 0.5 * (s.first(b, c) + s.second(b, c));
        s.deficit()[b][c] = isItself ? 0 : mean - matrix[b][c];
      }
    }
    return s;
  }
}
