package org.phasemap.theory.width;

/**
 * Averages over m inputs. Where inputs are alike, the first two stand for all of them and for all
 * of their pairs.
 *
 * @param inputs m
 * @param alike whether all have one norm and all pairs one correlation
 */
record InputMean(int inputs, boolean alike) {
  /** Number of inputs that stand for all. */
  int size() {
    return alike ? Math.min(2, inputs) : inputs;
  }

  /** Of a number of each input. */
  double of(double[] x) {
    if (alike) {
      return x[0];
    }
    double sum = 0;
    for (double each : x) {
      sum += each;
    }
    return sum / inputs;
  }

  /** Of a number of each pair of inputs, an input with itself among them. */
  double of(double[][] x) {
    return of(ofColumns(x));
  }

  /** Over the first input of a pair, for each second one. */
  double[] ofColumns(double[][] x) {
    double[] mean = new double[size()];
    for (int b = 0; b < size(); b++) {
      if (alike) {
        mean[b] = inputs == 1 ? x[b][b] : (x[b][b] + (inputs - 1) * x[1 - b][b]) / inputs;
      } else {
        for (int a = 0; a < inputs; a++) {
          mean[b] += x[a][b] / inputs;
        }
      }
    }
    return mean;
  }

  /** Of what pairs of an input with itself have. */
  double ofDiagonal(double[][] x) {
    double[] diagonal = new double[size()];
    for (int a = 0; a < diagonal.length; a++) {
      diagonal[a] = x[a][a];
    }
    return of(diagonal);
  }

  /** {@link #of(double[][])} over {@link #ofDiagonal}; 1 where inputs have nothing of their own. */
  double share(double[][] x) {
    double own = ofDiagonal(x);
    if (!(own > 0)) {
      return 1;
    }
    return alike && inputs > 1 ? (own + (inputs - 1) * x[1][0]) / (inputs * own) : of(x) / own;
  }
}
