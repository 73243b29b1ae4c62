package org.phasemap.theory.width;

import org.phasemap.theory.width.moment.SingleMoments;

/**
 * What a layer of finite width does to gradients and tangents of inputs a and b, each times n.
 * Inputs that are alike have the numbers 0 and 1.
 */
interface WideLayer {
  /** σ_w². */
  double sigmaW2();

  boolean isOrthogonal();

  /** How far the weights are from normal ones. */
  EntryLaw entries();

  /** Expectations of one input at the variance of infinite width. */
  SingleMoments single(int a);

  /** σ_w² E φ² of the layer below: what weights, not biases, give the kernel. */
  double weightPart(int a);

  /** χ₁ = σ_w² E φ′². */
  double chi1(int a);

  /** E φ². */
  double phi2(int a);

  /** E φ′². */
  double slope2(int a);

  /** dV/dq. */
  double growth(int a);

  /** d ln E φ′²/dq. */
  double slopeGrowth(int a);

  /** E φ′_aφ′_b over the root of E φ′_a² E φ′_b². */
  double slopeCorrelation(int a, int b);

  /** E φ′_a²φ′_b² over E φ′_a² E φ′_b². */
  double peaks(int a, int b);

  /** Cov(φ′_a², φ_b²) over E φ′_a². */
  double slopesWithSignal(int a, int b);

  /** E φ′²φ² over the product of the means. */
  double slopeTilt(int a);

  /** n Cov(K_aa, K_bb). */
  double kernel(int a, int b);

  /** Gram covariance that orthogonal weights do not have; zero for independent ones. */
  double fixed(int a, int b);

  /** n E[K_aa − q_a]. */
  double shift(int a);

  /** n Var of a single unit's variance, beyond the kernel's. */
  double spread(int a);

  /** ln of the weights' share of the kernel, averaged over inputs. */
  FirstOrder lnWeightPart(InputMean mean);

  /** n Var of that of the first input alone. */
  default double varianceOfLnWeightPart() {
    return kernel(0, 0) / (weightPart(0) * weightPart(0));
  }

  /**
   * n Cov(ν_a, ν_b), ν the relative noise of the gain through this layer.
   *
   * @param r correlation of what is sent through: 1 for one gradient, 0 for those of two outputs
   * @param peak n Σ δ_a²δ_b²/(Σ δ_a² Σ δ_b²) of it
   */
  default double gainNoise(int a, int b, double r, double peak) {
    double loss = slopeGrowth(a) * slopeGrowth(b) * fixed(a, b);
    return peaks(a, b) * (1 + 2 * r * r + entries().perUnit() * peak)
        - 1
        - (isOrthogonal() ? 2 * r * r + loss : 0);
  }

  /** The same under a read-out of independent normal weights, shared by all inputs. */
  default double readoutNoise(int a, int b, double r) {
    return gainNoise(a, b, r, 0) + (isOrthogonal() ? 2 * r * r : 0);
  }

  /** n Cov(ν_a, φ_b²). */
  default double gainWithSignal(int a, int b) {
    return slopesWithSignal(a, b) - slopeGrowth(a) * growth(b) * fixed(a, b);
  }

  /**
   * n E ν_a. The same W acts on signals and on what else is sent through, tangents s upwards or
   * gradients downwards. So s comes to point along z, and φ′(z)² weighs it by its length there.
   * What gradients meet from above is what tangents leave below, term by term.
   *
   * @param aligned {@link #aligned} of what enters this layer
   */
  default double gainShift(int a, WideLayer above, double aligned) {
    double tilted = 2 * kept(a) * aligned + above.entries().tilt() * along(a);
    return above.weightPart(a) * above.slopeGrowth(a) * tilted + freshGainShift(a);
  }

  /** n E ν_a under weights that are not seen forwards, or where no φ′ follows. */
  default double freshGainShift(int a) {
    double curvature = single(a).slopeCurvature();
    return single(a).slopeGrowth() * shift(a) + 0.5 * curvature * (kernel(a, a) + spread(a));
  }

  /**
   * n E(s·z)²/(‖s‖²‖z‖²) of tangents and the weights' part of z at the next layer, from 0 at the
   * first; less 1, what it is without φ, for orthogonal weights.
   */
  default double aligned(int a, double below) {
    return kept(a) * below + along(a);
  }

  private double kept(int a) {
    return weightPart(a) * growth(a) * growth(a) / (phi2(a) * slope2(a));
  }

  private double along(int a) {
    return isOrthogonal() ? slopeTilt(a) - 1 : slopeTilt(a);
  }

  /**
   * E of the squared cosine of what is sent through for two inputs, after this layer.
   *
   * @param square before it; 0 if both are independent vectors
   */
  default double square(int a, int b, double square, int width) {
    double kept = slopeCorrelation(a, b) * slopeCorrelation(a, b);
    return kept * square + (peaks(a, b) - (isOrthogonal() && square > 0 ? kept : 0)) / width;
  }
}
