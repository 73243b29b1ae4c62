package org.phasemap.theory.architecture.norm.field;

/**
 * A Gaussian whose moments count in those of a normalised batch.
 *
 * @param values eigenvalues
 * @param covariance its entries
 * @param variance by kind of position
 * @param weights what it counts
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Law(double[] values, double[] covariance, double[] variance, Weights weights) {
  /**
   * What it counts in expectations of F(u), and of g F(u) where F goes with a power of u.
   *
   * @param value F of ψψ
   * @param slope gF of ψ′ψ′
   * @param radial gF of uχψ′
   * @param square gF of uuχχ
   */
  record Weights(double value, double slope, double radial, double square) {}
}
