package org.phasemap.theory;

import org.phasemap.network.WeightLaw;

/**
 * Squared singular values of the input–output Jacobian J = ∏ D_l W_l of a wide network at constant
 * q (Pennington, Schoenholz and Ganguli 2017, 2018). Independent weights of any law share the
 * Gaussian spectrum.
 */
public final class JacobianSpectrum {
  private JacobianSpectrum() {}

  /** Mean squared singular value of L layers: χ₁^L (2017, eq. 6). */
  public static double mean(LayerLaw law, double q, int depth) {
    return Math.pow(LayerStatistics.of(law, q).chi1(), depth);
  }

  /** Mean squared singular value along a trajectory's layers 1 … L: ∏ σ_w² E φ′² at q_l. */
  public static double mean(Trajectory t, int depth) {
    return Math.exp(t.lnGradientGain(depth));
  }

  /**
   * Variance of the squared singular values: (σ_w² μ₁)^{2L} L (μ₂/μ₁² − 1 − s₁), μ_k = E φ′^{2k},
   * s₁ = −1 for independent weights and 0 for orthogonal ones (2017, eq. 17; 2018, eq. 22).
   */
  public static double variance(LayerLaw law, double q, int depth, WeightLaw weights) {
    double mean = mean(law, q, depth);
    return mean * mean * relativeVariance(law, q, depth, weights);
  }

  /** The variance over the squared mean: its value at criticality. */
  public static double relativeVariance(LayerLaw law, double q, int depth, WeightLaw weights) {
    GaussianMoments m = new GaussianMoments(law.activation(), q);
    double mu1 = m.derivativeMoment(1);
    double s1 = weights == WeightLaw.ORTHOGONAL ? 0 : -1;
    return depth * (m.derivativeMoment(2) / (mu1 * mu1) - 1 - s1);
  }

  /**
   * Upper edge of the spectrum of J Jᵀ as width grows: the least value over z &gt; 0 of (1 + z)/(z
   * S(z)), S the product of the layers' S-transforms (2018, §3.2). Linear Gaussian networks give (L
   * + 1)^{L+1}/L^L σ_w^{2L} → e L. A finite width n stays below by a share of order n^{−2/3}.
   */
  public static double upperEdge(LayerLaw law, double q, int depth, WeightLaw weights) {
    SlopeSpectrum slopes = new SlopeSpectrum(law.activation(), q);
    double best = Double.POSITIVE_INFINITY;
    // The function is convex in ln z up to the slopes' own edge: golden section on ln z.
    double low = Math.log(1e-6 / depth);
    double high = Math.log(1e3);
    double golden = 0.5 * (Math.sqrt(5) - 1);
    for (int i = 0; i < 120; i++) {
      double a = high - golden * (high - low);
      double b = low + golden * (high - low);
      double fa = lnInverse(slopes, law.sigmaW2(), Math.exp(a), depth, weights);
      double fb = lnInverse(slopes, law.sigmaW2(), Math.exp(b), depth, weights);
      best = Math.min(best, Math.min(fa, fb));
      if (fa < fb) {
        high = b;
      } else {
        low = a;
      }
    }
    return Math.exp(best);
  }

  /** ln of the inverse moment generating function at z. */
  private static double lnInverse(
      SlopeSpectrum slopes, double sigmaW2, double z, int depth, WeightLaw weights) {
    double slope = Math.log(slopes.inverseMoment(z) * z / (1 + z));
    double weight = Math.log(sigmaW2) + (weights == WeightLaw.ORTHOGONAL ? 0 : Math.log1p(z));
    return Math.log1p(1 / z) + depth * (slope + weight);
  }
}
