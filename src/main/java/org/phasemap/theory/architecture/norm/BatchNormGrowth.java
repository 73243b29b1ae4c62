package org.phasemap.theory.architecture.norm;

import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.gauss.ShiftedGaussian;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Growth per layer of the mean squared gradient where batch normalisation stands beside every
 * linear map (Yang et al. 2019, arXiv 1902.08129), in the limit of infinite width.
 */
public final class BatchNormGrowth {
  private BatchNormGrowth() {}

  /** Infinite batch, unit gain, no shift: E φ′²/Var φ at q = 1, which is ≥ 1. */
  public static double infiniteBatch(Activation activation) {
    return infiniteBatch(activation, 1, 0);
  }

  /** Infinite batch, pre-activations γẑ + β: γ² E φ′²/Var φ at N(β, γ²). */
  public static double infiniteBatch(Activation activation, double gamma, double beta) {
    return slope(activation, gamma, beta) / variance(activation, gamma, beta);
  }

  /** γ² E φ′² at N(β, γ²). */
  static double slope(Activation activation, double gamma, double beta) {
    return gamma
        * gamma
        * new ShiftedGaussian(activation, beta, gamma * gamma)
            .expect(x -> square(activation.derivative(x)));
  }

  /** Var φ at N(β, γ²). */
  static double variance(Activation activation, double gamma, double beta) {
    ShiftedGaussian law = new ShiftedGaussian(activation, beta, gamma * gamma);
    double mean = law.expect(activation::value);
    return law.expect(x -> square(activation.value(x) - mean));
  }

  /**
   * A batch of B ≥ 4, no shift: t/λ, t as in {@link #slope(NormalisedBatch, int)}, λ = E φ_a² − E
   * φ_aφ_b. A linear φ gives (B − 2)/(B − 3). σ_w² and σ_b² do not matter.
   *
   * @throws OutsideDomainException for B &lt; 4, where the second moment is infinite
   */
  public static double finiteBatch(Activation activation, double gamma, int batch) {
    NormalisedBatch moments = NormalisedBatch.of(activation, gamma, batch);
    return slope(moments, batch) / moments.variance();
  }

  /**
   * t = B T/((B − 1)(B − 3)), what becomes of E φ′²: the normalised batch of a neuron is uniform on
   * the sphere of radius √B in the B − 1 centred dimensions, and 1/‖·‖² of the unnormalised one
   * adds (B − 1)/(B − 3). T = E[S₂(1 − 2/B) + S₁²/B² − Σu²φ′² + (Σuφ′)²/B], S_k = Σ φ′^k over the
   * batch, u the unit vector.
   *
   * @throws OutsideDomainException for B &lt; 4, where the second moment is infinite
   */
  static double slope(NormalisedBatch moments, int batch) {
    OutsideDomainException.unless(
        batch >= 4, "gradients have no second moment at a batch of " + batch + "; B >= 4 has one");
    double b = batch;
    double s1 = moments.slope2() + (b - 1) * moments.slopePair();
    double radial = moments.radial2() + (b - 1) * moments.radialPair();
    double trace = (b - 2) * moments.slope2() + s1 / b - moments.radial2() + radial / b;
    return b / ((b - 1) * (b - 3)) * trace;
  }

  /** Linear φ: (B − 2)/(B − 3). */
  public static double linear(int batch) {
    OutsideDomainException.unless(batch >= 4, "batch must be >= 4: " + batch);
    return (batch - 2.0) / (batch - 3.0);
  }

  /**
   * Normalisation after φ, infinite batch: z = W BN(φ(z′)) + b grows by σ_w² D(q)/Var_q φ, q = σ_w²
   * + σ_b² (ARCHITECTURES 2.2). With σ_b² &gt; 0 that is of statistics over all units; a unit's own
   * have the mean of σ_w² D/Var φ over its bias, which {@link #afterActivation(LayerLaw, int)}
   * tends to.
   */
  public static double afterActivation(LayerLaw law) {
    double q = law.sigmaW2() + law.sigmaB2();
    OutsideDomainException.unless(q > 0, "sigma_w2 + sigma_b2 must be > 0");
    double variance = variance(law.activation(), Math.sqrt(q), 0);
    return law.sigmaW2()
        * new GaussianMoments(law.activation(), q).derivativeSecondMoment()
        / variance;
  }

  /**
   * The same in a batch of B ≥ 4, of centred gradients: σ_w² B(E φ′²P_aa/S − E φ′φ′P_ab/S) of
   * {@link ActivatedBatch}, where two z have the covariance σ_b² − σ_w²/(B − 1).
   *
   * @throws OutsideDomainException for smaller batches, and where there is no second moment
   */
  public static double afterActivation(LayerLaw law, int batch) {
    double q = law.sigmaW2() + law.sigmaB2();
    OutsideDomainException.unless(law.sigmaW2() > 0, "sigma_w2 must be > 0");
    double p = law.sigmaB2() - law.sigmaW2() / (batch - 1);
    ActivatedBatch moments = ActivatedBatch.of(law.activation(), batch, q, p);
    return law.sigmaW2() * batch * (moments.own() - moments.cross());
  }

  private static double square(double x) {
    return x * x;
  }
}
