package org.phasemap.spec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How networks are trained.
 *
 * @param engine what trains them
 * @param loss what is minimised
 * @param optimiser how parameters follow gradients
 * @param learningRate its step size
 * @param batchSize examples a step
 * @param steps most updates
 * @param biases whether layers have biases, drawn and trained
 * @param readoutScale factor on the read-out's weights at initialisation
 * @param stop when to end earlier; null for never
 * @param accuracyThreshold training accuracy from which a network counts as trained, in (0, 1]
 * @param ntkExamples examples whose tangent kernel is measured where it is needed
 * @param ntkDrift whether the tangent kernel's change is measured
 */
public record Recipe(
    Engine engine,
    Loss loss,
    Optimiser optimiser,
    LearningRate learningRate,
    int batchSize,
    int steps,
    boolean biases,
    double readoutScale,
    @Nullable EarlyStop stop,
    double accuracyThreshold,
    int ntkExamples,
    boolean ntkDrift)
    implements Serializable {}
