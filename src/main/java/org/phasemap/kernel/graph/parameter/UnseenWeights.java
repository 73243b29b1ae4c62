package org.phasemap.kernel.graph.parameter;

import org.phasemap.kernel.Matrix;

/**
 * Weights W of a dense layer that are never formed: only what they do to columns is. What comes out
 * has the law that it has given all that has come out before.
 */
public non-sealed interface UnseenWeights extends NodeParameters {
  /** Overwrites z with W h. */
  void up(Matrix h, Matrix z);

  /** Overwrites {@code out} with Wᵀ g. */
  void down(Matrix g, Matrix out);

  /**
   * Qᵀ h of the orthonormal columns Q that have come up; {@link #weights} is W Q. A gradient by W
   * is g hᵀ = (g (Qᵀh)ᵀ) Qᵀ of h in their span, so those by W Q have its products.
   *
   * @return the caller's to close
   */
  Matrix coordinates(Matrix h);
}
