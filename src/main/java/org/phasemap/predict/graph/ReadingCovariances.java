package org.phasemap.predict.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one input makes of readings, and what any two such numbers have in common. */
final class ReadingCovariances {
  private final List<Reading> readings;
  private final ReadingPairs pairs;
  private final InputPairs inputs;
  private final boolean areVectors;

  /** Of vectors: what an input's numbers have in common, by two readings. */
  private double[][] own = new double[0][];

  /**
   * Of readings.
   *
   * @param readings may grow
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
    keepOwn();
    double[] along = new double[readings.size()];
    for (int s = 0; s < along.length; s++) {
      double[] weight = weights[s];
      for (int t = 0; weight != null && t < along.length; t++) {
        along[t] += weight[0] * own[s][t];
      }
    }
    return along;
  }

  /** Weights ask for all of them at each stream. */
  private void keepOwn() {
    int count = readings.size();
    if (own.length == count) {
      return;
    }
    double[] one = {1};
    own = new double[count][count];
    for (int s = 0; s < count; s++) {
      for (int t = 0; t <= s; t++) {
        own[s][t] = pairs.of(readings, s, t).own(one, one);
        own[t][s] = own[s][t];
      }
    }
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
