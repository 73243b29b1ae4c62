package org.phasemap.train.loss;

/**
 * Half the squared error against the one-hot label: ½ Σ_k (f_k − y_k)². With this factor descent of
 * the linearised network is f ← f − (η/m) Θ (f − y), so that 2 m/λ_max is its critical rate. The
 * mean over outputs that PyTorch takes is 2/k of it.
 *
 * @param classes number of outputs of an example
 */
record SquaredError(int classes) implements Criterion {
  @Override
  public double ignorance() {
    return 0.5;
  }

  @Override
  public double sum(float[] logits, int first, int[] labels, int count) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      for (int k = 0; k < classes; k++) {
        double residual = residual(logits, first, labels, j, k);
        sum += residual * residual / 2;
      }
    }
    return sum;
  }

  @Override
  public double gradient(float[] logits, int first, int[] labels, float[] gradient) {
    for (int j = 0; j < labels.length; j++) {
      for (int k = 0; k < classes; k++) {
        gradient[first + j * classes + k] =
            (float) (residual(logits, first, labels, j, k) / labels.length);
      }
    }
    return sum(logits, first, labels, labels.length) / labels.length;
  }

  private double residual(float[] logits, int first, int[] labels, int j, int k) {
    return (double) logits[first + j * classes + k] - (k == labels[j] ? 1 : 0);
  }
}
