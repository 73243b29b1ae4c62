package org.phasemap.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
   * Half the length of the 95 % confidence interval where columns and replicates both are clusters
   * (Cameron, Gelbach and Miller 2011): networks of a column share its boundary, those of a
   * replicate share random numbers across columns. Infinite with one replicate, which does not show
   * how much that is.
   *
   * <p>The two parts have their own t and are added in squares (Howe 1974): Satterthwaite's degrees
   * of freedom for the sum are too many where the part of two or three replicates comes out small,
   * and intervals then held the truth 84 to 91 times of 100.
   */
  static double halfWidthOverColumnsAndReplicates(LogisticFit fit, List<Network> networks) {
    MidpointError columns = over(Network::column, fit, networks);
    MidpointError replicate = over(Network::replicate, fit, networks);
    MidpointError both = over(n -> List.of(n.column(), n.replicate()), fit, networks);
    // Cut off at 0, the difference of few replicates is too often nothing: 1/n of what single cells
    // have stays, which vanishes with more.
    double single = both.variance * replicate.degrees / (replicate.degrees + 1);
    double common = Math.max(0, replicate.variance - single);
    return Math.hypot(
        columns.halfWidth(), new MidpointError(common, replicate.degrees).halfWidth());
  }

  private static MidpointError over(
      Function<Network, Object> key, LogisticFit fit, List<Network> networks) {
    double u = 0;
    double uu = 0;
    for (Network network : networks) {
      double w = weight(fit, network);
      u += w * (network.x - fit.midpoint());
      uu += w * (network.x - fit.midpoint()) * (network.x - fit.midpoint());
    }
    double one = networks.stream().mapToDouble(network -> weight(fit, network)).sum();
    Map<Object, Cluster> clusters = new LinkedHashMap<>();
    for (Network network : networks) {
      double lever = fit.scale() * (uu - u * (network.x - fit.midpoint())) / (one * uu - u * u);
      Cluster cluster = clusters.computeIfAbsent(key.apply(network), k -> new Cluster());
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
