package org.phasemap.theory.width;

import java.util.Arrays;

/**
 * The gradients ∂f/∂z_l that meet a network's layers from above, at l = 1 … L and at the read-out:
 * how alike they are for two inputs or outputs, and how unevenly their squares lie on the units,
 * which weights that are not normal feel.
 *
 * @param same cosine for one input: 1; its root mean square for two outputs
 * @param across for two inputs
 * @param peak n Σ δ⁴/(Σ δ²)² for one input; of two outputs, n Σ δ²δ′²/(Σ δ² Σ δ′²)
 * @param peakAcross the latter for two inputs
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record FiniteBackward(double[] same, double[] across, double[] peak, double[] peakAcross) {

  /**
   * Of one output.
   *
   * @param keep share of the read-out's weights that a mask leaves
   */
  static FiniteBackward ofOne(FiniteLayer[] layers, int depth, double keep, int width) {
    // E Σω⁴/(Σω²)² of n normal weights of which some are 0, to first order in 1/(p n).
    double readout = keep == 1 ? 3 : 3 / (keep + (1 + keep) / width);
    double[] same = new double[depth + 1];
    double[] across = new double[depth + 1];
    Arrays.fill(same, 1);
    across[depth] = 1;
    for (int l = depth - 1; l >= 0; l--) {
      across[l] = across[l + 1] * layers[l].slopeCorrelation();
    }
    return of(layers, depth, same, across, readout);
  }

  /** Of two outputs with read-outs of their own, whose gradients' cosine is of order 1/√n. */
  static FiniteBackward ofTwo(FiniteLayer[] layers, int depth, int width) {
    double[] same = new double[depth + 1];
    double[] across = new double[depth + 1];
    for (int l = depth - 1; l >= 0; l--) {
      same[l] = Math.sqrt(layers[l].square(same[l + 1] * same[l + 1], width));
      across[l] = Math.sqrt(layers[l].squareAcross(across[l + 1] * across[l + 1], width));
    }
    return of(layers, depth, same, across, 1);
  }

  private static FiniteBackward of(
      FiniteLayer[] layers, int depth, double[] same, double[] across, double readout) {
    double[] peak = new double[depth + 1];
    double[] peakAcross = new double[depth + 1];
    double above = readout;
    double aboveAcross = readout;
    for (int l = depth - 1; l >= 0; l--) {
      FiniteLayer layer = layers[l];
      peak[l] = layer.peaks() * above;
      peakAcross[l] = layer.peaksAcross() * aboveAcross;
      above = 1 + 2 * same[l] * same[l] + layer.entries().perUnit() * peak[l];
      aboveAcross = 1 + 2 * across[l] * across[l] + layer.entries().perUnit() * peakAcross[l];
    }
    return new FiniteBackward(same, across, peak, peakAcross);
  }
}
