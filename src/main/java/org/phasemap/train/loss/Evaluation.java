package org.phasemap.train.loss;

import java.util.function.UnaryOperator;
import org.phasemap.data.Examples;

/**
 * A network's figures on a set of examples.
 *
 * @param loss mean over the set; NaN for an empty one
 * @param accuracy share right; NaN for an empty set
 */
public record Evaluation(double loss, double accuracy) {
  /** Which examples stand together in a batch. */
  public enum Order {
    /** Neighbours. */
    AS_GIVEN {
      @Override
      int first(int number, int batch, int batches) {
        return number * batch;
      }

      @Override
      int step(int batches) {
        return 1;
      }
    },
    /**
     * Each batch has examples from all over the set: where a network's answer depends on the other
     * examples of a batch, a set that is sorted by class must not make batches of one class.
     */
    DEALT {
      @Override
      int first(int number, int batch, int batches) {
        return number;
      }

      @Override
      int step(int batches) {
        return batches;
      }
    };

    /** First example of a batch. */
    abstract int first(int number, int batch, int batches);

    /** From one example of a batch to the next. */
    abstract int step(int batches);
  }

  /**
   * Evaluates in batches. What a set's end leaves free in a batch is filled with examples from its
   * start, which do not count.
   *
   * @param network from features, n₀ × batch, to logits, classes × batch
   * @param batch examples of every pass
   */
  public static Evaluation of(
      UnaryOperator<float[]> network,
      Criterion criterion,
      Examples examples,
      int batch,
      Order order) {
    float[] features = new float[batch * examples.dimension()];
    int batches = ceiling(examples.count(), batch);
    double loss = 0;
    int right = 0;
    for (int number = 0; number < batches; number++) {
      int first = order.first(number, batch, batches);
      int step = order.step(batches);
      int count = Math.min(batch, ceiling(examples.count() - first, step));
      int[] labels = new int[count];
      for (int j = 0; j < batch; j++) {
        int example = (int) ((first + (long) j * step) % examples.count());
        examples.copy(example, j, features);
        if (j < count) {
          labels[j] = examples.labels()[example];
        }
      }
      float[] logits = network.apply(features);
      Criterion ofBatch = criterion.of(features);
      loss += ofBatch.sum(logits, 0, labels, count);
      right += ofBatch.right(logits, 0, labels, count);
    }
    return new Evaluation(loss / examples.count(), (double) right / examples.count());
  }

  private static int ceiling(int number, int divisor) {
    return (int) (((long) number + divisor - 1) / divisor);
  }
}
