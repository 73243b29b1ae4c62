package org.phasemap.theory.architecture.skip;

import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.LayerStatistics;

/**
 * Two inputs of equal norm in a residual network x′ = x + s(Wφ(x) + b) of infinite width (Yang and
 * Schoenholz 2017; Hayou et al. 2021): q′ = q + s²(σ_w²V + σ_b²), p′ = p + s²(σ_w²F + σ_b²), χ = 1 +
 * s²σ_w²D, Θ′ = Θ + s²(K + σ_w²F′Θ) with the branch's own covariance K and Θ₀ = K₀ (NTK
 * parameterisation).
 *
 * @param q second moment of x_L
 * @param oneMinusC 1 − correlation
 * @param lnGradientGain ln E|g₀|²/E|g_L|²
 * @param ntk Θ of an input
 * @param ntkOff Θ of the pair
 */
public record ResidualStream(
    double q, double oneMinusC, double lnGradientGain, double ntk, double ntkOff) {

  /** At the input. */
  public static ResidualStream at(double q0, double c0) {
    return new ResidualStream(q0, 1 - c0, 0, q0, q0 * c0);
  }

  /**
   * After some blocks.
   *
   * @param scale2 s²
   */
  public ResidualStream through(LayerLaw law, double scale2, int blocks) {
    ResidualStream at = this;
    for (int l = 0; l < blocks; l++) {
      at = at.next(law, scale2);
    }
    return at;
  }

  private ResidualStream next(LayerLaw law, double scale2) {
    LayerStatistics layer = LayerStatistics.of(law, q);
    double own = layer.nextQ();
    double pair = law.sigmaW2() * layer.productPhi(oneMinusC) + law.sigmaB2();
    double nextQ = q + scale2 * own;
    double apart = q * oneMinusC + scale2 * own * layer.nextOneMinusC(oneMinusC);
    double chi = scale2 * layer.chi1();
    return new ResidualStream(
        nextQ,
        nextQ > 0 ? apart / nextQ : oneMinusC,
        lnGradientGain + Math.log1p(chi),
        ntk + scale2 * own + chi * ntk,
        ntkOff + scale2 * (pair + layer.chiC(oneMinusC) * ntkOff));
  }

  /** Correlation. */
  public double c() {
    return 1 - oneMinusC;
  }
}
