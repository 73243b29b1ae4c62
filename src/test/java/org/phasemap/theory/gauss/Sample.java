package org.phasemap.theory.gauss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Independent draws of one number, held against theory by their own standard errors. */
public final class Sample {
  private static final double MOST = 4;

  private double[] draws = new double[256];
  private int count;

  public void add(double x) {
    if (count == draws.length) {
      draws = Arrays.copyOf(draws, 2 * count);
    }
    draws[count++] = x;
  }

  /** The mean of what was drawn. */
  public double mean() {
    return Arrays.stream(draws, 0, count).sum() / count;
  }

  private double central(int power) {
    double mean = mean();
    return Arrays.stream(draws, 0, count).map(x -> Math.pow(x - mean, power)).sum() / count;
  }

  double standardError() {
    return Math.sqrt(central(2) / (count - 1));
  }

  /** Asserts |mean − expected| ≤ 4 standard errors, and that these are small enough to tell. */
  public void hasMean(double expected, double largestError) {
    assertThat(standardError()).as("standard error").isLessThanOrEqualTo(largestError);
    assertThat((mean() - expected) / standardError())
        .as("z of %s ± %s against %s", mean(), standardError(), expected)
        .isBetween(-MOST, MOST);
  }

  /** Asserts that the variance is the expected one within 4 of its standard errors. */
  public void hasStandardDeviation(double expected) {
    double variance = central(2);
    // The kurtosis of a normal law where the sample's own is smaller.
    double error =
        Math.sqrt(Math.max(central(4) - variance * variance, 2 * variance * variance) / count);
    assertThat((variance - expected * expected) / error)
        .as("z of standard deviation %s against %s", Math.sqrt(variance), expected)
        .isBetween(-MOST, MOST);
  }
}
