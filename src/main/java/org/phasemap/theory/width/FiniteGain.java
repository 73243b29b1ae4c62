package org.phasemap.theory.width;

import org.phasemap.theory.limit.LayerLaw;

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

  /** Downwards. */
  static FiniteGain ofGradients(
      LayerLaw law, FiniteLayer[] layers, int depth, FiniteBackward gradients) {
    double[] same = new double[depth - 1];
    double[] across = new double[depth - 1];
    for (int l = 0; l < depth - 1; l++) {
      same[l] = layers[l].gainNoise(1, gradients.peak()[l + 1]);
      across[l] =
          layers[l].gainNoiseAcross(gradients.across()[l + 1], gradients.peakAcross()[l + 1]);
    }
    return of(law, layers, same, across, depth);
  }

  /**
   * Upwards to layer L. No φ′ weighs the tangents there. Those of two inputs are independent, but
   * their cosine is of order 1/√n, and it stays where φ′ is alike for both.
   */
  static FiniteGain ofTangents(LayerLaw law, FiniteLayer[] layers, int depth, int width) {
    double[] same = new double[depth - 1];
    double[] across = new double[depth - 1];
    double peak = 0;
    double peakAcross = 0;
    double square = 0;
    for (int l = 0; l < depth - 1; l++) {
      FiniteLayer layer = layers[l];
      peak = layer.peaks() * (3 + layer.entries().perUnit() * peak);
      peakAcross = layer.peaksAcross() * (1 + layer.entries().perUnit() * peakAcross);
      boolean last = l == depth - 2;
      // What the next weights add is weighed by the next φ′.
      double next = last ? 1 : layers[l + 1].peaks();
      double nextAcross = last ? 1 : layers[l + 1].peaksAcross();
      same[l] = layer.gainNoise(1, 0) + next * layer.entries().perUnit() * peak;
      across[l] =
          layer.gainNoiseAcross(Math.sqrt(square), 0)
              + nextAcross * layer.entries().perUnit() * peakAcross;
      square = layer.squareAcross(square, width);
      across[l] += last && !layer.isOrthogonal() ? 2 * square : 0;
    }
    return of(law, layers, same, across, depth - 1);
  }

  /**
   * @param noise of layers 1 … L − 1, for one input
   * @param noiseAcross for two
   * @param weighing layers whose φ′ weighs what is sent
   */
  private static FiniteGain of(
      LayerLaw law, FiniteLayer[] layers, double[] noise, double[] noiseAcross, int weighing) {
    double w = law.sigmaW2();
    double limit = 0;
    double shift = 0;
    double same = 0;
    double across = 0;
    double withSignal = 0;
    double withSignalAcross = 0;
    double aligned = 0;
    for (int l = 0; l < noise.length; l++) {
      FiniteLayer layer = layers[l];
      double d = layer.slopeGrowth();
      boolean weighed = l + 1 < weighing;
      limit += Math.log(layer.chi1(law));
      shift += weighed ? layer.gainShift(layers[l + 1], aligned) : layer.freshGainShift();
      shift -= 0.5 * (noise[l] + d * d * layer.kernel().same());
      aligned = layer.aligned(aligned);
      same += 2 * d * withSignal + d * d * layer.kernel().same() + noise[l];
      across += 2 * d * withSignalAcross + d * d * layer.kernel().across() + noiseAcross[l];
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
