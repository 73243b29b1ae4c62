package org.phasemap.spec;

import org.phasemap.data.DataSource;

/**
 * Plain minibatch SGD on softmax cross-entropy.
 *
 * @param data the data set
 * @param network the grid that is trained
 * @param replicates networks trained for each cell
 * @param batchSize examples a step
 * @param steps number of steps
 * @param learningRate step size, standard parameterisation
 * @param accuracyThreshold training accuracy from which a network counts as trained, in (0, 1]
 */
public record Training(
    DataSource data,
    NetworkAxes network,
    int replicates,
    int batchSize,
    int steps,
    double learningRate,
    double accuracyThreshold) {}
