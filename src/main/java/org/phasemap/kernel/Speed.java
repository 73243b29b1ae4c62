package org.phasemap.kernel;

/**
 * What a backend's operations cost. Fitted to processor times ({@code UnitBenchmark}).
 *
 * @param panelColumns columns that make a product wide enough; rows depend on it in their last bits
 * @param perFlop seconds of an operation in a wide product
 * @param perRandom seconds of a random number
 * @param perCalls seconds of a panel's calls, for each layer and direction
 * @param perEntry seconds of an entry of a column in one layer: activation, derivative, scaling,
 *     moments
 * @param perProduct seconds of that entry's product with one of the m columns of its block
 * @param training of networks
 */
public record Speed(
    int panelColumns,
    double perFlop,
    double perRandom,
    double perCalls,
    double perEntry,
    double perProduct,
    Training training) {
  /** Of one core with AVX-512. */
  public static final Speed OF_A_CORE =
      new Speed(256, 1 / 160e9, 1.6e-9, 1.4e-6, 1.2e-9, 0.057e-9, new Training(1 / 150e9, 1.1e-9));

  /**
   * Of training, whose products are thin.
   *
   * @param perFlop seconds of an operation in a product
   * @param perEntry seconds of an entry in one layer
   */
  public record Training(double perFlop, double perEntry) {}
}
