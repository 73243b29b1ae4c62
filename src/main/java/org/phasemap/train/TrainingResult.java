package org.phasemap.train;

/**
 * What a training run came to. NaN and infinity are results. Equality is identity of the arrays.
 *
 * @param outcome trained, stalled or diverged
 * @param trainLoss mean cross-entropy over the whole training set after the last step, nats
 * @param trainAccuracy share right on the training set after the last step; an example with a logit
 *     that is not finite counts as wrong
 * @param testAccuracy the same on the test set; NaN where that is empty
 * @param curveStep steps at which the loss was kept, from 1, about eight a decade and the last
 * @param curveLoss mean cross-entropy of the minibatch at those steps, before their update, nats
 * @param steps updates made; fewer than asked for only where the run diverged
 * @param seconds wall time
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingResult(
    Outcome outcome,
    double trainLoss,
    double trainAccuracy,
    double testAccuracy,
    int[] curveStep,
    double[] curveLoss,
    int steps,
    double seconds) {}
