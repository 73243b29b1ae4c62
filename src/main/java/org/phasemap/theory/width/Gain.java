package org.phasemap.theory.width;

import java.util.List;

/**
 * First-order fluctuation of the logarithm of what layers 1 … L − 1 do to a squared length: ln
 * ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², or ln ‖∂z_L/∂z_1 v‖²/‖v‖² of a random v for each input. Averaged over
 * inputs.
 *
 * <p>The same weights carry signals and tangents, so tangents come to point along the signal by
 * 1/n. Each layer hands that on to the next.
 *
 * @param mean its law
 * @param share its variance over the mean of the single inputs'
 * @param withLnSignal n Cov with the mean of ln K_L, K_L the weights' share of the kernel at layer
 *     L
 */
record Gain(FirstOrder mean, double share, double withLnSignal) {
  /** Downwards through L layers. */
  static Gain ofGradients(List<? extends WideLayer> layers, InputMean inputs, Backward gradients) {
    int size = inputs.size();
    double[][][] noise = new double[layers.size() - 1][size][size];
    for (int l = 0; l < noise.length; l++) {
      for (int a = 0; a < size; a++) {
        for (int b = 0; b < size; b++) {
          double peak = gradients.peak()[l + 1][a][b];
          noise[l][a][b] = layers.get(l).gainNoise(a, b, gradients.cosine()[l + 1][a][b], peak);
        }
      }
    }
    return of(layers, inputs, noise, layers.size());
  }

  /**
   * Upwards to layer L. No φ′ weighs the tangents there. Those of two inputs are independent, but
   * their cosine is of order 1/√n, and it stays where φ′ is alike for both.
   */
  static Gain ofTangents(List<? extends WideLayer> layers, InputMean inputs, int width) {
    int size = inputs.size();
    double[][][] noise = new double[layers.size() - 1][size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double own = a == b ? 1 : 0;
        double peak = 0;
        double square = own;
        for (int l = 0; l < noise.length; l++) {
          WideLayer layer = layers.get(l);
          boolean last = l == noise.length - 1;
          peak = layer.peaks(a, b) * (1 + 2 * own + layer.entries().perUnit() * peak);
          // What the next weights add is weighed by the next φ′.
          double next = last ? 1 : layers.get(l + 1).peaks(a, b);
          noise[l][a][b] =
              layer.gainNoise(a, b, Math.sqrt(square), 0) + next * layer.entries().perUnit() * peak;
          square = a == b ? 1 : layer.square(a, b, square, width);
          noise[l][a][b] += last && a != b && !layer.isOrthogonal() ? 2 * square : 0;
        }
      }
    }
    return of(layers, inputs, noise, layers.size() - 1);
  }

  /**
   * @param noise of layers 1 … L − 1
   * @param weighing layers whose φ′ weighs what is sent
   */
  private static Gain of(
      List<? extends WideLayer> layers, InputMean inputs, double[][][] noise, int weighing) {
    int size = inputs.size();
    double[] limit = new double[size];
    double[] shift = new double[size];
    double[] aligned = new double[size];
    double[][] variance = new double[size][size];
    double[][] withSignal = new double[size][size];
    for (int l = 0; l < noise.length; l++) {
      WideLayer layer = layers.get(l);
      double[][] before = withSignal;
      withSignal = new double[size][size];
      for (int a = 0; a < size; a++) {
        double d = layer.slopeGrowth(a);
        limit[a] += Math.log(layer.chi1(a));
        shift[a] +=
            l + 1 < weighing
                ? layer.gainShift(a, layers.get(l + 1), aligned[a])
                : layer.freshGainShift(a);
        shift[a] -= 0.5 * (noise[l][a][a] + d * d * layer.kernel(a, a));
        aligned[a] = layer.aligned(a, aligned[a]);
        for (int b = 0; b < size; b++) {
          double e = layer.slopeGrowth(b);
          double kernel = layer.kernel(a, b);
          variance[a][b] += e * before[a][b] + d * before[b][a] + d * e * kernel + noise[l][a][b];
          withSignal[a][b] =
              layer.sigmaW2() * layer.growth(b) * (before[a][b] + d * kernel)
                  + layer.sigmaW2() * layer.gainWithSignal(a, b);
        }
      }
    }
    double[] withLn = inputs.ofColumns(withSignal);
    for (int b = 0; b < size; b++) {
      withLn[b] /= layers.get(layers.size() - 1).weightPart(b);
    }
    double share = inputs.share(variance);
    return new Gain(
        new FirstOrder(inputs.of(limit), inputs.of(shift), inputs.ofDiagonal(variance) * share),
        share,
        inputs.of(withLn));
  }
}
