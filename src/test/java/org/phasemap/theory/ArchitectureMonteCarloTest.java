package org.phasemap.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Activation;

/** Each architecture's formula against an independent simulation of it. */
class ArchitectureMonteCarloTest {
  private final Random random = new Random(20);

  private double[] gaussian(int n, double sigma) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = sigma * random.nextGaussian();
    }
    return x;
  }

  private double[][] weights(int rows, int columns, double sigmaW2) {
    double[][] w = new double[rows][];
    for (int i = 0; i < rows; i++) {
      w[i] = gaussian(columns, Math.sqrt(sigmaW2 / columns));
    }
    return w;
  }

  private static double[] times(double[][] w, double[] x) {
    return Arrays.stream(w).mapToDouble(row -> DenseNetwork.dot(row, x)).toArray();
  }

  private static double[] relu(double[] z) {
    return Arrays.stream(z).map(v -> Math.max(v, 0)).toArray();
  }

  private static double meanSquare(double[] x) {
    return DenseNetwork.dot(x, x) / x.length;
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "4, 0.5"})
  void residualBranchesMultiply(int blocks, double multiplier) {
    int n = 60;
    Sample growth = new Sample();
    for (int i = 0; i < 1500; i++) {
      double[] x = gaussian(n, 1);
      double before = meanSquare(x);
      for (int b = 0; b < blocks; b++) {
        double[] branch = times(weights(n, n, 1), relu(times(weights(n, n, 2), x)));
        for (int j = 0; j < n; j++) {
          x[j] += multiplier * branch[j];
        }
      }
      growth.add(meanSquare(x) / before);
    }
    double expected = ResidualGrowth.plain(blocks, multiplier, 1);
    growth.hasMean(expected, 0.03 * expected);
  }

  @Test
  void batchNormedBranchesAdd() {
    int n = 30;
    int batch = 16;
    Sample growth = new Sample();
    for (int i = 0; i < 400; i++) {
      double[][] x = new double[batch][];
      for (int b = 0; b < batch; b++) {
        x[b] = gaussian(n, 1);
      }
      double before = Arrays.stream(x).mapToDouble(ArchitectureMonteCarloTest::meanSquare).sum();
      for (int block = 0; block < 3; block++) {
        double[][] w = weights(n, n, 2);
        double[][] branch = new double[batch][];
        for (int b = 0; b < batch; b++) {
          branch[b] = times(w, relu(x[b]));
        }
        normalise(branch);
        for (int b = 0; b < batch; b++) {
          for (int j = 0; j < n; j++) {
            x[b][j] += 0.7 * branch[b][j];
          }
        }
      }
      double after = Arrays.stream(x).mapToDouble(ArchitectureMonteCarloTest::meanSquare).sum();
      growth.add(after / before);
    }
    growth.hasMean(ResidualGrowth.batchNormed(3, 0.7), 0.02);
  }

  /** Zero mean and unit variance of each unit over the batch; returns the deviations before. */
  private static double[] normalise(double[][] x) {
    int batch = x.length;
    int n = x[0].length;
    double[] deviation = new double[n];
    for (int j = 0; j < n; j++) {
      double mean = 0;
      for (double[] row : x) {
        mean += row[j] / batch;
      }
      double variance = 0;
      for (double[] row : x) {
        row[j] -= mean;
        variance += row[j] * row[j] / batch;
      }
      deviation[j] = Math.sqrt(variance);
      for (double[] row : x) {
        row[j] /= deviation[j];
      }
    }
    return deviation;
  }

  @ParameterizedTest
  @CsvSource({"relu, 8", "tanh, 8", "linear, 6"})
  void gradientsGrowUnderBatchNorm(String activation, int batch) {
    Activation f = Activation.parse(activation);
    int n = 160;
    int depth = 14;
    int edge = 4;
    Sample growth = new Sample();
    for (int i = 0; i < 30; i++) {
      double[][][] normed = new double[depth][][];
      double[][] deviation = new double[depth][];
      double[][][] w = new double[depth][][];
      double[][] h = new double[batch][];
      for (int b = 0; b < batch; b++) {
        h[b] = gaussian(n, 1);
      }
      for (int l = 0; l < depth; l++) {
        w[l] = weights(n, n, 1);
        normed[l] = new double[batch][];
        for (int b = 0; b < batch; b++) {
          normed[l][b] = times(w[l], h[b]);
        }
        deviation[l] = normalise(normed[l]);
        for (int b = 0; b < batch; b++) {
          h[b] = Arrays.stream(normed[l][b]).map(f::value).toArray();
        }
      }
      double[][] gradient = new double[batch][];
      for (int b = 0; b < batch; b++) {
        gradient[b] = gaussian(n, 1);
      }
      double[] ln = new double[depth];
      for (int l = depth - 1; l >= 0; l--) {
        gradient = batchNormBackward(gradient, normed[l], deviation[l], f);
        ln[l] = Math.log(Arrays.stream(gradient).mapToDouble(g -> meanSquare(g)).sum());
        double[][] below = new double[batch][n];
        for (int b = 0; b < batch; b++) {
          for (int r = 0; r < n; r++) {
            for (int j = 0; j < n; j++) {
              below[b][j] += w[l][r][j] * gradient[b][r];
            }
          }
        }
        gradient = below;
      }
      int layers = depth - 1 - 2 * edge;
      growth.add(Math.exp((ln[edge] - ln[depth - 1 - edge]) / layers));
    }
    growth.hasMean(BatchNormGrowth.finiteBatch(f, batch), 0.02);
  }

  private static double[][] batchNormBackward(
      double[][] gradient, double[][] normed, double[] deviation, Activation f) {
    int batch = gradient.length;
    int n = deviation.length;
    double[][] out = new double[batch][n];
    for (int j = 0; j < n; j++) {
      double mean = 0;
      double along = 0;
      for (int b = 0; b < batch; b++) {
        double g = gradient[b][j] * f.derivative(normed[b][j]);
        mean += g / batch;
        along += g * normed[b][j] / batch;
      }
      for (int b = 0; b < batch; b++) {
        double g = gradient[b][j] * f.derivative(normed[b][j]);
        out[b][j] = (g - mean - along * normed[b][j]) / deviation[j];
      }
    }
    return out;
  }

  /** Rows {@code bn_meas_*} of the reference table: wide networks of another author. */
  @ParameterizedTest
  @CsvSource({"relu, 32, 1.522, 0.02", "relu, 64, 1.4916, 0.012", "tanh, 32, 1.207, 0.015"})
  void finiteBatchGrowthIsAsMeasuredElsewhere(String f, int batch, double measured, double error) {
    assertThat(BatchNormGrowth.finiteBatch(Activation.parse(f), batch))
        .isCloseTo(measured, within(error));
  }

  @Test
  void largeBatchesTendToTheInfiniteOne() {
    for (String name : new String[] {"relu", "gelu", "tanh", "elu", "hard_tanh"}) {
      Activation f = Activation.parse(name);
      double limit = BatchNormGrowth.infiniteBatch(f);
      assertThat(BatchNormGrowth.finiteBatch(f, 100_000)).isCloseTo(limit, within(1e-4));
      assertThat(limit).isGreaterThanOrEqualTo(1);
    }
    assertThat(BatchNormGrowth.finiteBatch(Activation.parse("linear"), 9))
        .isCloseTo(BatchNormGrowth.linear(9), within(1e-13));
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 4", "1.5, 6"})
  void denseBlocksReadEverythingBefore(double sigmaW2, int layer) {
    int k = 24;
    Sample second = new Sample();
    for (int i = 0; i < 3000; i++) {
      double[] features = gaussian(k, 1);
      double[] z = features;
      for (int l = 1; l <= layer; l++) {
        z = times(weights(k, features.length, sigmaW2), relu(features));
        double[] wider = Arrays.copyOf(features, features.length + k);
        System.arraycopy(z, 0, wider, features.length, k);
        features = wider;
      }
      second.add(meanSquare(z));
    }
    second.hasMean(DenseBlock.secondMoment(sigmaW2, 0, layer), 0.02);
  }

  @ParameterizedTest
  @CsvSource({"ZERO", "CIRCULAR"})
  void paddingTakesVarianceAway(ConvolutionPadding.Padding padding) {
    int size = 5;
    int channels = 10;
    int layers = 3;
    Sample mean = new Sample();
    Sample corner = new Sample();
    for (int i = 0; i < 1500; i++) {
      double[][][] z = new double[size][size][];
      for (double[][] row : z) {
        for (int x = 0; x < size; x++) {
          row[x] = gaussian(channels, 1);
        }
      }
      for (int l = 0; l < layers; l++) {
        z = convolve(z, channels, padding);
      }
      double sum = 0;
      for (double[][] row : z) {
        for (double[] pixel : row) {
          sum += meanSquare(pixel) / (size * size);
        }
      }
      mean.add(sum);
      corner.add(meanSquare(z[0][0]));
    }
    mean.hasMean(ConvolutionPadding.meanVariance(size, size, 3, layers, padding), 0.03);
    double[][] profile =
        ConvolutionPadding.profile(
            new LayerLaw(Activation.parse("relu"), 2, 0), 1, size, size, 3, layers, padding);
    corner.hasMean(profile[0][0], 0.05);
  }

  private double[][][] convolve(double[][][] z, int channels, ConvolutionPadding.Padding padding) {
    int size = z.length;
    double[][][] w = new double[9][][];
    for (int tap = 0; tap < 9; tap++) {
      w[tap] = weights(channels, channels, 2.0 / 9);
    }
    double[][][] out = new double[size][size][channels];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        for (int tap = 0; tap < 9; tap++) {
          int row = y + tap / 3 - 1;
          int column = x + tap % 3 - 1;
          if (padding == ConvolutionPadding.Padding.CIRCULAR) {
            row = Math.floorMod(row, size);
            column = Math.floorMod(column, size);
          } else if (row < 0 || row >= size || column < 0 || column >= size) {
            continue;
          }
          double[] add = times(w[tap], relu(z[row][column]));
          for (int c = 0; c < channels; c++) {
            out[y][x][c] += add[c];
          }
        }
      }
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 7})
  void paddingRateIsTheLimitOfTheMeans(int kernel) {
    double late =
        ConvolutionPadding.meanVariance(6, 9, kernel, 401, ConvolutionPadding.Padding.ZERO);
    double early =
        ConvolutionPadding.meanVariance(6, 9, kernel, 400, ConvolutionPadding.Padding.ZERO);
    assertThat(late / early)
        .isCloseTo(
            ConvolutionPadding.asymptoticRate(6, 9, kernel, ConvolutionPadding.Padding.ZERO),
            within(1e-12));
  }

  @Test
  void attentionLogitsHaveTheProductOfTheVariances() {
    int width = 24;
    int keyDimension = 8;
    Sample square = new Sample();
    for (int i = 0; i < 20_000; i++) {
      double[] query = times(weights(keyDimension, width, 1.5), gaussian(width, 1));
      double[] key = times(weights(keyDimension, width, 0.8), gaussian(width, 1));
      double logit = DenseNetwork.dot(query, key) / Math.sqrt(keyDimension);
      square.add(logit * logit);
    }
    square.hasMean(AttentionScores.scaledLogitVariance(1.5, 0.8), 0.03);
    assertThat(AttentionScores.plainLogitVariance(1.5, 0.8, 8)).isCloseTo(9.6, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({"16, 1", "64, 4", "10, 30", "3, 0.01"})
  void attentionEntropyIsThatOfDrawnLogits(int tokens, double variance) {
    Sample entropy = new Sample();
    for (int i = 0; i < 40_000; i++) {
      double[] s = gaussian(tokens, Math.sqrt(variance));
      double z = Arrays.stream(s).map(Math::exp).sum();
      entropy.add(Math.log(z) - Arrays.stream(s).map(v -> v * Math.exp(v) / z).sum());
    }
    entropy.hasMean(AttentionScores.meanEntropy(tokens, variance), 0.01);
  }

  @Test
  void weightNormKeepsTheSecondMoment() {
    for (String name : new String[] {"relu", "leaky_relu(0.4)", "tanh"}) {
      Activation f = Activation.parse(name);
      int n = 40;
      Sample square = new Sample();
      for (int i = 0; i < 4000; i++) {
        double[] h = Arrays.stream(gaussian(n, 1)).map(f::value).toArray();
        double[] v = gaussian(n, 1);
        double g = WeightNormalisation.gain(f);
        square.add(Math.pow(g * DenseNetwork.dot(v, h), 2) / DenseNetwork.dot(v, v));
      }
      square.hasMean(1, 0.03);
    }
  }

  @Test
  void int8SaturatesInTheTails() {
    Sample saturated = new Sample();
    double step = 0.02;
    for (double z : gaussian(200_000, 1.2)) {
      saturated.add(z / step > 127 || z / step < -128 ? 1 : 0);
    }
    saturated.hasMean(Int8Quantisation.saturation(1.2, step), 1e-3);
    double ratio = Int8Quantisation.largestSigma(0.01);
    assertThat(Int8Quantisation.saturation(ratio, 1)).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void halfPrecisionUnderflows() {
    Sample below = new Sample();
    Sample flushed = new Sample();
    for (double z : gaussian(200_000, 2e-4)) {
      below.add(Math.abs(z) < Math.scalb(1.0, -14) ? 1 : 0);
      flushed.add(Math.abs(z) < Math.scalb(1.0, -25) ? 1 : 0);
    }
    below.hasMean(FloatFormat.FP16.fractionBelowNormal(2e-4), 2e-3);
    flushed.hasMean(FloatFormat.FP16.fractionFlushed(2e-4), 2e-3);
    double chi = FloatFormat.FP16.smallestChi(40);
    assertThat(FloatFormat.FP16.depthToMinNormal(chi)).isCloseTo(40, within(1e-10));
    assertThat(FloatFormat.FP16.depthToMinSubnormal(0.5)).isCloseTo(48, within(1e-12));
    assertThat(FloatFormat.BF16.depthToMinNormal(0.5)).isCloseTo(252, within(1e-10));
    assertThat(FloatFormat.FP32.overflowDepth(2)).isEqualTo(128);
    assertThat(FloatFormat.BF16.overflowDepth(0.9)).isInfinite();
    assertThat(FloatFormat.FP32.largest()).isCloseTo(Float.MAX_VALUE, within(1e32));
  }

  @Test
  void dropoutPullsInputsApart() {
    LayerLaw law = new LayerLaw(Activation.parse("tanh"), 1.76, 0.05);
    double keep = 0.8;
    int n = 300;
    int depth = 5;
    Sample square = new Sample();
    Sample product = new Sample();
    for (int i = 0; i < 60; i++) {
      double[] x = gaussian(n, 1);
      double[] u = times(weights(n, n, law.sigmaW2()), x);
      double[] bias = gaussian(n, Math.sqrt(law.sigmaB2()));
      double[] v = u.clone();
      for (int j = 0; j < n; j++) {
        u[j] += bias[j];
        v[j] += bias[j];
      }
      for (int l = 1; l < depth; l++) {
        double[][] w = weights(n, n, law.sigmaW2());
        bias = gaussian(n, Math.sqrt(law.sigmaB2()));
        u = add(times(w, dropped(u, keep)), bias);
        v = add(times(w, dropped(v, keep)), bias);
      }
      square.add(meanSquare(u));
      product.add(DenseNetwork.dot(u, v) / n);
    }
    Trajectory t = new DropoutMaps(law, keep).propagate(1, 1, depth);
    square.hasMean(t.q()[depth - 1], 0.02);
    product.hasMean(t.q()[depth - 1] * t.c(depth), 0.02);
  }

  private double[] dropped(double[] z, double keep) {
    return Arrays.stream(z)
        .map(v -> random.nextDouble() < keep ? Math.tanh(v) / keep : 0)
        .toArray();
  }

  private static double[] add(double[] x, double[] y) {
    for (int j = 0; j < x.length; j++) {
      x[j] += y[j];
    }
    return x;
  }

  @Test
  void maskedWeightsWidenTheNorm() {
    int n = 60;
    double keep = 0.2;
    Sample ratio = new Sample();
    for (int i = 0; i < 4000; i++) {
      double[] h = relu(gaussian(n, 1));
      double[][] w = weights(n, n, 2 / keep);
      for (double[] row : w) {
        for (int j = 0; j < n; j++) {
          row[j] = random.nextDouble() < keep ? row[j] : 0;
        }
      }
      double[] out = relu(times(w, h));
      ratio.add(DenseNetwork.dot(out, out) / DenseNetwork.dot(h, h));
    }
    ratio.hasMean(1, 0.02);
    double kurtosis = KernelFluctuation.maskedKurtosis(0, keep);
    ratio.hasStandardDeviation(
        Math.sqrt(KernelFluctuation.layerVariance(Activation.parse("relu"), n, kurtosis, 6.0 / n)));
  }

  @ParameterizedTest
  @CsvSource({"tanh", "silu"})
  void derivativesAlongAnInputPropagate(String activation) {
    LayerLaw law = new LayerLaw(Activation.parse(activation), 1.6, 0.1);
    Activation f = law.activation();
    int n = 200;
    int depth = 3;
    double q = 0.8;
    double p = 0.5;
    double s = 1.7;
    Sample first = new Sample();
    Sample second = new Sample();
    Sample mixed = new Sample();
    for (int i = 0; i < 150; i++) {
      double[] z = gaussian(n, Math.sqrt(q));
      double[] d = gaussian(n, Math.sqrt(p));
      double[] e = gaussian(n, Math.sqrt(s - p * p / q));
      for (int j = 0; j < n; j++) {
        e[j] -= p / q * z[j];
      }
      for (int l = 0; l < depth; l++) {
        double[] h = new double[n];
        double[] hd = new double[n];
        double[] he = new double[n];
        for (int j = 0; j < n; j++) {
          h[j] = f.value(z[j]);
          hd[j] = f.derivative(z[j]) * d[j];
          he[j] = f.secondDerivative(z[j]) * d[j] * d[j] + f.derivative(z[j]) * e[j];
        }
        double[][] w = weights(n, n, law.sigmaW2());
        z = add(times(w, h), gaussian(n, Math.sqrt(law.sigmaB2())));
        d = times(w, hd);
        e = times(w, he);
      }
      first.add(meanSquare(d));
      second.add(meanSquare(e));
      mixed.add(DenseNetwork.dot(z, e) / n);
    }
    PinnDerivatives theory = PinnDerivatives.stationary(q, p, s).propagate(law, depth);
    first.hasMean(theory.dd(), 0.02);
    second.hasMean(theory.ss(), 0.2);
    mixed.hasMean(theory.zs(), 0.02);
    assertThat(theory.zs()).isCloseTo(-theory.dd(), within(1e-12));
  }

  @Test
  void plainInputsAreNotStationary() {
    LayerLaw law = new LayerLaw(Activation.parse("tanh"), 1.4, 0.2);
    Activation f = law.activation();
    int n = 400;
    double x = 0.7;
    Sample first = new Sample();
    Sample second = new Sample();
    for (int i = 0; i < 100; i++) {
      double[] w1 = gaussian(n, Math.sqrt(law.sigmaW2()));
      double[] bias = gaussian(n, Math.sqrt(law.sigmaB2()));
      double[] hd = new double[n];
      double[] he = new double[n];
      for (int j = 0; j < n; j++) {
        double z = w1[j] * x + bias[j];
        hd[j] = f.derivative(z) * w1[j];
        he[j] = f.secondDerivative(z) * w1[j] * w1[j];
      }
      double[][] w = weights(50, n, law.sigmaW2());
      first.add(meanSquare(times(w, hd)));
      second.add(meanSquare(times(w, he)));
    }
    PinnDerivatives theory = PinnDerivatives.plainInput(law, x).next(law);
    first.hasMean(theory.dd(), 0.02);
    second.hasMean(theory.ss(), 0.03);
  }
}
