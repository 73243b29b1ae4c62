package org.phasemap.theory.architecture.convolution;

import org.phasemap.theory.OutsideDomainException;

/** What the number of taps at a position alone decides, along one dimension; dimensions multiply. */
public final class TapCounts {
  private TapCounts() {}

  /**
   * Second moment of the gradient at an input position, by its phase in a stride s, for a unit one
   * at each output: the share of the k centred taps β with β ≡ phase (mod s). The total over phases
   * is 1: a 1 × 1 kernel of stride 2 leaves nothing at half of the positions.
   */
  public static double strideShare(int kernel, int stride, int phase) {
    int taps = 0;
    for (int tap = 0; tap < kernel; tap++) {
      taps += Math.floorMod(tap - (kernel - 1) / 2 - phase, stride) == 0 ? 1 : 0;
    }
    return (double) taps / kernel;
  }

  /**
   * Variance at an interior output position of a transposed convolution, by its phase modulo the
   * stride s, over the mean: ⌈(k − phase)/s⌉ taps of k/s (out[s a + b] += W[b] h[a]). Uniform if s divides
   * k; else a checkerboard.
   */
  public static double transposedPhase(int kernel, int stride, int phase) {
    int taps = Math.max(0, Math.floorDiv(kernel - phase % stride + stride - 1, stride));
    return (double) taps * stride / kernel;
  }

  /**
   * λ_m = (1/k) Σ_β cos(2πmβ/H), by which circular padding damps a perturbation of the spatial mode
   * m in a layer, beside χ (Xiao et al. 2018, §3.2).
   *
   * @throws OutsideDomainException for an even k, which also moves the mode: its factor is complex
   */
  public static double modeFactor(int size, int kernel, int mode) {
    OutsideDomainException.unless(
        kernel % 2 == 1, "a kernel of " + kernel + " taps moves the modes: the factor is complex");
    double sum = 0;
    for (int tap = 0; tap < kernel; tap++) {
      // Exact where the angle is a multiple of a whole turn.
      long turns = Math.floorMod((long) mode * (tap - (kernel - 1) / 2), (long) size);
      sum += Math.cos(2 * Math.PI * turns / size);
    }
    return sum / kernel;
  }
}
