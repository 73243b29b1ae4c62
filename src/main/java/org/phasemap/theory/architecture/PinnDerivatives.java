package org.phasemap.theory.architecture;

import org.phasemap.network.Activation;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Joint law of a pre-activation and its first two derivatives along one input coordinate, layer by
 * layer: what a physics-informed network's residual is made of. (z, z′, z″) is Gaussian in a wide
 * network; z″ propagates by h″ = φ″z′² + φ′z″, so a φ with φ″ = 0 almost everywhere has no second
 * derivative to train.
 *
 * @param zz E z²
 * @param zd E z z′
 * @param dd E z′²
 * @param zs E z z″
 * @param ds E z′ z″
 * @param ss E z″²
 */
public record PinnDerivatives(double zz, double zd, double dd, double zs, double ds, double ss) {
  /**
   * A stationary input kernel: variances q, p, s of z, z′, z″, with E zz″ = −p and the odd
   * covariances 0. It stays stationary.
   */
  public static PinnDerivatives stationary(double q, double p, double s) {
    return new PinnDerivatives(q, 0, p, -p, 0, s);
  }

  /** The first layer of a plain network at the coordinate x of a one-dimensional input. */
  public static PinnDerivatives plainInput(LayerLaw law, double x) {
    double w = law.sigmaW2();
    return new PinnDerivatives(w * x * x + law.sigmaB2(), w * x, w, 0, 0, 0);
  }

  /**
   * The next layer (REFERENCE A8, row {@code pinn_tanh_p5} and, for z″, checked against
   * simulations). Given z, (z′, z″) is Gaussian with means az, bz and covariance A, C, B.
   */
  public PinnDerivatives next(LayerLaw law) {
    Activation f = law.activation();
    GaussianMoments m = new GaussianMoments(f, zz);
    double a = zd / zz;
    double b = zs / zz;
    double varD = dd - zd * a;
    double cov = ds - zd * b;
    double varS = ss - zs * b;
    double w = law.sigmaW2();
    double nextZd = w * m.expect(z -> f.value(z) * f.derivative(z) * a * z);
    double nextDd = w * m.expect(z -> square(f.derivative(z)) * (square(a * z) + varD));
    double nextZs =
        w
            * m.expect(
                z ->
                    f.value(z)
                        * (f.secondDerivative(z) * (square(a * z) + varD)
                            + f.derivative(z) * b * z));
    double nextDs =
        w
            * m.expect(
                z -> {
                  double mean = a * z;
                  double cube = mean * mean * mean + 3 * mean * varD;
                  double mixed = mean * b * z + cov;
                  double slope = f.derivative(z);
                  return slope * f.secondDerivative(z) * cube + slope * slope * mixed;
                });
    double nextSs = w * m.expect(z -> secondDerivativeSquare(f, z, a * z, b * z, varD, cov, varS));
    double nextZz = w * m.secondMoment() + law.sigmaB2();
    return new PinnDerivatives(nextZz, nextZd, nextDd, nextZs, nextDs, nextSs);
  }

  /** The law after L more layers. */
  public PinnDerivatives propagate(LayerLaw law, int layers) {
    PinnDerivatives state = this;
    for (int l = 0; l < layers; l++) {
      state = state.next(law);
    }
    return state;
  }

  /** E[(φ″z′² + φ′z″)² | z]. */
  private static double secondDerivativeSquare(
      Activation f, double z, double mean, double meanS, double varD, double cov, double varS) {
    double slope = f.derivative(z);
    double bend = f.secondDerivative(z);
    double square = mean * mean;
    double fourth = square * square + 6 * square * varD + 3 * varD * varD;
    double mixed = (square + varD) * meanS + 2 * mean * cov;
    return bend * bend * fourth + 2 * bend * slope * mixed + slope * slope * (meanS * meanS + varS);
  }

  private static double square(double x) {
    return x * x;
  }
}
