package org.phasemap.predict;

import org.phasemap.measure.result.KernelSpectrum;

/**
 * What the inputs of a cell do together in infinitely wide networks, at every depth of a group of
 * cells.
 */
interface PairTheory {
  /** Θ over the inputs, NTK parameterisation; L is the depth of one of the cells. */
  KernelSpectrum ntk(int depth);

  /** Θ over the inputs, standard parameterisation. */
  KernelSpectrum standardNtk(int depth);

  /**
   * E ‖Σ_a ∂f_a/∂W_l‖² over the inputs a, over the number of weights into a unit; index l − 1.
   *
   * @param depth L
   */
  double[] batchGradient(int depth);
}
