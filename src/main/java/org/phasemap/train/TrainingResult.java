package org.phasemap.train;

import org.jspecify.annotations.Nullable;

/**
 * What training came to. NaN and infinity are results. Equality is identity of the arrays.
 *
 * @param outcome trained, stalled or diverged
 * @param trainLoss mean loss over the whole training set after the last update
 * @param trainAccuracy share right on the training set after the last update; an example with a
 *     logit that is not finite counts as wrong
 * @param testAccuracy the same on the test set; NaN where that is empty
 * @param curveStep steps at which the loss was kept, from 1, about eight a decade and the last
 * @param curveLoss mean loss of the minibatch at those steps, before their update
 * @param curveAccuracy share right in those minibatches
 * @param steps updates made; fewer than asked for where the run diverged or was done
 * @param stepsToThreshold the first step whose last ten minibatches together reached the accuracy
 *     threshold; null where there is none
 * @param learningRate the step size used
 * @param lnGradientNormStart ln of the norm of the first minibatch's gradient before the first
 *     update
 * @param lnGradientNormEnd the same after the last update
 * @param ntkDrift ‖Θ_T − Θ₀‖/‖Θ₀‖, Frobenius norms of the tangent kernel on some examples of the
 *     first minibatch; NaN where not asked for
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingResult(
    Outcome outcome,
    double trainLoss,
    double trainAccuracy,
    double testAccuracy,
    int[] curveStep,
    double[] curveLoss,
    double[] curveAccuracy,
    int steps,
    @Nullable Integer stepsToThreshold,
    double learningRate,
    double lnGradientNormStart,
    double lnGradientNormEnd,
    double ntkDrift) {}
