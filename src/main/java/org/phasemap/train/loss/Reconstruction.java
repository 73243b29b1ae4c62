package org.phasemap.train.loss;

/**
 * Half the squared error against the example itself: ½ Σ_i (f_i − x_i)². Components have a mean
 * square of 1 over the training set, so a network that knows nothing has n₀/2.
 *
 * @param classes n₀, outputs of an example
 * @param features of the batch, n₀ × examples
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Reconstruction(int classes, float[] features) implements Criterion {
  /** Share of an example's square that may be missing from what is right. */
  private static final double MISSING = 0.25;

  /** Of no batch yet. */
  Reconstruction(int classes) {
    this(classes, new float[0]);
  }

  @Override
  public Criterion of(float[] batch) {
    return new Reconstruction(classes, batch);
  }

  @Override
  public double ignorance() {
    return classes / 2.0;
  }

  @Override
  public double sum(float[] logits, int first, int[] labels, int count) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += error(logits, first, j) / 2;
    }
    return sum;
  }

  private double error(float[] logits, int first, int j) {
    double sum = 0;
    for (int i = j * classes; i < (j + 1) * classes; i++) {
      double residual = (double) logits[first + i] - features[i];
      sum += residual * residual;
    }
    return sum;
  }

  @Override
  public double gradient(float[] logits, int first, int[] labels, float[] gradient) {
    int count = labels.length;
    for (int i = 0; i < count * classes; i++) {
      gradient[first + i] = (float) (((double) logits[first + i] - features[i]) / count);
    }
    return sum(logits, first, labels, count) / count;
  }

  /** Examples of which at most a quarter is missing: Σ (f_i − x_i)² ≤ ¼ Σ x_i². */
  @Override
  public int right(float[] logits, int first, int[] labels, int count) {
    int right = 0;
    for (int j = 0; j < count; j++) {
      double square = 0;
      for (int i = j * classes; i < (j + 1) * classes; i++) {
        square += (double) features[i] * features[i];
      }
      right += error(logits, first, j) <= MISSING * square ? 1 : 0;
    }
    return right;
  }
}
