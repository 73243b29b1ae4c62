package org.phasemap.train.loss;

/**
 * Softmax cross-entropy of logits without overflow: ln Σ exp(f_k − max f) + max f − f_label, nats.
 *
 * @param classes number of logits of an example
 */
record SoftmaxCrossEntropy(int classes) implements Criterion {
  /** ln(classes), but that of two classes where there is one. */
  @Override
  public double ignorance() {
    return Math.log(Math.max(classes, 2));
  }

  @Override
  public double sum(float[] logits, int first, int[] labels, int count) {
    double[] powers = new double[classes];
    double sum = 0;
    for (int j = 0; j < count; j++) {
      int column = first + j * classes;
      double max = max(logits, column);
      sum += Math.log(powers(logits, column, max, powers)) + max - logits[column + labels[j]];
    }
    return sum;
  }

  @Override
  public double gradient(float[] logits, int first, int[] labels, float[] gradient) {
    double[] powers = new double[classes];
    double loss = 0;
    for (int j = 0; j < labels.length; j++) {
      int column = first + j * classes;
      double max = max(logits, column);
      double total = powers(logits, column, max, powers);
      loss += Math.log(total) + max - logits[column + labels[j]];
      for (int k = 0; k < classes; k++) {
        double indicator = k == labels[j] ? 1 : 0;
        gradient[column + k] = (float) ((powers[k] / total - indicator) / labels.length);
      }
    }
    return loss / labels.length;
  }

  private double max(float[] logits, int column) {
    double max = logits[column];
    for (int k = 1; k < classes; k++) {
      max = Math.max(max, logits[column + k]);
    }
    return max;
  }

  /** Fills exp(f_k − max f) in and sums them. */
  private double powers(float[] logits, int column, double max, double[] powers) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      powers[k] = Math.exp(logits[column + k] - max);
      sum += powers[k];
    }
    return sum;
  }
}
