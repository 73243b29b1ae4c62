package org.phasemap.predict.graph;

import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.weights.SpectralNormalisation;

/** What a parameterisation does to the variance of weights (ARCHITECTURES 6). */
final class WeightMatrices {
  private WeightMatrices() {}

  /**
   * Variance of a weight times its fan-in over σ_w², the mask's share in it.
   *
   * @throws OutsideDomainException where a largest singular value has no formula
   */
  static double factor(NetworkConfig network, Weighted weighted, double fanIn) {
    double keep = network.keepProbability();
    return switch (weighted.parameterisation()) {
      case PLAIN -> keep;
      // Rows have the norm they are given, E z² = g² mean h²; one that lost all its weights is 0.
      case WEIGHT_NORM -> keep == 1 ? 1 : -Math.expm1(fanIn * Math.log1p(-keep));
      case SPECTRAL_NORM -> 1 / largestSquare(network, weighted, fanIn);
    };
  }

  /**
   * σ_max² of entries of variance 1/fan-in, the groups' rows one below the other. The mask's share
   * cancels. That of independent entries is smaller at finite width than in the limit, by n^{−2/3}.
   */
  private static double largestSquare(NetworkConfig network, Weighted weighted, double fanIn) {
    int rows = weighted.channels();
    int columns = (int) Math.round(fanIn);
    if (network.weightLaw() == WeightLaw.ORTHOGONAL) {
      boolean isFrame = weighted.groups() == 1 || rows / weighted.groups() >= columns;
      OutsideDomainException.unless(
          isFrame && network.keepProbability() == 1,
          "no formula for the largest singular value of orthogonal weights under a mask or side by"
              + " side");
      return Math.max(1, (double) rows / columns);
    }
    return SpectralNormalisation.largestSquare(rows, columns);
  }
}
