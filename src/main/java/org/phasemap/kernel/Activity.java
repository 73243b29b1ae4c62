package org.phasemap.kernel;

/**
 * What an activation made of a layer's units. A unit is a row, an input a column.
 *
 * @param sum of φ(z) over units and inputs
 * @param saturated entries with |φ′(z)| &lt; {@link #SATURATED}; NaN if a slope is
 * @param dead units with φ′(z) = 0 for every input
 */
public record Activity(double sum, double saturated, int dead) {
  /** Slope below which an entry counts as saturated. */
  public static final float SATURATED = 0.01f;
}
