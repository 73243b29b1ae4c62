package org.phasemap.train;

/**
 * Softmax cross-entropy of logits, in float64 and without overflow: ln Σ exp(f_k − max f) + max f −
 * f_label, in nats. Logits that are not finite give NaN or infinity, never an exception.
 *
 * @param classes number of logits of an example
 */
record SoftmaxCrossEntropy(int classes) {
  /**
   * Sums the loss over the first {@code count} examples.
   *
   * @param logits classes × at least count, column-major
   */
  double sum(float[] logits, int[] labels, int count) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      int column = j * classes;
      sum += logSumExp(logits, column) - logits[column + labels[j]];
    }
    return sum;
  }

  /**
   * Computes the mean loss over a batch and its gradient.
   *
   * @param logits classes × labels.length, column-major
   * @param gradient of the mean loss, overwritten, the same shape
   * @return mean loss
   */
  double gradient(float[] logits, int[] labels, float[] gradient) {
    double sum = 0;
    for (int j = 0; j < labels.length; j++) {
      int column = j * classes;
      double total = logSumExp(logits, column);
      sum += total - logits[column + labels[j]];
      for (int k = 0; k < classes; k++) {
        double indicator = k == labels[j] ? 1 : 0;
        double share = Math.exp(logits[column + k] - total);
        gradient[column + k] = (float) ((share - indicator) / labels.length);
      }
    }
    return sum / labels.length;
  }

  /**
   * Counts the examples whose label has the largest logit, the first of equal ones. An example with
   * a logit that is not finite counts as wrong.
   */
  int right(float[] logits, int[] labels, int count) {
    int right = 0;
    for (int j = 0; j < count; j++) {
      right += labels[j] == largest(logits, j * classes) ? 1 : 0;
    }
    return right;
  }

  private double logSumExp(float[] logits, int column) {
    double max = logits[column];
    for (int k = 1; k < classes; k++) {
      max = Math.max(max, logits[column + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(logits[column + k] - max);
    }
    return max + Math.log(sum);
  }

  private int largest(float[] logits, int column) {
    int best = 0;
    for (int k = 0; k < classes; k++) {
      if (!Float.isFinite(logits[column + k])) {
        return -1;
      }
      if (logits[column + k] > logits[column + best]) {
        best = k;
      }
    }
    return best;
  }
}
