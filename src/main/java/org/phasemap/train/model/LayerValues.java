package org.phasemap.train.model;

import org.jspecify.annotations.Nullable;

/**
 * One layer's parameters, z = W a + b, as numbers. Equality is identity of the arrays.
 *
 * @param fanOut units of the layer
 * @param fanIn units below
 * @param weights W, fan-out × fan-in, column by column
 * @param bias b, one for each unit; null where there are none
 * @param mask 1 where a weight is kept and 0 elsewhere, as the weights; null where all are kept
 */
@SuppressWarnings("ArrayRecordComponent")
public record LayerValues(
    int fanOut, int fanIn, float[] weights, float @Nullable [] bias, float @Nullable [] mask) {}
