package org.phasemap.theory.architecture.pinn;

import org.phasemap.network.Activation;
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
   * The next layer: σ_w² E HHᵀ of the activation's jet H, and σ_b² (REFERENCE A8; ARCHITECTURES 8).
   */
  public PinnDerivatives next(LayerLaw law) {
    double[][] h = JetProducts.ofValues(law.activation(), matrix());
    double w = law.sigmaW2();
    return new PinnDerivatives(
        w * h[0][0] + law.sigmaB2(),
        w * h[0][1],
        w * h[1][1],
        w * h[0][2],
        w * h[1][2],
        w * h[2][2]);
  }

  /** The law after L more layers. */
  public PinnDerivatives propagate(LayerLaw law, int layers) {
    PinnDerivatives state = this;
    for (int l = 0; l < layers; l++) {
      state = state.next(law);
    }
    return state;
  }

  /** Of a read-out from this layer, u = Σ aφ(z) with weights of variance 1/n and no bias. */
  public PinnDerivatives readout(Activation activation) {
    return next(new LayerLaw(activation, 1, 0));
  }

  /** The covariance of (z, z′, z″). */
  double[][] matrix() {
    return new double[][] {{zz, zd, zs}, {zd, dd, ds}, {zs, ds, ss}};
  }
}
