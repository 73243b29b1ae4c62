package org.phasemap.kernel.graph;

/**
 * What the attention of a batch looks like, averaged over inputs, heads and queries.
 *
 * @param logitVariance variance of a query's logits over the keys, unbiased; NaN for one key
 * @param entropy of a query's weights in nats: from 0 to ln T
 * @param keys mean weight that each of the T tokens gets; empty where there is no attention
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
public record Attention(double logitVariance, double entropy, double[] keys) {}
