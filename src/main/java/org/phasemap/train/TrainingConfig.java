package org.phasemap.train;

/**
 * Plain minibatch SGD on softmax cross-entropy, standard parameterisation.
 *
 * @param batchSize examples a step
 * @param steps number of steps
 * @param learningRate step size on the mean loss over the batch
 * @param accuracyThreshold accuracy on the training set from which a network counts as trained, in
 *     (0, 1]
 */
public record TrainingConfig(
    int batchSize, int steps, double learningRate, double accuracyThreshold) {
  public TrainingConfig {
    if (batchSize < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "batch size and steps must be >= 1: " + batchSize + ", " + steps);
    }
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      throw new IllegalArgumentException("learning rate must be finite and > 0: " + learningRate);
    }
    if (!(accuracyThreshold > 0 && accuracyThreshold <= 1)) {
      throw new IllegalArgumentException("accuracy threshold outside (0, 1]: " + accuracyThreshold);
    }
  }
}
