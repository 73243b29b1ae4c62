package org.phasemap.predict.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.phasemap.theory.architecture.norm.field.NormedField;

/**
 * Channels of a node that have one law.
 *
 * @param channels how many
 * @param law of each
 * @param covariance of each
 * @param mean over channels, [input][kind of position]
 * @param gamma γ where a batch norm made the channels; else 1
 * @param slopes E φ′φ′ by block and class where the channels come from an activation of Gaussian
 *     ones; null elsewhere
 * @param stream laws of one number, of residual streams that φ bends; null where there are none
 * @param field what a batch norm over positions sees; null of other laws
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Part(
    int channels,
    Law law,
    Covariance covariance,
    double[][] mean,
    double gamma,
    double @Nullable [][] slopes,
    @Nullable StreamLaws stream,
    @Nullable NormedField field) {
  /** Of a law of its own, or of one that is not known. */
  Part(
      int channels,
      Law law,
      Covariance covariance,
      double[][] mean,
      double gamma,
      double @Nullable [][] slopes) {
    this(channels, law, covariance, mean, gamma, slopes, null, null);
  }

  /** Without a mean. */
  static Part centred(int channels, Law law, Covariance covariance) {
    return new Part(channels, law, covariance, zeros(covariance), 1, null);
  }

  static double[][] zeros(Covariance covariance) {
    return new double[covariance.q().length][covariance.q()[0].length];
  }

  /** Whether no channel has a mean. */
  boolean isCentred() {
    for (double[] row : mean) {
      for (double each : row) {
        if (each != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether products of all inputs and positions are known. */
  boolean isKnown() {
    return Arrays.stream(covariance.deficit())
        .flatMapToDouble(Arrays::stream)
        .noneMatch(Double::isNaN);
  }

  /** The same with the law of its numbers. */
  Part along(StreamLaws numbers) {
    return new Part(channels, law, covariance, mean, gamma, slopes, numbers, field);
  }
}
