package org.phasemap.predict.graph;

import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.NormalisedBatch;

/**
 * Batch norm of Gaussian units over the B inputs shown (ARCHITECTURES 2.1, 3.3; Yang et al. 2019,
 * arXiv 1902.08129). A unit's batch z has exchangeable entries, so γ√B Gz/‖Gz‖ is uniform on a
 * sphere, whatever the correlation of the inputs was; G takes the mean away.
 */
final class BatchNorm {
  private BatchNorm() {}

  /** The normalised units. */
  static Part of(Part part, double gamma) {
    Covariance s = part.covariance();
    OutsideDomainException.unless(
        s.pairs().positions() == 1,
        "no formula for batch norm over inputs and positions of an image");
    OutsideDomainException.unless(
        s.inputs().areExchangeable() && s.inputs().count() > 1,
        "batch norm has formulas for two or more inputs that are exchangeable");
    OutsideDomainException.unless(
        part.law() == Law.GAUSSIAN, "no formula for batch norm of what is not Gaussian");
    OutsideDomainException.unless(apart(part) > 0, "a batch of equal inputs has no variance");
    Covariance next = Covariance.zero(s.inputs(), s.pairs());
    double batch = s.inputs().count();
    next.q()[0][0] = gamma * gamma;
    next.deficit()[1][0] = gamma * gamma * batch / (batch - 1);
    return gamma == 0
        ? Part.centred(part.channels(), Law.GAUSSIAN, next)
        : new Part(part.channels(), Law.SPHERE, next, Part.zeros(next), gamma, null);
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
    return (own - cross) * diagonal + cross * (b * moments.slope2() - sums - radial);
  }

  /** The same without an activation. */
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
