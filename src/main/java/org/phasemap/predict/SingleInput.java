package org.phasemap.predict;

import org.phasemap.theory.limit.Trajectory;

/**
 * One input in infinitely wide networks.
 *
 * @param q0 ‖x‖²/n₀
 * @param t its signals
 * @param lnGain Σ ln χ₁ over layers 1 … l
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record SingleInput(double q0, Trajectory t, double[] lnGain) {
  static SingleInput of(double q0, Trajectory t) {
    double[] lnGain = new double[t.depth() + 1];
    for (int l = 1; l <= t.depth(); l++) {
      lnGain[l] = lnGain[l - 1] + Math.log(t.chi1()[l - 1]);
    }
    return new SingleInput(q0, t, lnGain);
  }

  double q(int layer) {
    return t.q()[layer - 1];
  }

  /** E φ² at layer l, from the input's own at 0. */
  double square(int layer) {
    return layer == 0 ? q0 : t.secondMomentPhi()[layer - 1];
  }

  /** ln E‖δ_l‖²/‖δ_L‖² below a read-out: Σ ln χ₁ from l to L − 1. */
  double lnGradient(int layer, int depth) {
    return lnGain[depth - 1] - lnGain[layer - 1];
  }

  /** ln E‖δ_l‖², from the read-out down: Σ ln χ₁ from l to L. */
  double lnGradientOfOutput(int layer, int depth) {
    return lnGain[depth] - lnGain[layer - 1];
  }
}
