package org.phasemap.predict.graph;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.NormalisedBatch;

/**
 * Batch norm of Gaussian units over the B inputs shown (ARCHITECTURES 2.1, 3.3; Yang et al. 2019,
 * arXiv 1902.08129). A unit's batch z has exchangeable entries, so γ√B Gz/‖Gz‖ is uniform on a
 * sphere, whatever the correlation of the inputs was; G takes the mean away.
 */
final class BatchNorm {
  /** A correlation that rounding may have left of 0. */
  private static final double CENTRED = -1e-12;

  private static final double EQUAL = 1e-9;

  /** Moments of a normalised batch have errors of 1e-11. */
  private static final double ROUNDING = 1e-10;

  /** 2^−B is below 1e-4. */
  private static final int LARGE = 14;

  private static final int STEPS = 400;
  private static final double REACH = 9;

  private BatchNorm() {}

  /** The normalised units. */
  static Part of(Part part, double gamma) {
    Covariance s = part.covariance();
    check(s);
    OutsideDomainException.unless(
        part.law() == Law.GAUSSIAN, "no formula for batch norm of what is not Gaussian");
    // Of numbers whose products are not known it is not known either, but not 0.
    OutsideDomainException.unless(
        apart(part) > 0 || Double.isNaN(apart(part)), "a batch of equal inputs has no variance");
    Covariance next = Covariance.zero(s.inputs(), s.pairs());
    double batch = s.inputs().count();
    next.q()[0][0] = gamma * gamma;
    next.deficit()[1][0] = gamma * gamma * batch / (batch - 1);
    return gamma == 0
        ? Part.centred(part.channels(), Law.GAUSSIAN, next)
        : new Part(part.channels(), Law.SPHERE, next, Part.zeros(next), gamma, null);
  }

  /**
   * Units that were normalised after φ. Over a batch of exchangeable inputs they have mean 0 and
   * mean square γ², so two of them have −γ²/(B − 1), whatever φ. A unit whose batch φ makes
   * constant stays at 0: of ReLU one that is dead for the whole batch.
   *
   * @param below Gaussian units under φ
   */
  static Part afterActivation(Activation activation, Part below, int channels, double gamma) {
    Covariance s = below.covariance();
    check(s);
    OutsideDomainException.unless(
        below.law() == Law.GAUSSIAN && !activation.hasKinksOffOrigin(),
        "no formula for batch norm after an activation of this law");
    double q = s.q()[0][0];
    OutsideDomainException.unless(
        q > 0 && apart(below) > 0, "a batch of equal inputs has no variance");
    boolean isRelu = activation.isHomogeneous() && activation.homogeneousSlope() == 0;
    double alive = isRelu ? 1 - dead(s.inputs().count(), 1 - apart(below) / q) : 1;
    double batch = s.inputs().count();
    Covariance next = Covariance.zero(s.inputs(), s.pairs());
    next.q()[0][0] = alive * gamma * gamma;
    next.deficit()[1][0] = alive * gamma * gamma * batch / (batch - 1);
    return Part.centred(channels, Law.OTHER, next);
  }

  /**
   * P(all z &lt; 0) of a batch of correlation c: E Φ(√c u/√(1 − c))^B. Below c = 0 it lies between
   * 0, where the batch has no mean, and 2^−B.
   */
  private static double dead(int batch, double c) {
    if (c < CENTRED) {
      OutsideDomainException.unless(
          batch >= LARGE || c * (batch - 1) < -1 + EQUAL,
          "no formula for the share of dead units in batches of fewer than " + LARGE);
      return 0;
    }
    double slope = Math.sqrt(c / (1 - c));
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      double u = REACH * (2 * (i + 0.5) / STEPS - 1);
      sum += 2 * REACH / STEPS * Erf.normalDensity(u) * Math.pow(Erf.normalCdf(slope * u), batch);
    }
    return sum;
  }

  private static void check(Covariance s) {
    OutsideDomainException.unless(
        s.pairs().positions() == 1,
        "no formula for batch norm over positions that stands after an activation");
    OutsideDomainException.unless(
        s.inputs().areExchangeable() && s.inputs().count() > 1,
        "batch norm has formulas for two or more inputs that are exchangeable");
  }

  /** q − p, the unbiased batch variance. */
  private static double apart(Part part) {
    return part.covariance().deficit()[1][0];
  }

  /**
   * (B − 1) times the second moment of the centred gradient under the norm, less what the length of
   * z does: E tr[(G − ûûᵀ)DΓD(G − ûûᵀ)], Γ the gradients' covariance above, D the slopes of φ(γu).
   *
   * @param own second moment of an input's gradient
   * @param cross covariance of two inputs' gradients
   */
  static double through(NormalisedBatch moments, int batch, double own, double cross) {
    double b = batch;
    double diagonal = (b - 1) * moments.slope2() - moments.radial2();
    double sums = moments.slope2() + (b - 1) * moments.slopePair();
    double radial = moments.radial2() + (b - 1) * moments.radialPair();
    double common = b * moments.slope2() - sums - radial;
    // A sum over the batch does not move through a linear φ.
    boolean isRounding = Math.abs(common) < ROUNDING * b * moments.slope2();
    return (own - cross) * diagonal + (isRounding ? 0 : cross * common);
  }

  /** What came through activations, one number here. */
  static double scalar(double[][] through) {
    return through.length == 0 ? 0 : through[0][0];
  }

  /** The same as {@link #through} without an activation. */
  static double throughLinear(double gamma, int batch, double own, double cross) {
    return (own - cross) * gamma * gamma * (batch - 2.0);
  }

  /**
   * The gradients under the norm: own and cross. 1/‖Gz‖² is independent of the direction, E B/‖Gz‖²
   * = B/((q − p)(B − 3)).
   */
  static double[] down(Part below, double through) {
    double batch = below.covariance().inputs().count();
    OutsideDomainException.unless(
        batch >= 4, "gradients have no second moment at a batch of " + (int) batch);
    double centred = batch / (apart(below) * (batch - 3)) * through / (batch - 1);
    return new double[] {centred * (1 - 1 / batch), -centred / batch};
  }
}
