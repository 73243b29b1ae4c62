package org.phasemap.measure.finding;

import org.phasemap.kernel.graph.Attention;

/**
 * Statistics of one layer over the positions of an input.
 *
 * @param cosine of two positions at z_l, averaged over pairs and inputs; NaN where there is one
 * @param spread variance over positions of the mean square of z_l, over the squared mean; NaN where
 *     there is one
 * @param attention of the block; NaN where there is none
 */
public record TokenSignal(double cosine, double spread, Attention attention) {}
