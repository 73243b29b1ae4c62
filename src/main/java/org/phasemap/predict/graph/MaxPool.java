package org.phasemap.predict.graph;

import org.phasemap.network.Activation;
import org.phasemap.theory.architecture.convolution.WindowMaxima;

/**
 * What a max pool makes of φ of Gaussian numbers: the second moments of the largest of each window,
 * and which number of the window the gradient goes to. It is known of φ and the pool together
 * alone, because φ′ of the largest number is not φ′ of any.
 */
final class MaxPool {
  /** Points of all pairs of windows together, unless each pair then had too few. */
  private static final int ALL_POINTS = 1 << 22;

  private static final int MOST_POINTS = 1 << 14;
  private static final int FEWEST_POINTS = 1 << 11;

  private final int[][] windows;
  private final PositionPairs from;
  private final PositionPairs to;
  private final Part part;

  /** E φ′φ′ where both numbers are the largest: [block][class of windows][place][place]. */
  private final double[][][][] slopes;

  /**
   * Of a φ and what it sees.
   *
   * @param gaussian channels
   * @param windows [window][place] → position
   * @param to pairs of windows
   */
  MaxPool(Activation activation, Part gaussian, int[][] windows, PositionPairs to) {
    this.windows = windows;
    this.to = to;
    Covariance z = gaussian.covariance();
    from = z.pairs();
    InputPairs inputs = z.inputs();
    slopes = new double[inputs.blocks()][to.classes()][][];
    WindowMaxima maxima = new WindowMaxima(activation, points(inputs.blocks() * to.classes()));
    Covariance next = Covariance.zero(inputs, to);
    double[][] mean = Part.zeros(next);
    for (int i = 0; i < inputs.kinds(); i++) {
      for (int k = 0; k < to.kinds(); k++) {
        WindowMaxima.One one = maxima.one(own(z, i, windows[k]));
        mean[i][k] = one.mean();
        next.q()[i][k] = one.secondMoment();
        slopes[inputs.own(i)][to.diagonal(k)] = diagonal(one.slopes());
      }
    }
    for (int block = 0; block < inputs.blocks(); block++) {
      for (int c = 0; c < to.classes(); c++) {
        if (!inputs.isOwn(block) || !to.isDiagonal(c)) {
          WindowMaxima.Two two =
              maxima.two(both(z, block, windows[to.first(c)], windows[to.second(c)]));
          next.deficit()[block][c] = two.deficit();
          slopes[block][c] = two.slopes();
        }
      }
    }
    part = new Part(gaussian.channels(), Law.OTHER, next, mean, 1, null);
  }

  private static int points(int pairs) {
    int room = Integer.highestOneBit(ALL_POINTS / pairs);
    return Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, room));
  }

  /** Of the numbers of a window. */
  private static double[][] own(Covariance z, int input, int[] window) {
    double[] deficit = z.deficit()[z.inputs().own(input)];
    double[][] k = new double[window.length][window.length];
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        double q = 0.5 * (q(z, input, window[i]) + q(z, input, window[j]));
        k[i][j] = q - deficit[z.pairs().of(window[i], window[j])];
      }
    }
    return k;
  }

  /** Of the numbers of a window, and of what those of another have more. */
  private static double[][] both(Covariance z, int block, int[] first, int[] second) {
    InputPairs inputs = z.inputs();
    PositionPairs pairs = z.pairs();
    int left = inputs.first(block);
    int right = inputs.second(block);
    double[] ofFirst = z.deficit()[inputs.own(left)];
    double[] ofSecond = z.deficit()[inputs.own(right)];
    double[] across = z.deficit()[block];
    int p = first.length;
    double[][] k = new double[2 * p][2 * p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        double own = ofFirst[pairs.of(first[i], first[j])];
        double other = ofSecond[pairs.of(second[i], second[j])];
        double there = across[pairs.of(first[i], second[j])];
        double back = across[pairs.of(first[j], second[i])];
        double rise = 0.5 * (q(z, right, second[j]) - q(z, left, first[j]));
        k[i][j] = 0.5 * (q(z, left, first[i]) + q(z, left, first[j])) - own;
        k[i][p + j] = rise - there + own;
        k[p + j][i] = k[i][p + j];
        k[p + i][p + j] = there + back - own - other;
      }
    }
    return k;
  }

  private static double q(Covariance z, int input, int position) {
    return z.q()[input][z.pairs().kind(position)];
  }

  private static double[][] diagonal(double[] entries) {
    double[][] matrix = new double[entries.length][entries.length];
    for (int i = 0; i < entries.length; i++) {
      matrix[i][i] = entries[i];
    }
    return matrix;
  }

  /** What comes out. */
  Part part() {
    return part;
  }

  /** The gradients' products at what φ sees. */
  double[][] down(double[][] gradient) {
    double[][] below = new double[gradient.length][from.classes()];
    for (int block = 0; block < gradient.length; block++) {
      for (int c = 0; c < to.classes(); c++) {
        double g = to.multiplicity(c) * gradient[block][c];
        if (g != 0) {
          add(g, slopes[block][c], c, below[block]);
        }
      }
      for (int c = 0; c < from.classes(); c++) {
        below[block][c] /= from.multiplicity(c);
      }
    }
    return below;
  }

  private void add(double g, double[][] shares, int c, double[] below) {
    int[] first = windows[to.first(c)];
    int[] second = windows[to.second(c)];
    for (int i = 0; i < first.length; i++) {
      for (int j = 0; j < second.length; j++) {
        below[from.of(first[i], second[j])] += g * shares[i][j];
      }
    }
  }
}
