package org.phasemap.theory.width;

import java.util.List;

/**
 * The gradients ∂f/∂z_l that meet a network's layers from above, at l = 1 … L and at the read-out:
 * how alike they are, and how unevenly their squares lie on the units, which weights that are not
 * normal feel. By layer and two inputs.
 *
 * @param cosine of two inputs' gradients of one output; of two outputs, its root mean square
 * @param peak n Σ δ²δ′²/(Σ δ² Σ δ′²)
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Backward(double[][][] cosine, double[][][] peak) {

  /**
   * Of one output.
   *
   * @param layers L of them
   * @param keep share of the read-out's weights that a mask leaves
   */
  static Backward ofOne(List<? extends WideLayer> layers, int size, double keep, int width) {
    // E Σω⁴/(Σω²)² of n normal weights of which some are 0, to first order in 1/(p n).
    double readout = keep == 1 ? 3 : 3 / (keep + (1 + keep) / width);
    int depth = layers.size();
    double[][][] cosine = new double[depth + 1][size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        cosine[depth][a][b] = 1;
        for (int l = depth - 1; l >= 0; l--) {
          cosine[l][a][b] = a == b ? 1 : cosine[l + 1][a][b] * layers.get(l).slopeCorrelation(a, b);
        }
      }
    }
    return of(layers, cosine, readout);
  }

  /** Of two outputs with read-outs of their own, whose gradients' cosine is of order 1/√n. */
  static Backward ofTwo(List<? extends WideLayer> layers, int size, int width) {
    int depth = layers.size();
    double[][][] cosine = new double[depth + 1][size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        for (int l = depth - 1; l >= 0; l--) {
          double above = cosine[l + 1][a][b] * cosine[l + 1][a][b];
          cosine[l][a][b] = Math.sqrt(layers.get(l).square(a, b, above, width));
        }
      }
    }
    return of(layers, cosine, 1);
  }

  private static Backward of(
      List<? extends WideLayer> layers, double[][][] cosine, double readout) {
    int size = cosine[0].length;
    double[][][] peak = new double[cosine.length][size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double above = readout;
        for (int l = layers.size() - 1; l >= 0; l--) {
          WideLayer layer = layers.get(l);
          double r = cosine[l][a][b];
          peak[l][a][b] = layer.peaks(a, b) * above;
          above = 1 + 2 * r * r + layer.entries().perUnit() * peak[l][a][b];
        }
      }
    }
    return new Backward(cosine, peak);
  }
}
