package org.phasemap.theory.architecture.norm.field;

import java.util.List;

/** ψ(u) = φ(γu) of a normalised u, and which Gaussians know its moments. */
interface Passage {
  /** The Gaussians, of a batch whose {@link Tilts} are these. */
  List<Law> laws(Tilts tilts);

  /** Whether ψ(su) = sψ(u), s > 0, so that χ = uψ′ is ψ. */
  boolean isHomogeneous();

  /** E ψ by kind of position. */
  double[] means(Tilts tilts, List<Law> laws);

  /**
   * Moments of two numbers.
   *
   * @param q variance of the first
   * @param r variance of the second
   * @param product their covariance
   */
  PairMoments pair(double q, double r, double product);
}
