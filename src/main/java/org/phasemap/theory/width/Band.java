package org.phasemap.theory.width;

/**
 * What a replicate is expected to measure at finite width.
 *
 * @param mean expected value over random networks, to first order in 1/n
 * @param standardDeviation over random networks, to leading order in 1/n
 * @param reliable whether the next order in 1/n is small; where it is not, both are rough
 */
public record Band(double mean, double standardDeviation, boolean reliable) {
  /** Where no law is known. */
  public static final Band NONE = new Band(Double.NaN, Double.NaN, false);

  /** This of a scalar that differs by a constant. */
  public Band plus(double constant) {
    return new Band(mean + constant, standardDeviation, reliable);
  }

  /** (measured − mean) in standard errors of an average over replicates. */
  public double z(double measuredMean, int replicates) {
    return (measuredMean - mean) / (standardDeviation / Math.sqrt(replicates));
  }
}
