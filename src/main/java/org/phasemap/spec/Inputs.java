package org.phasemap.spec;

import java.io.Serializable;

/**
 * Gaussian inputs, whitened so that every ‖x‖²/n₀ is exactly q0 and every pairwise correlation
 * exactly c0: the theory then holds for these very inputs, not for their average.
 *
 * @param count m, number of inputs, 1 to 64
 * @param dimension n₀ &gt;= m
 * @param q0 mean square of an input's components, &gt; 0
 * @param c0 correlation of any two inputs, in [0, 1]
 */
public record Inputs(int count, int dimension, double q0, double c0) implements Serializable {}
