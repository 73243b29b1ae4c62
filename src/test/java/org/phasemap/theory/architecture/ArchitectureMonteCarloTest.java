package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.attention.AttentionScores;
import org.phasemap.theory.architecture.attention.SoftmaxRow;
import org.phasemap.theory.architecture.convolution.ConvolutionPadding;
import org.phasemap.theory.architecture.convolution.Padding;
import org.phasemap.theory.architecture.convolution.Taps;
import org.phasemap.theory.architecture.convolution.VarianceProfile;
import org.phasemap.theory.architecture.pinn.PinnDerivatives;
import org.phasemap.theory.architecture.skip.DenseBlock;
import org.phasemap.theory.architecture.skip.ResidualGrowth;
import org.phasemap.theory.architecture.weights.WeightNormalisation;
import org.phasemap.theory.gauss.GaussianDraws;
import org.phasemap.theory.gauss.Sample;
import org.phasemap.theory.limit.DenseNetwork;
import org.phasemap.theory.limit.DropoutMaps;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.precision.FloatFormat;
import org.phasemap.theory.precision.Int8Quantisation;
import org.phasemap.theory.width.KernelFluctuation;

/** Each architecture's formula against an independent simulation of it. */
class ArchitectureMonteCarloTest {
  private final Random random = new Random(20);
  private final GaussianDraws draws = new GaussianDraws(random);

  @ParameterizedTest
  @CsvSource({"3, 1", "4, 0.5"})
  void residualBranchesMultiply(int blocks, double multiplier) {
    int n = 60;
    Sample growth = new Sample();
    for (int i = 0; i < 1500; i++) {
      double[] x = draws.gaussian(n, 1);
      double before = GaussianDraws.meanSquare(x);
      for (int b = 0; b < blocks; b++) {
        double[] branch =
            GaussianDraws.times(
                draws.weights(n, n, 1),
                GaussianDraws.relu(GaussianDraws.times(draws.weights(n, n, 2), x)));
        for (int j = 0; j < n; j++) {
          x[j] += multiplier * branch[j];
        }
      }
      growth.add(GaussianDraws.meanSquare(x) / before);
    }
    double expected = ResidualGrowth.plain(blocks, multiplier, 1);
    growth.hasMean(expected, 0.03 * expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 4", "1.5, 6"})
  void denseBlocksReadEverythingBefore(double sigmaW2, int layer) {
    int k = 24;
    Sample second = new Sample();
    for (int i = 0; i < 3000; i++) {
      double[] features = draws.gaussian(k, 1);
      double[] z = features;
      for (int l = 1; l <= layer; l++) {
        z =
            GaussianDraws.times(
                draws.weights(k, features.length, sigmaW2), GaussianDraws.relu(features));
        double[] wider = Arrays.copyOf(features, features.length + k);
        System.arraycopy(z, 0, wider, features.length, k);
        features = wider;
      }
      second.add(GaussianDraws.meanSquare(z));
    }
    second.hasMean(new DenseBlock(k, k).secondMoment(sigmaW2, 0, layer), 0.02);
  }

  @ParameterizedTest
  @CsvSource({"ZERO", "CIRCULAR"})
  void paddingTakesVarianceAway(Padding padding) {
    int size = 5;
    int channels = 10;
    int layers = 3;
    Sample mean = new Sample();
    Sample corner = new Sample();
    for (int i = 0; i < 1500; i++) {
      double[][][] z = new double[size][size][];
      for (double[][] row : z) {
        for (int x = 0; x < size; x++) {
          row[x] = draws.gaussian(channels, 1);
        }
      }
      for (int l = 0; l < layers; l++) {
        z = convolve(z, channels, padding);
      }
      double sum = 0;
      for (double[][] row : z) {
        for (double[] pixel : row) {
          sum += GaussianDraws.meanSquare(pixel) / (size * size);
        }
      }
      mean.add(sum);
      corner.add(GaussianDraws.meanSquare(z[0][0]));
    }
    mean.hasMean(ConvolutionPadding.meanVariance(size, size, 3, layers, padding), 0.03);
    VarianceProfile profile =
        new VarianceProfile(new Taps(size, 3, padding), 2, 1)
            .through(new LayerLaw(Activations.parse("relu"), 2, 0), layers);
    corner.hasMean(profile.corner(), 0.05);
  }

  private double[][][] convolve(double[][][] z, int channels, Padding padding) {
    int size = z.length;
    double[][][] w = new double[9][][];
    for (int tap = 0; tap < 9; tap++) {
      w[tap] = draws.weights(channels, channels, 2.0 / 9);
    }
    double[][][] out = new double[size][size][channels];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        for (int tap = 0; tap < 9; tap++) {
          int row = y + tap / 3 - 1;
          int column = x + tap % 3 - 1;
          if (padding == Padding.CIRCULAR) {
            row = Math.floorMod(row, size);
            column = Math.floorMod(column, size);
          } else if (row < 0 || row >= size || column < 0 || column >= size) {
            continue;
          }
          double[] add = GaussianDraws.times(w[tap], GaussianDraws.relu(z[row][column]));
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
        ConvolutionPadding.meanVariance(6, 9, kernel, 401, Padding.ZERO);
    double early =
        ConvolutionPadding.meanVariance(6, 9, kernel, 400, Padding.ZERO);
    assertThat(late / early)
        .isCloseTo(
            ConvolutionPadding.asymptoticRate(6, 9, kernel, Padding.ZERO),
            within(1e-12));
  }

  @Test
  void attentionLogitsHaveTheProductOfTheVariances() {
    int width = 24;
    int keyDimension = 8;
    Sample square = new Sample();
    for (int i = 0; i < 20_000; i++) {
      double[] query =
          GaussianDraws.times(draws.weights(keyDimension, width, 1.5), draws.gaussian(width, 1));
      double[] key =
          GaussianDraws.times(draws.weights(keyDimension, width, 0.8), draws.gaussian(width, 1));
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
      double[] s = draws.gaussian(tokens, Math.sqrt(variance));
      double z = Arrays.stream(s).map(Math::exp).sum();
      entropy.add(Math.log(z) - Arrays.stream(s).map(v -> v * Math.exp(v) / z).sum());
    }
    entropy.hasMean(SoftmaxRow.of(tokens, variance).entropy(), 0.01);
  }

  @Test
  void weightNormKeepsTheSecondMoment() {
    for (String name : new String[] {"relu", "leaky_relu(0.4)", "tanh"}) {
      Activation f = Activations.parse(name);
      int n = 40;
      Sample square = new Sample();
      for (int i = 0; i < 4000; i++) {
        double[] h = Arrays.stream(draws.gaussian(n, 1)).map(f::value).toArray();
        double[] v = draws.gaussian(n, 1);
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
    for (double z : draws.gaussian(200_000, 1.2)) {
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
    for (double z : draws.gaussian(200_000, 2e-4)) {
      below.add(Math.abs(z) < Math.scalb(1.0, -14) ? 1 : 0);
      flushed.add(Math.abs(z) < Math.scalb(1.0, -25) ? 1 : 0);
    }
    below.hasMean(FloatFormat.FP16.fractionBelowNormal(2e-4), 2e-3);
    flushed.hasMean(Erf.erf(FloatFormat.FP16.largestFlushed() / (2e-4 * Math.sqrt(2))), 2e-3);
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
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 1.76, 0.05);
    double keep = 0.8;
    int n = 300;
    int depth = 5;
    Sample square = new Sample();
    Sample product = new Sample();
    for (int i = 0; i < 60; i++) {
      double[] x = draws.gaussian(n, 1);
      double[] u = GaussianDraws.times(draws.weights(n, n, law.sigmaW2()), x);
      double[] bias = draws.gaussian(n, Math.sqrt(law.sigmaB2()));
      double[] v = u.clone();
      for (int j = 0; j < n; j++) {
        u[j] += bias[j];
        v[j] += bias[j];
      }
      for (int l = 1; l < depth; l++) {
        double[][] w = draws.weights(n, n, law.sigmaW2());
        bias = draws.gaussian(n, Math.sqrt(law.sigmaB2()));
        u = add(GaussianDraws.times(w, dropped(u, keep)), bias);
        v = add(GaussianDraws.times(w, dropped(v, keep)), bias);
      }
      square.add(GaussianDraws.meanSquare(u));
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
      double[] h = GaussianDraws.relu(draws.gaussian(n, 1));
      double[][] w = draws.weights(n, n, 2 / keep);
      for (double[] row : w) {
        for (int j = 0; j < n; j++) {
          row[j] = random.nextDouble() < keep ? row[j] : 0;
        }
      }
      double[] out = GaussianDraws.relu(GaussianDraws.times(w, h));
      ratio.add(DenseNetwork.dot(out, out) / DenseNetwork.dot(h, h));
    }
    ratio.hasMean(1, 0.02);
    double kurtosis = KernelFluctuation.maskedKurtosis(0, keep);
    ratio.hasStandardDeviation(
        Math.sqrt(
            KernelFluctuation.layerVariance(Activations.parse("relu"), n, kurtosis, 6.0 / n)));
  }

  @ParameterizedTest
  @CsvSource({"tanh", "silu"})
  void derivativesAlongAnInputPropagate(String activation) {
    LayerLaw law = new LayerLaw(Activations.parse(activation), 1.6, 0.1);
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
      double[] z = draws.gaussian(n, Math.sqrt(q));
      double[] d = draws.gaussian(n, Math.sqrt(p));
      double[] e = draws.gaussian(n, Math.sqrt(s - p * p / q));
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
        double[][] w = draws.weights(n, n, law.sigmaW2());
        z = add(GaussianDraws.times(w, h), draws.gaussian(n, Math.sqrt(law.sigmaB2())));
        d = GaussianDraws.times(w, hd);
        e = GaussianDraws.times(w, he);
      }
      first.add(GaussianDraws.meanSquare(d));
      second.add(GaussianDraws.meanSquare(e));
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
    LayerLaw law = new LayerLaw(Activations.parse("tanh"), 1.4, 0.2);
    Activation f = law.activation();
    int n = 400;
    double x = 0.7;
    Sample first = new Sample();
    Sample second = new Sample();
    for (int i = 0; i < 100; i++) {
      double[] w1 = draws.gaussian(n, Math.sqrt(law.sigmaW2()));
      double[] bias = draws.gaussian(n, Math.sqrt(law.sigmaB2()));
      double[] hd = new double[n];
      double[] he = new double[n];
      for (int j = 0; j < n; j++) {
        double z = w1[j] * x + bias[j];
        hd[j] = f.derivative(z) * w1[j];
        he[j] = f.secondDerivative(z) * w1[j] * w1[j];
      }
      double[][] w = draws.weights(50, n, law.sigmaW2());
      first.add(GaussianDraws.meanSquare(GaussianDraws.times(w, hd)));
      second.add(GaussianDraws.meanSquare(GaussianDraws.times(w, he)));
    }
    PinnDerivatives theory = PinnDerivatives.plainInput(law, x).next(law);
    first.hasMean(theory.dd(), 0.02);
    second.hasMean(theory.ss(), 0.03);
  }
}
