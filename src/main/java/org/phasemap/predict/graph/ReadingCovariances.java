package org.phasemap.predict.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one input makes of readings, and what any two such numbers have in common. */
final class ReadingCovariances {
  private final List<Reading> readings;
  private final ReadingPairs pairs;
  private final InputPairs inputs;
  private final boolean areVectors;

  /**
   * Of readings.
   *
   * @param areVectors whether each has one weight
   */
  ReadingCovariances(
      List<Reading> readings, ReadingPairs pairs, InputPairs inputs, boolean areVectors) {
    this.readings = readings;
    this.pairs = pairs;
    this.inputs = inputs;
    this.areVectors = areVectors;
  }

  /** Covariances of what some weights of each input make, of one input. */
  double[][] of(List<ReadingWeights> weights) {
    int n = weights.size();
    double[][] covariance = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] @Nullable [] first = weights.get(i).readings();
      double[] along = areVectors ? along(first) : new double[0];
      for (int j = 0; j <= i; j++) {
        double[] @Nullable [] second = weights.get(j).readings();
        double own = areVectors ? dot(along, second) : own(first, second);
        covariance[i][j] = own * inputs.kinds() / inputs.count();
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }

  private double own(double[] @Nullable [] first, double[] @Nullable [] second) {
    double own = 0;
    for (int s = 0; s < readings.size(); s++) {
      double[] v = first[s];
      for (int t = 0; v != null && t < readings.size(); t++) {
        double[] w = second[t];
        own += w == null ? 0 : pairs.of(readings, s, t).own(v, w);
      }
    }
    return own;
  }

  /** Of vectors: covariances of each reading and what weights make. */
  private double[] along(double[] @Nullable [] weights) {
    double[] one = {1};
    double[] along = new double[readings.size()];
    for (int s = 0; s < along.length; s++) {
      double[] own = weights[s];
      for (int t = 0; own != null && t < along.length; t++) {
        along[t] += own[0] * pairs.of(readings, s, t).own(one, one);
      }
    }
    return along;
  }

  private static double dot(double[] along, double[] @Nullable [] weights) {
    double sum = 0;
    for (int t = 0; t < along.length; t++) {
      double[] own = weights[t];
      sum += own == null ? 0 : along[t] * own[0];
    }
    return sum;
  }
}
