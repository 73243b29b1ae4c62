package org.phasemap.theory.width;

import org.phasemap.theory.limit.LayerLaw;

/**
 * First-order fluctuation of the tangent kernel's diagonal: Θ_{l+1} = own_{l+1} + χ₁(K_l)(1 +
 * ν_l)Θ_l, with own linear in the layer's kernel K and ν the gain's noise.
 */
final class FiniteNtk {
  private double theta;

  /** {@link FiniteLayer#aligned}, averaged over what the layers have added. */
  private double aligned;

  private double shift;
  private double same;
  private double across;
  private double withKernel;
  private double withKernelAcross;

  private FiniteNtk() {}

  /**
   * Of a network with L hidden layers and a read-out drawn afresh.
   *
   * @param layers L + 1 of them, the read-out's kernel last
   * @param own of layers 1 … L + 1
   * @param ownSlope d own/dK
   * @param gradients of one output, or of two
   * @param lost 1/p − 1 where a mask leaves a share p of the read-out's weights
   */
  static FiniteNtk of(
      LayerLaw law,
      FiniteLayer[] layers,
      double[] own,
      double ownSlope,
      FiniteBackward gradients,
      double lost) {
    double[] same = gradients.same();
    double[] across = gradients.across();
    double[] peak = gradients.peak();
    double[] peakAcross = gradients.peakAcross();
    int depth = same.length - 1;
    double w = law.sigmaW2();
    FiniteNtk state = new FiniteNtk();
    state.theta = own[0];
    double below = 0;
    for (int l = 0; l < depth; l++) {
      boolean last = l == depth - 1;
      FiniteLayer layer = layers[l];
      double noise =
          last ? layer.readoutNoise(same[depth]) : layer.gainNoise(same[l + 1], peak[l + 1]);
      double noiseAcross =
          last
              ? layer.readoutNoiseAcross(across[depth])
              : layer.gainNoiseAcross(across[l + 1], peakAcross[l + 1]);
      double gainShift =
          last ? layer.freshGainShift() : layer.gainShift(layers[l + 1], state.aligned);
      below = state.theta;
      if (l > 0) {
        // A unit to which a mask leaves more of its inputs has larger z, and more parameters.
        double uneven = lost * w * w * layers[l - 1].moments().phi4();
        state.shift += ownSlope * uneven * layer.slopeGrowth();
      }
      state.pass(w, layer.chi1(law), layer, noise, noiseAcross, gainShift);
      state.add(own[l + 1], ownSlope, layers[l + 1]);
    }
    double scale = w * w * lost * same[depth];
    state.mask(scale, below, ownSlope, layers[depth - 1].moments());
    return state;
  }

  /**
   * The read-out's mask takes away units: from the gradient, and from the kernel that it adds.
   * Other layers' are averages over n times as many weights.
   */
  private void mask(double scale, double below, double slope, FourPointMoments m) {
    double gain = 3 * below * below;
    double crossed = 2 * below * slope;
    double own = slope * slope;
    same += scale * (gain * m.slope4() + crossed * m.slope2phi2Same() + own * m.phi4());
    across += scale * (gain * m.slope2slope2() + crossed * m.slope2phi2() + own * m.phi2phi2());
  }

  /** Θ ← χ₁(1 + ν)Θ. */
  private void pass(
      double w, double chi, FiniteLayer layer, double noise, double noiseAcross, double gainShift) {
    double d = layer.slopeGrowth();
    double a = w * layer.moments().growth();
    PairCovariance k = layer.kernel();
    shift = chi * (shift + theta * gainShift + d * withKernel);
    same += 2 * theta * d * withKernel + theta * theta * (d * d * k.same() + noise);
    across += 2 * theta * d * withKernelAcross + theta * theta * (d * d * k.across() + noiseAcross);
    same *= chi * chi;
    across *= chi * chi;
    withKernel =
        chi * (a * (withKernel + theta * d * k.same()) + theta * w * layer.gainWithSignal());
    withKernelAcross =
        chi
            * (a * (withKernelAcross + theta * d * k.across())
                + theta * w * layer.gainWithSignalAcross());
    theta *= chi;
    aligned = layer.aligned(aligned);
  }

  /** Θ ← Θ + own. */
  private void add(double own, double slope, FiniteLayer layer) {
    PairCovariance k = layer.kernel();
    same += 2 * slope * withKernel + slope * slope * k.same();
    across += 2 * slope * withKernelAcross + slope * slope * k.across();
    withKernel += slope * k.same();
    withKernelAcross += slope * k.across();
    shift += slope * layer.shift();
    aligned *= theta / (theta + own);
    theta += own;
  }

  /** n Var of the mean of m diagonal entries; of two outputs, the covariance of their means. */
  double varianceOfMean(int m) {
    return (same + (m - 1) * across) / m;
  }

  /**
   * Of ln of the mean of some diagonal entries.
   *
   * @param variance of their mean
   */
  FirstOrder lnMean(double variance) {
    double relative = variance / (theta * theta);
    return new FirstOrder(Math.log(theta), shift / theta - 0.5 * relative, relative);
  }
}
