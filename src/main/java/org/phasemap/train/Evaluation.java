package org.phasemap.train;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.phasemap.data.Examples;

/**
 * A network's figures on a set of examples.
 *
 * @param loss mean over the set; NaN for an empty one
 * @param accuracy share right; NaN for an empty set
 */
record Evaluation(double loss, double accuracy) {
  /**
   * Evaluates in batches.
   *
   * @param network from features, n₀ × batch, to logits, classes × batch
   * @param batch examples of every pass
   */
  static Evaluation of(
      UnaryOperator<float[]> network, Criterion criterion, Examples examples, int batch) {
    float[] features = new float[batch * examples.dimension()];
    double loss = 0;
    int right = 0;
    for (int first = 0; first < examples.count(); first += batch) {
      int count = Math.min(batch, examples.count() - first);
      for (int j = 0; j < count; j++) {
        examples.copy(first + j, j, features);
      }
      int[] labels = Arrays.copyOfRange(examples.labels(), first, first + count);
      float[] logits = network.apply(features);
      loss += criterion.sum(logits, 0, labels, count);
      right += criterion.right(logits, 0, labels, count);
    }
    return new Evaluation(loss / examples.count(), (double) right / examples.count());
  }
}
