package org.phasemap.theory.limit;

/**
 * Signals of two inputs of equal norm through a deep, infinitely wide network; index l − 1 is layer
 * l (REFERENCE A1).
 *
 * @param q variance of the pre-activations
 * @param oneMinusC 1 − their correlation, without cancellation
 * @param chi1 σ_w² E φ′² at q_l: mean squared gain of layer l's Jacobian
 * @param chiC σ_w² E φ′(u)φ′(v) at (q_l, c_l)
 * @param meanPhi E φ at q_l
 * @param secondMomentPhi E φ² at q_l
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, and made once for thousands of reads
public record Trajectory(
    double[] q,
    double[] oneMinusC,
    double[] chi1,
    double[] chiC,
    double[] meanPhi,
    double[] secondMomentPhi) {
  /** Of so many layers, to be filled. */
  public static Trajectory of(int depth) {
    return new Trajectory(
        new double[depth],
        new double[depth],
        new double[depth],
        new double[depth],
        new double[depth],
        new double[depth]);
  }

  /** Number of layers. */
  public int depth() {
    return q.length;
  }

  /** Correlation at a layer, counted from 1. */
  public double c(int layer) {
    return 1 - oneMinusC[layer - 1];
  }

  /** ln E‖∂z_{layer+1}/∂z_1‖² per unit: Σ ln χ₁ over layers 1 … layer. */
  public double lnGradientGain(int layer) {
    double sum = 0;
    for (int l = 0; l < layer; l++) {
      sum += Math.log(chi1[l]);
    }
    return sum;
  }
}
