package org.phasemap.quantity;

/** One kind of measurement at initialisation. The order is part of every cell's id: append. */
public enum Probe {
  SIGNAL,
  GRADIENT,
  NTK,
  OPTIMISER,
  PRECISION,
  JACOBIAN,
  NTK_LAYERS,
  CURVATURE,
  JACOBIAN_LARGEST,
  JACOBIAN_SPECTRUM,
  JACOBIAN_EIGENVALUES;

  /** Whether it sends further columns through a network that has been measured. */
  public boolean needsWeights() {
    return this == JACOBIAN_LARGEST || needsJacobian();
  }

  /** Whether it multiplies the layers of the first input's Jacobian out. */
  public boolean needsJacobian() {
    return this == JACOBIAN_SPECTRUM || this == JACOBIAN_EIGENVALUES;
  }
}
