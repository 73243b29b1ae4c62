package org.phasemap.kernel.graph;

/**
 * What the attention of a batch looks like, averaged over inputs, heads and queries.
 *
 * @param logitVariance variance of a query's logits over the keys, unbiased; NaN for one key
 * @param entropy of a query's weights in nats: from 0 to ln T
 */
public record Attention(double logitVariance, double entropy) {}
