package org.phasemap.train.loss;

/**
 * A loss of logits, computed in float64. Logits that are not finite give NaN or infinity, never an
 * exception.
 */
public interface Criterion {
  /**
   * The same of a batch, where the loss depends on what the examples are.
   *
   * @param features of the batch, n₀ × its examples
   */
  default Criterion of(float[] features) {
    return this;
  }

  /** Number of logits of an example. */
  int classes();

  /** The loss of a network that knows nothing: all its logits are 0. */
  double ignorance();

  /**
   * Sums the loss over the first {@code count} examples.
   *
   * @param logits classes × at least count, column-major, from entry {@code first} on
   */
  double sum(float[] logits, int first, int[] labels, int count);

  /**
   * Computes the mean loss over a batch and its gradient.
   *
   * @param logits classes × labels.length, column-major, from entry {@code first} on
   * @param gradient of the mean loss, overwritten, laid out as the logits
   * @return mean loss
   */
  double gradient(float[] logits, int first, int[] labels, float[] gradient);

  /**
   * Counts the examples whose label has the largest logit, the first of equal ones. An example with
   * a logit that is not finite counts as wrong.
   *
   * @param logits as for {@link #sum}
   */
  default int right(float[] logits, int first, int[] labels, int count) {
    int right = 0;
    for (int j = 0; j < count; j++) {
      right += labels[j] == largest(logits, first + j * classes()) ? 1 : 0;
    }
    return right;
  }

  private int largest(float[] logits, int column) {
    int best = 0;
    for (int k = 0; k < classes(); k++) {
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
