package org.phasemap.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The error of a fitted midpoint whose networks are not independent: the sandwich (Liang and Zeger
 * 1986) of clusters, with the correction of Bell and McCaffrey (2002) for few of them, and
 * Student's t with as many degrees of freedom as clusters share the information, less one.
 *
 * @param variance of the midpoint
 * @param degrees of freedom of that variance; 0 or less where one cluster has all the information
 */
record MidpointError(double variance, double degrees) {
  private static final double UPPER = 0.975;

  /**
   * A network where it counts.
   *
   * @param x ln L, or ln (L/ξ_c)
   * @param trained whether it was
   * @param column index of its column
   * @param replicate its number
   */
  record Network(double x, boolean trained, int column, int replicate) {}

  /** What a cluster moves the midpoint by, and its share of the midpoint's information. */
  private static final class Cluster {
    private double influence;
    private double information;
  }

  /** Clusters are replicates: for the networks of one column. */
  static MidpointError overReplicates(LogisticFit fit, List<Network> networks) {
    return over(Network::replicate, fit, networks);
  }

  /**
   * Columns and replicates both are clusters (Cameron, Gelbach and Miller 2011): networks of a
   * column share its boundary, those of a replicate share random numbers across columns. One
   * replicate does not show how much that is, so nothing is known of the error.
   */
  static MidpointError overColumnsAndReplicates(LogisticFit fit, List<Network> networks) {
    int replicates = 1 + networks.stream().mapToInt(Network::replicate).max().orElse(0);
    MidpointError columns = over(Network::column, fit, networks);
    MidpointError replicate = over(Network::replicate, fit, networks);
    MidpointError both = over(n -> n.column() * replicates + n.replicate(), fit, networks);
    if (!(replicate.degrees > 0)) {
      return replicate;
    }
    // Cut off at 0, the difference of few replicates is too often nothing: 1/n of what single cells
    // have stays, which vanishes with more.
    double single = both.variance * replicate.degrees / (replicate.degrees + 1);
    double common = Math.max(0, replicate.variance - single);
    double variance = columns.variance + common;
    double degrees =
        variance
            * variance
            / (columns.variance * columns.variance / columns.degrees
                + common * common / replicate.degrees);
    return new MidpointError(variance, degrees);
  }

  private static MidpointError over(
      ToIntFunction<Network> key, LogisticFit fit, List<Network> networks) {
    double u = 0;
    double uu = 0;
    for (Network network : networks) {
      double w = weight(fit, network);
      u += w * (network.x - fit.midpoint());
      uu += w * (network.x - fit.midpoint()) * (network.x - fit.midpoint());
    }
    double one = networks.stream().mapToDouble(network -> weight(fit, network)).sum();
    Map<Integer, Cluster> clusters = new LinkedHashMap<>();
    for (Network network : networks) {
      double lever = fit.scale() * (uu - u * (network.x - fit.midpoint())) / (one * uu - u * u);
      Cluster cluster = clusters.computeIfAbsent(key.applyAsInt(network), k -> new Cluster());
      cluster.influence += lever * ((network.trained ? 1 : 0) - fit.p(network.x));
      cluster.information += lever * lever * weight(fit, network);
    }
    double all = clusters.values().stream().mapToDouble(c -> c.information).sum();
    double variance = 0;
    double squares = 0;
    for (Cluster cluster : clusters.values()) {
      double share = cluster.information / all;
      variance += cluster.influence * cluster.influence / (1 - share);
      squares += share * share;
    }
    return new MidpointError(variance, clusters.size() == 1 ? 0 : 1 / squares - 1);
  }

  private static double weight(LogisticFit fit, Network network) {
    double p = fit.p(network.x);
    return p * (1 - p);
  }

  /** Half the length of the 95 % confidence interval; infinite where nothing is known. */
  double halfWidth() {
    // Far less than one degree of freedom is none: Student's t has no use for it.
    return degrees > 0.1
        ? new TDistribution(null, degrees).inverseCumulativeProbability(UPPER) * Math.sqrt(variance)
        : Double.POSITIVE_INFINITY;
  }
}
