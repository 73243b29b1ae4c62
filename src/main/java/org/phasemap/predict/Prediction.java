package org.phasemap.predict;

import org.phasemap.network.Phase;
import org.phasemap.plan.Cell;

/**
 * What theory expects the probes to find on a cell, in the probes' own definitions: at infinite
 * width, and as a law over networks of the cell's own width.
 *
 * @param cell what is predicted
 * @param phase of the fixed point that the mean q₁ flows to
 * @param chi1 χ₁ at layer L
 * @param lnQ ln q_L
 * @param c c_L
 * @param lnGradientGain Σ_{l&lt;L} ln χ₁(q_l)
 * @param lnNtkScale ln of Θ's diagonal, NTK parameterisation
 * @param ntkOffRatio off-diagonal over diagonal of Θ
 * @param lnNtkCondition ln λ_max/λ_min of Θ over the cell's inputs
 * @param lnNtkStandardScale ln of Θ's diagonal, standard parameterisation
 * @param profileQ q_l, l = 1…L
 * @param profileC c_l
 * @param profileLnGradientGain ln ‖δ_l‖²/‖δ_L‖²
 * @param bands the law at the cell's width
 */
public record Prediction(
    Cell cell,
    Phase phase,
    double chi1,
    double lnQ,
    double c,
    double lnGradientGain,
    double lnNtkScale,
    double ntkOffRatio,
    double lnNtkCondition,
    double lnNtkStandardScale,
    double[] profileQ,
    double[] profileC,
    double[] profileLnGradientGain,
    Bands bands) {

  /** The same with a kernel that is known to be singular. */
  Prediction singular() {
    return new Prediction(
        cell,
        phase,
        chi1,
        lnQ,
        c,
        lnGradientGain,
        lnNtkScale,
        ntkOffRatio,
        Double.NaN,
        lnNtkStandardScale,
        profileQ,
        profileC,
        profileLnGradientGain,
        bands);
  }
}
