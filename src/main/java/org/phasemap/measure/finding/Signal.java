package org.phasemap.measure.finding;

/**
 * Statistics of one layer over its units and the inputs.
 *
 * @param q mean of z²
 * @param c cosine of z of two inputs, averaged over pairs; NaN for one input
 * @param mean of φ(z)
 * @param deadShare of units with φ′(z) = 0 for every input
 * @param saturatedShare of |φ′(z)| &lt; 0.01
 */
public record Signal(double q, double c, double mean, double deadShare, double saturatedShare) {}
