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
  JACOBIAN_SPECTRUM;

  /** Whether it sends further columns through a network that has been measured. */
  public boolean needsWeights() {
    return this == JACOBIAN_LARGEST || this == JACOBIAN_SPECTRUM;
  }
}
