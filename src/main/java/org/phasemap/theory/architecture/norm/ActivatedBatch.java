package org.phasemap.theory.architecture.norm;

import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.theory.OutsideDomainException;

/**
 * What batch norm after φ makes of gradients. Let z be a unit's batch of B ≥ 4 exchangeable
 * Gaussians, y = φ(z), S = Σ(y − ȳ)² and P the projector off 1 and off y − ȳ. A gradient g of √B(y
 * − ȳ)/√S goes to √(B/S) D P g at z, D = diag φ′(z). Where g does not depend on z, E gg′ = (o − c)I
 * + c11′ becomes B(o − c) E[D P D/S]: 1 is what P takes away.
 *
 * <p>Of P there remain (1 − 1/B)S₋ₐ/S on the diagonal, S₋ₐ the same sum without a, and −1/B − (yₐ −
 * ȳ)(y_b − ȳ)/S off it. Powers of 1/S are integrals of e^{−tS} over t (Yang et al. 2019, arXiv
 * 1902.08129, §D), and
 *
 * <pre>
 * e^{−tS} = √(tB/π) ∫ dμ Π e^{−t(y_i − μ)²}
 * </pre>
 *
 * makes a product of it. So does a factor e^{hx} or e^{ikx} of the covariance of the z. What is
 * left of dimensions are t, μ, one of h and k, and one z. Relative error 3e-5.
 *
 * @param own E φ′²ₐ Pₐₐ/S
 * @param cross E φ′ₐφ′_b P_ab/S
 */
public record ActivatedBatch(double own, double cross) {
  /** Smaller batches have no second moment. */
  private static final int SMALLEST_BATCH = 4;

  /**
   * Of smaller batches the integrand falls slowly with k, unless Σx is free to move; of kinked φ it
   * does so below the second number.
   */
  private static final int SMALL_BATCH = 6;

  private static final int SMALL_KINKED_BATCH = 8;
  private static final double LEAST_FREE = 0.1;

  /**
   * Of a batch in which ReLU leaves two units alone: where both are close to 0, E 1/S has no limit.
   */
  private static final double LARGEST_SHARE_OF_TWO = 1e-4;

  /** Of batches that φ makes constant: rounding alone would tell their entries apart. */
  private static final double LARGEST_FLAT = 1e-5;

  private static final double NONE = 1e-12;

  /**
   * Integrates.
   *
   * @param batch B ≥ 4
   * @param q variance of z
   * @param p covariance of two z, from −q/(B − 1) to below q
   * @throws OutsideDomainException where there is no formula, and where there is no second moment
   */
  public static ActivatedBatch of(Activation activation, int batch, double q, double p) {
    OutsideDomainException.unless(
        batch >= SMALLEST_BATCH,
        "gradients have no second moment at a batch of " + batch);
    double spread = Math.sqrt(q - p);
    double ratio = Math.abs(p) < NONE * q ? 0 : p / (q - p);
    double free = ratio < 0 ? Math.max(0, -1 / ratio - batch) : Double.POSITIVE_INFINITY;
    int small = activation.kinks().length == 0 ? SMALL_BATCH : SMALL_KINKED_BATCH;
    OutsideDomainException.unless(
        batch >= small || free >= LEAST_FREE,
        "batch norm after an activation: of fewer than "
            + small
            + " inputs formulas need units with a bias");
    List<CommonShift> shifts = CommonShift.all(activation, ratio, spread);
    boolean isFlat = activation.isHomogeneous() && activation.homogeneousSlope() == 0;
    OutsideDomainException.unless(
        !isFlat || free < NONE * batch || two(batch, shifts) < LARGEST_SHARE_OF_TWO,
        "no second moment under batch norm after ReLU: a unit may be alive for two inputs alone,"
            + " and hardly so");
    double own = 0;
    double cross = 0;
    double flat = 0;
    ActivatedUnits.Work work = new ActivatedUnits.Work();
    for (CommonShift shift : shifts) {
      ActivatedUnits units = new ActivatedUnits(activation, batch, spread, shift.at(), work);
      if (units.areConstant()) {
        flat += isFlat ? 0 : shift.weight(); // dead units of ReLU have no gradient
        continue;
      }
      double[] both = ratio < 0 ? units.ofCorrelated(-ratio, free) : units.ofIndependent();
      own += shift.weight() * both[0];
      cross += shift.weight() * both[1];
    }
    OutsideDomainException.unless(
        flat < LARGEST_FLAT, "no formula for batch norm of an activation that saturates");
    return new ActivatedBatch(own, cross);
  }

  /** P(two of B are positive), or of negative correlation a bound. */
  private static double two(int batch, List<CommonShift> shifts) {
    double sum = 0;
    for (CommonShift shift : shifts) {
      double alive = Erf.normalCdf(shift.at());
      sum += shift.weight() * alive * alive * Math.pow(1 - alive, batch - 2);
    }
    return 0.5 * batch * (batch - 1) * sum;
  }
}
