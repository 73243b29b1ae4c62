package org.phasemap.measure.finding;

import java.util.Arrays;
import java.util.List;

/**
 * The squared singular values of J = ∂z_L/∂z_1 by a random tangent v for each input: over v, the
 * means of ‖J v‖²/‖v‖² and ‖JᵀJ v‖²/‖v‖² are those of the squared singular values and of their
 * squares (Hutchinson 1990). J has L − 1 layers in the counting of Pennington, Schoenholz and
 * Ganguli (2017).
 *
 * <p>J begins at z_1 and not at the input, so it is square whatever n₀.
 *
 * @param lnMean ln ‖∂z_l/∂z_1 v‖²/‖v‖², averaged over inputs, l = 1 … L
 * @param relativeVariance ‖JᵀJ v‖² ‖v‖²/‖J v‖⁴ − 1, averaged over inputs: at least 0; the variance
 *     over the squared mean; NaN where JᵀJ v is too small for float32
 */
public record JacobianMoments(double[] lnMean, double relativeVariance) {
  /** Shorter vectors have entries near the smallest that float32 keeps all digits of, 1e-38. */
  private static final double LOST = 1e-66;

  /**
   * From the tangents' ways up and down.
   *
   * @param lnTangents ln ‖∂z_l/∂z_1 v‖²/‖v‖² of each input, index l − 1, at least to L
   * @param squares ‖Jᵀu‖² of u = J v/‖J v‖, of each input
   */
  public static JacobianMoments of(List<double[]> lnTangents, double[] squares, int depth) {
    double[] lnMean = new double[depth];
    Arrays.setAll(lnMean, l -> Arrays.stream(lnTangents.get(l)).average().orElseThrow());
    double[] lnTop = lnTangents.get(depth - 1);
    double sum = 0;
    for (int a = 0; a < squares.length; a++) {
      sum += squares[a] < LOST ? Double.NaN : squares[a] * Math.exp(-lnTop[a]) - 1;
    }
    return new JacobianMoments(lnMean, sum / squares.length);
  }
}
