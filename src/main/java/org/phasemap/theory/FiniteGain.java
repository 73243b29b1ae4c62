package org.phasemap.theory;

/**
 * First-order fluctuation of the logarithm of what layers 1 … L − 1 do to a squared length: ln
 * ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², or ln ‖∂z_L/∂z_1 v‖²/‖v‖² of a random v for each input. Times n, but for
 * the limit.
 *
 * @param limit Σ ln χ₁
 * @param shift of the mean
 * @param same variance of one input's
 * @param across covariance of two inputs'
 * @param withSignal covariance with the same input's kernel at layer L
 * @param withSignalAcross the same of another input's
 */
record FiniteGain(
    double limit,
    double shift,
    double same,
    double across,
    double withSignal,
    double withSignalAcross) {

  /**
   * Downwards.
   *
   * @param r correlations of the gradients of two inputs, at least layers 1 … L
   */
  static FiniteGain ofGradients(LayerLaw law, FiniteLayer[] layers, int depth, double[] r) {
    return of(law, layers, depth, r, depth);
  }

  /** Upwards to layer L. No φ′ weighs the tangents there. */
  static FiniteGain ofTangents(LayerLaw law, FiniteLayer[] layers, int depth) {
    return of(law, layers, depth, new double[depth], depth - 1);
  }

  private static FiniteGain of(
      LayerLaw law, FiniteLayer[] layers, int depth, double[] r, int weighing) {
    double w = law.sigmaW2();
    double limit = 0;
    double shift = 0;
    double same = 0;
    double across = 0;
    double withSignal = 0;
    double withSignalAcross = 0;
    double aligned = 0;
    for (int l = 0; l < depth - 1; l++) {
      FiniteLayer layer = layers[l];
      double d = layer.slopeGrowth();
      double noise = layer.gainNoise(1);
      boolean weighed = l + 1 < weighing;
      limit += Math.log(layer.chi1(law));
      shift += weighed ? layer.gainShift(layers[l + 1], aligned) : layer.freshGainShift();
      shift -= 0.5 * (noise + d * d * layer.kernel().same());
      aligned = layer.aligned(aligned);
      same += 2 * d * withSignal + d * d * layer.kernel().same() + noise;
      across +=
          2 * d * withSignalAcross
              + d * d * layer.kernel().across()
              + layer.gainNoiseAcross(r[l + 1]);
      double a = w * layer.moments().growth();
      withSignal = a * (withSignal + d * layer.kernel().same()) + w * layer.gainWithSignal();
      withSignalAcross =
          a * (withSignalAcross + d * layer.kernel().across()) + w * layer.gainWithSignalAcross();
    }
    return new FiniteGain(limit, shift, same, across, withSignal, withSignalAcross);
  }

  /** Averaged over m inputs. */
  FirstOrder mean(int m) {
    return new FirstOrder(limit, shift, same * share(m));
  }

  /** Variance of the mean over m inputs, over that of one. */
  double share(int m) {
    return same > 0 ? (same + (m - 1) * across) / (m * same) : 1;
  }

  /** Covariance of the mean over m inputs with the mean of their kernels at layer L. */
  double withMeanSignal(int m) {
    return (withSignal + (m - 1) * withSignalAcross) / m;
  }
}
