package org.phasemap.predict.graph;

import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.theory.architecture.weights.SpectralNormalisation;

/** What a parameterisation does to the variance of weights (ARCHITECTURES 6). */
final class WeightMatrices {
  /** From here on the law of the largest singular value is within 1 %. */
  private static final int FEWEST = 16;

  private WeightMatrices() {}

  /**
   * Factor on the variance. Rows over their norms keep it: E z² = g² mean h². A matrix over its
   * largest singular value loses E σ_max², which at finite width is smaller than in the limit by
   * n^{−2/3}; small matrices have the limit's.
   */
  static double factor(Weighted weighted, double fanIn) {
    if (weighted.parameterisation() != Parameterisation.SPECTRAL_NORM) {
      return 1;
    }
    int rows = weighted.channels();
    int columns = (int) Math.round(fanIn);
    return Math.min(rows, columns) >= FEWEST
        ? 1 / SpectralNormalisation.largestSquare(rows, columns)
        : SpectralNormalisation.varianceFactor((double) rows / columns);
  }
}
