package org.phasemap.theory.architecture.norm.field;

/**
 * Moments of ψ(u) = φ(γu) over two Gaussian numbers u, v of mean 0, with χ = uψ′. Numbers may have
 * different variances, so that the order matters.
 */
interface PairMoments {
  /** E ψ(u)ψ(v). */
  double value();

  /** E ψ′(u)ψ′(v). */
  double slope();

  /** E χ(u)χ(v). */
  double radial();

  /** E χ′(u)ψ′(v). */
  double radialSlope();

  /** E χ(u)ψ″(v). */
  double radialBend();

  /** E χ′(u)χ′(v). */
  double radialSlopes();

  /** E χ(u)χ″(v). */
  double radialCurve();
}
