package org.phasemap.theory;

import org.phasemap.network.WeightLaw;

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
    growth = new double[m];
    slopeTilt = new double[m];
    ofWeights = new double[m];
    spread = new double[m];
    for (int a = 0; a < m; a++) {
      shift[a] = joint.shift[a];
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

  /** n Cov(ν_a, ν_b), ν the relative noise of the gain, where the gradients above have cosine r. */
  double gainNoise(int a, int b, double r) {
    double loss = slopeGrowth(a) * slopeGrowth(b) * fixed[a][b];
    return gain[a][b] * (1 + 2 * r * r) - 1 - (orthogonal ? 2 * r * r + loss : 0);
  }

  /** The same under a read-out of independent normal weights, shared by all inputs. */
  double readoutNoise(int a, int b) {
    return gainNoise(a, b, 1) + (orthogonal ? 2 : 0);
  }

  /** σ_w² n Cov(ν_a, φ_b²). */
  double gainWithSignal(int a, int b) {
    return law.sigmaW2() * (gainWithSignal[a][b] - slopeGrowth(a) * growth[b] * fixed[a][b]);
  }

  /** n E ν_a, as {@link FiniteLayer#gainShift}. */
  double gainShift(int a, JointLayer above) {
    double tilted = 2 * above.ofWeights[a] * above.slopeGrowth(a);
    return tilted * (slopeTilt[a] - (orthogonal ? 1 : 0)) + freshGainShift(a);
  }

  /** The same under weights that are not seen forwards: a read-out's. */
  double freshGainShift(int a) {
    double felt = kernel[a][a] + spread[a];
    return slopeGrowth(a) * shift[a] + 0.5 * single[a].slopeCurvature() * felt;
  }
}
