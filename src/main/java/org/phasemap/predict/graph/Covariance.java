package org.phasemap.predict.graph;

/**
 * Second moments of one unit over inputs and positions: q_i[a] of input i at position a, and for
 * each pair half the mean squared difference, ½(q_i[a] + q_j[b]) − E z_i[a] z_j[b], which goes to 0
 * without cancellation where signals become alike. Linear operations act on both alike.
 *
 * @param inputs which pairs of inputs there are
 * @param pairs which pairs of positions
 * @param q [input][kind of position]
 * @param deficit [block of inputs][class of positions]
 */
@SuppressWarnings("ArrayRecordComponent") // written where it is made only
record Covariance(InputPairs inputs, PositionPairs pairs, double[][] q, double[][] deficit) {
  /** All 0. */
  static Covariance zero(InputPairs inputs, PositionPairs pairs) {
    return new Covariance(
        inputs,
        pairs,
        new double[inputs.kinds()][pairs.kinds()],
        new double[inputs.blocks()][pairs.classes()]);
  }

  /** The variance at the first position of a class. */
  double first(int block, int pair) {
    return q[inputs.first(block)][pairs.kind(pairs.first(pair))];
  }

  /** The variance at the second position of a class. */
  double second(int block, int pair) {
    return q[inputs.second(block)][pairs.kind(pairs.second(pair))];
  }

  /** E z_i[a] z_j[b]. */
  double of(int block, int pair) {
    return 0.5 * (first(block, pair) + second(block, pair)) - deficit[block][pair];
  }

  /** Adds a multiple of another. */
  void add(double factor, Covariance other) {
    for (int i = 0; i < q.length; i++) {
      for (int k = 0; k < q[i].length; k++) {
        q[i][k] += factor * other.q[i][k];
      }
    }
    for (int b = 0; b < deficit.length; b++) {
      for (int c = 0; c < deficit[b].length; c++) {
        deficit[b][c] += factor * other.deficit[b][c];
      }
    }
  }

  /** Adds the same random number everywhere, of this variance. */
  void addCommon(double variance) {
    for (double[] row : q) {
      for (int k = 0; k < row.length; k++) {
        row[k] += variance;
      }
    }
  }

  /** Mean over positions and inputs. */
  double meanSquare() {
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      sum += meanSquare(i);
    }
    return sum / q.length;
  }

  /** Mean over positions. */
  double meanSquare(int input) {
    double sum = 0;
    for (int k = 0; k < pairs.kinds(); k++) {
      sum += pairs.share(k) * q[input][k];
    }
    return sum / pairs.positions();
  }

  /** Mean over positions of E z_i[a] z_j[a]. */
  double meanProduct(int block) {
    double sum = 0;
    for (int k = 0; k < pairs.kinds(); k++) {
      sum += pairs.share(k) * of(block, pairs.diagonal(k));
    }
    return sum / pairs.positions();
  }
}
