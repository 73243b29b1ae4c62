package org.phasemap.theory.architecture.skip;

import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.BatchLaw;

/**
 * Gradients of residual networks with batch norm in the branch, infinite width, x₀ of independent
 * standard normals. λ_k is the batch variance of x_k (De and Smith 2020), t, λ and R_B = t/λ are
 * those of {@link BatchLaw}.
 */
public final class ResidualBatchNorm {
  private ResidualBatchNorm() {}

  /** What a block adds to x, and where its norms stand. */
  public enum Order {
    /** x + Wφ(BN x): λ_k = 1 + kσ_w²λ, factor 1 + σ_w²t/λ_k. */
    PRE1 {
      @Override
      double excess(BatchLaw law, double sigmaW2, int k) {
        return sigmaW2 * law.slope() / (1 + k * sigmaW2 * law.variance());
      }
    },
    /** x + W₂φ(BN W₁φ(BN x)), ResNet-v2: factor 1 + σ_w²tR_B/λ_k, σ_w² of W₂. */
    PRE2 {
      @Override
      double excess(BatchLaw law, double sigmaW2, int k) {
        return PRE1.excess(law, sigmaW2, k) * law.growth();
      }
    },
    /**
     * x + BN W₂φ(BN W₁x), ResNet-v1 without its last ReLU: λ_k = 1 + kB/(B − 1), factor 1 + R_B B(B −
     * 2)/((B − 1)(B − 3))/λ_k. No σ_w² matters.
     */
    POST2 {
      @Override
      double excess(BatchLaw law, double sigmaW2, int k) {
        return law.growth()
            * law.outputVariance()
            * law.linearGrowth()
            / (1 + k * law.outputVariance());
      }
    };

    /** The factor of squared gradients through block k, counted from 0, less 1. */
    abstract double excess(BatchLaw law, double sigmaW2, int k);
  }

  /**
   * ln of the growth of the batch-centred squared gradient from the top of block hi − 1 to the bottom
   * of block lo.
   */
  public static double lnGradientGain(Order order, BatchLaw law, double sigmaW2, int lo, int hi) {
    OutsideDomainException.unless(lo <= hi, "lo must not be above hi: " + lo + ", " + hi);
    double ln = 0;
    for (int k = lo; k < hi; k++) {
      ln += Math.log1p(order.excess(law, sigmaW2, k));
    }
    return ln;
  }

  /** The exponent p of E|g_l|² ~ (L/l)^p with m activations in the branch: R_B^m. */
  public static double gradientExponent(BatchLaw law, int activations) {
    return Math.pow(law.growth(), activations);
  }
}
