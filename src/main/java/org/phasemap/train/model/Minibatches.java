package org.phasemap.train.model;

import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream.Purpose;

/**
 * Minibatches in a random order that depends on the replicate alone. Every epoch is a new
 * permutation (Fisher–Yates on the stream of that epoch); what does not fill a batch at its end is
 * left out.
 */
public final class Minibatches {
  private final Kernel kernel;
  private final Matrix uniforms;
  private final Examples examples;
  private final Replicate replicate;
  private final int[] order;
  private final int[] chosen;
  private final int[] labels;
  private final float[] features;
  private int epoch;
  private int next;

  /**
   * Before the first minibatch.
   *
   * @param arena owner of the random numbers
   * @throws IllegalArgumentException if a batch is larger than the set
   */
  public Minibatches(
      Kernel kernel, Arena arena, Examples examples, int batchSize, Replicate replicate) {
    if (batchSize > examples.count()) {
      throw new IllegalArgumentException(
          String.format("Cannot draw batches of %d from %d examples", batchSize, examples.count()));
    }
    this.kernel = kernel;
    this.uniforms = arena.matrix(examples.count(), 1);
    this.examples = examples;
    this.replicate = replicate;
    this.order = new int[examples.count()];
    this.chosen = new int[batchSize];
    this.labels = new int[batchSize];
    this.features = new float[batchSize * examples.dimension()];
    this.next = order.length;
  }

  /** Moves to the next minibatch. */
  public void advance() {
    choose();
    for (int j = 0; j < labels.length; j++) {
      examples.copy(chosen[j], j, features);
      labels[j] = examples.labels()[chosen[j]];
    }
  }

  /**
   * Moves to the next minibatch as {@link #advance}, without its features and labels.
   *
   * @return numbers of its examples, overwritten by the next
   */
  public int[] choose() {
    if (next + chosen.length > order.length) {
      shuffle();
    }
    System.arraycopy(order, next, chosen, 0, chosen.length);
    next += chosen.length;
    return chosen;
  }

  /** n₀ × batch, column-major; overwritten by {@link #advance}. */
  public float[] features() {
    return features;
  }

  /** One for each example; overwritten by {@link #advance}. */
  public int[] labels() {
    return labels;
  }

  private void shuffle() {
    kernel.fillUniform(uniforms, replicate.stream(epoch, Purpose.BATCHES));
    float[] u = uniforms.read();
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = Math.min(i, (int) (u[i] * (i + 1.0)));
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    epoch++;
    next = 0;
  }
}
