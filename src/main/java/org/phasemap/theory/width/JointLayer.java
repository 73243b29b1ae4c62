package org.phasemap.theory.width;

import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.LayerLaw;

/**
 * What one layer of finite width does to gradients, each times n: {@link FiniteLayer} for inputs of
 * any variances and correlations. Matrices are m × m.
 */
final class JointLayer {
  private final LayerLaw law;
  private final boolean orthogonal;
  private final double[][] fixed;
  private final SingleMoments[] single;
  private final double[][] slopes;
  private final double[][] gain;
  private final double[][] gainWithSignal;
  private final double[] product;
  private final double[] growth;
  private final double[] slopeTilt;
  private final double[] ofWeights;
  private final double[] spread;

  /** χ₁ = σ_w² E φ′² of each input. */
  final double[] chi1;

  /** n Cov(K_aa, K_bb). */
  final double[][] kernel;

  /** n E[K_aa − q_a]. */
  final double[] shift;

  JointLayer(LayerLaw law, WeightLaw weights, JointKernel joint, JointMoments at, double[] chi1) {
    this.law = law;
    this.chi1 = chi1;
    orthogonal = weights == WeightLaw.ORTHOGONAL;
    int m = chi1.length;
    single = at.single;
    slopes = at.slopes;
    gain = at.gain;
    gainWithSignal = at.gainWithSignal;
    kernel = new double[m][m];
    fixed = new double[m][m];
    shift = new double[m];
    product = new double[m];
    growth = new double[m];
    slopeTilt = new double[m];
    ofWeights = new double[m];
    spread = new double[m];
    for (int a = 0; a < m; a++) {
      shift[a] = joint.shift[a];
      product[a] = at.product[a][a];
      growth[a] = at.growth(a);
      slopeTilt[a] = at.slopeTilt(a);
      ofWeights[a] = joint.ofWeights(a);
      spread[a] = joint.spread(a, a);
      System.arraycopy(joint.cov[a], 0, kernel[a], 0, m);
      System.arraycopy(joint.fixed[a], 0, fixed[a], 0, m);
    }
  }

  /** σ_w² E φ² of an input at the layer below. */
  double ofWeights(int a) {
    return ofWeights[a];
  }

  /** σ_w² dV/dq of an input. */
  double chiQ(int a) {
    return law.sigmaW2() * growth[a];
  }

  /** d ln E φ′²/dq. */
  double slopeGrowth(int a) {
    return single[a].slopeGrowth();
  }

  /** E φ′_aφ′_b over the root of E φ′_a² E φ′_b². */
  double slopeCorrelation(int a, int b) {
    return slopes[a][b] / Math.sqrt(slopes[a][a] * slopes[b][b]);
  }

  /** {@link FiniteLayer#squareAcross}. */
  double square(int a, int b, double square, int width) {
    double kept = slopeCorrelation(a, b) * slopeCorrelation(a, b);
    return kept * square + (gain[a][b] - (orthogonal && square > 0 ? kept : 0)) / width;
  }

  /** Squared cosine of tangents that makes up for the last weights' noise, {@link JointGain}. */
  double squareAbove(int a, int b, double square) {
    return orthogonal ? 0 : square / gain[a][b];
  }

  /** n Cov(ν_a, ν_b), ν the relative noise of the gain, where the gradients above have cosine r. */
  double gainNoise(int a, int b, double r) {
    double loss = slopeGrowth(a) * slopeGrowth(b) * fixed[a][b];
    return gain[a][b] * (1 + 2 * r * r) - 1 - (orthogonal ? 2 * r * r + loss : 0);
  }

  /** The same under a read-out of independent normal weights. */
  double readoutNoise(int a, int b, double r) {
    return gainNoise(a, b, r) + (orthogonal ? 2 * r * r : 0);
  }

  /** σ_w² n Cov(ν_a, φ_b²). */
  double gainWithSignal(int a, int b) {
    return law.sigmaW2() * (gainWithSignal[a][b] - slopeGrowth(a) * growth[b] * fixed[a][b]);
  }

  /** n E ν_a, as {@link FiniteLayer#gainShift}. */
  double gainShift(int a, JointLayer above, double aligned) {
    double tilted = 2 * (kept(a) * aligned + along(a));
    return above.ofWeights[a] * above.slopeGrowth(a) * tilted + freshGainShift(a);
  }

  /** n E ν_a under weights that are not seen forwards, or where no φ′ follows. */
  double freshGainShift(int a) {
    double felt = kernel[a][a] + spread[a];
    return slopeGrowth(a) * shift[a] + 0.5 * single[a].slopeCurvature() * felt;
  }

  /** As {@link FiniteLayer#aligned}. */
  double aligned(int a, double below) {
    return kept(a) * below + along(a);
  }

  private double kept(int a) {
    return ofWeights[a] * growth[a] * growth[a] / (product[a] * slopes[a][a]);
  }

  private double along(int a) {
    return slopeTilt[a] - (orthogonal ? 1 : 0);
  }

  /** n Var of ln of the weights' share of the kernel, of the first input. */
  double varianceOfLnWeights() {
    return kernel[0][0] / (ofWeights[0] * ofWeights[0]);
  }

  /** ln of the weights' share of the kernel, averaged over inputs. */
  FirstOrder lnOfWeights() {
    int m = chi1.length;
    double limit = 0;
    double shifts = 0;
    double variance = 0;
    for (int a = 0; a < m; a++) {
      double own = ofWeights[a];
      limit += Math.log(own);
      shifts += shift[a] / own - 0.5 * kernel[a][a] / (own * own);
      for (int b = 0; b < m; b++) {
        variance += kernel[a][b] / (own * ofWeights[b]);
      }
    }
    return new FirstOrder(limit / m, shifts / m, variance / (m * m));
  }
}
