package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.norm.BatchLaw;
import org.phasemap.theory.architecture.skip.DenseBlock;
import org.phasemap.theory.architecture.skip.LayerNormStream;
import org.phasemap.theory.architecture.skip.ReflectedWalk;
import org.phasemap.theory.architecture.skip.ResidualBatchNorm;
import org.phasemap.theory.architecture.skip.ResidualFluctuation;
import org.phasemap.theory.architecture.skip.ResidualGrowth;
import org.phasemap.theory.architecture.skip.ResidualStream;
import org.phasemap.theory.gauss.GaussianDraws;
import org.phasemap.theory.gauss.Sample;
import org.phasemap.theory.limit.DenseNetwork;
import org.phasemap.theory.limit.LayerLaw;

/** Residual and densely connected networks against drawn ones. */
class SkipMonteCarloTest {
  private final Random random = new Random(33);
  private final GaussianDraws draws = new GaussianDraws(random);

  @ParameterizedTest
  @CsvSource({"tanh, 0.5, 1.5, 0.2", "gelu, 0.3, 1.8, 0.1", "hard_tanh, 0.7, 1, 0"})
  void streamsAreThoseOfDrawnNetworks(String name, double scale2, double w2, double b2) {
    Activation f = Activations.parse(name);
    LayerLaw law = new LayerLaw(f, w2, b2);
    int n = 120;
    int blocks = 4;
    double s = Math.sqrt(scale2);
    Sample q = new Sample();
    Sample product = new Sample();
    Sample gain = new Sample();
    for (int net = 0; net < 50; net++) {
      double[] x = draws.gaussian(n, 1);
      double[] y = draws.gaussian(n, 1);
      for (int j = 0; j < n; j++) {
        y[j] = 0.3 * x[j] + Math.sqrt(1 - 0.09) * y[j];
      }
      double[] tangent = draws.gaussian(n, 1);
      double before = GaussianDraws.meanSquare(tangent);
      for (int l = 0; l < blocks; l++) {
        double[][] w = draws.weights(n, n, w2);
        double[] bias = draws.gaussian(n, Math.sqrt(b2));
        double[] slopes = new double[n];
        for (int j = 0; j < n; j++) {
          slopes[j] = f.derivative(x[j]) * tangent[j];
        }
        add(tangent, GaussianDraws.times(w, slopes), new double[n], s);
        add(x, GaussianDraws.times(w, map(f, x)), bias, s);
        add(y, GaussianDraws.times(w, map(f, y)), bias, s);
      }
      q.add(GaussianDraws.meanSquare(x));
      product.add(DenseNetwork.dot(x, y) / n);
      gain.add(GaussianDraws.meanSquare(tangent) / before);
    }
    ResidualStream theory = ResidualStream.at(1, 0.3).through(law, scale2, blocks);
    q.hasMean(theory.q(), 0.1);
    product.hasMean(theory.q() * theory.c(), 0.1);
    double expected = Math.exp(theory.lnGradientGain());
    gain.hasMean(expected, 0.1 * expected);
  }

  private static double[] map(Activation f, double[] x) {
    return Arrays.stream(x).map(f::value).toArray();
  }

  private static void add(double[] x, double[] branch, double[] bias, double scale) {
    for (int j = 0; j < x.length; j++) {
      x[j] += scale * (branch[j] + bias[j]);
    }
  }

  /** The tangent kernel is what parameters of one block add, carried on by the blocks above. */
  @Test
  void theTangentKernelIsASumOverBlocks() {
    LayerLaw law = new LayerLaw(Activations.parse("silu"), 1.4, 0.2);
    int blocks = 5;
    double scale2 = 0.6;
    double sum = 0;
    for (int from = 0; from <= blocks; from++) {
      ResidualStream below = ResidualStream.at(1.2, 0.4).through(law, scale2, from);
      ResidualStream before =
          from == 0 ? null : ResidualStream.at(1.2, 0.4).through(law, scale2, from - 1);
      double own = below.q() - (before == null ? 0 : before.q());
      double carried =
          ResidualStream.at(below.q(), 1).through(law, scale2, blocks - from).lnGradientGain();
      sum += own * Math.exp(carried);
    }
    assertThat(ResidualStream.at(1.2, 0.4).through(law, scale2, blocks).ntk())
        .isCloseTo(sum, within(1e-11 * sum));
  }

  @ParameterizedTest
  @CsvSource({"2, 1.3, 0.4, 1, 8, 12", "3, 0.5, 2, 1.5, 12, 6"})
  void twoLayerBranchesAreExactAtAnyWidth(
      int depth, double scale2, double w1, double w2, int width, int hidden) {
    Sample mean = new Sample();
    Sample square = new Sample();
    double growth = Math.pow(ResidualGrowth.block(w1, w2, scale2, 1), depth);
    for (int net = 0; net < 10_000; net++) {
      double[] x = draws.gaussian(width, 1);
      double before = GaussianDraws.meanSquare(x);
      for (int l = 0; l < depth; l++) {
        double[] h = GaussianDraws.relu(GaussianDraws.times(draws.weights(hidden, width, w1), x));
        double[] branch = GaussianDraws.times(draws.weights(width, hidden, w2), h);
        add(x, branch, new double[width], Math.sqrt(scale2));
      }
      double r = GaussianDraws.meanSquare(x) / before / growth;
      mean.add(r);
      square.add(r * r);
    }
    mean.hasMean(1, 0.04);
    square.hasMean(
        ResidualFluctuation.momentRatioTwoLayer(depth, scale2, w1, w2, width, hidden), 0.15);
  }

  /** First order: 4 % at this width, within the standard error. */
  @ParameterizedTest
  @CsvSource({"5, 0.4, 2", "8, 0.1, 1.5"})
  void oneLayerBranchesRememberSigns(int depth, double scale2, double w2) {
    int n = 48;
    Sample ln = new Sample();
    for (int net = 0; net < 700; net++) {
      double[] x = draws.gaussian(n, 1);
      for (int l = 0; l < depth; l++) {
        double[] branch = GaussianDraws.times(draws.weights(n, n, w2), GaussianDraws.relu(x));
        add(x, branch, new double[n], Math.sqrt(scale2));
      }
      ln.add(Math.log(GaussianDraws.meanSquare(x)));
    }
    ln.hasStandardDeviation(
        Math.sqrt(ResidualFluctuation.logVarianceOneLayer(depth, scale2, w2) / n));
  }

  @ParameterizedTest
  @CsvSource({"0", "3", "12"})
  void streamsWithReluAfterTheSumAreReflectedWalks(int blocks) {
    Sample mean = new Sample();
    Sample square = new Sample();
    for (int i = 0; i < 40_000; i++) {
      double x = 0;
      for (int l = 0; l <= blocks; l++) {
        x = Math.max(0, x + random.nextGaussian());
      }
      mean.add(x);
      square.add(x * x);
    }
    mean.hasMean(ReflectedWalk.mean(blocks), 0.02);
    square.hasMean(ReflectedWalk.secondMoment(blocks), 0.1);
  }

  @ParameterizedTest
  @CsvSource({"6, 4, 5, 2", "3, 8, 4, 1", "10, 2, 6, 3"})
  void denseBlocksOfAnyGrowth(int inputs, int growth, int depth, double sigmaW2) {
    DenseBlock block = new DenseBlock(inputs, growth);
    Sample second = new Sample();
    for (int net = 0; net < 8000; net++) {
      double[] features = draws.gaussian(inputs, 1);
      double[] z = features;
      for (int l = 1; l <= depth; l++) {
        z =
            GaussianDraws.times(
                draws.weights(growth, features.length, sigmaW2), GaussianDraws.relu(features));
        double[] wider = Arrays.copyOf(features, features.length + growth);
        System.arraycopy(z, 0, wider, features.length, growth);
        features = wider;
      }
      second.add(GaussianDraws.meanSquare(z));
    }
    second.hasMean(block.secondMoment(sigmaW2, 0, depth), 0.1 * sigmaW2);
  }

  /** Read-outs of equal variance on every unit; He weights keep all gradients' ratios exact. */
  @Test
  void gradientsOfDenseBlocksAreProducts() {
    int k0 = 5;
    int k = 4;
    int depth = 4;
    DenseBlock block = new DenseBlock(k0, k);
    Sample ratio = new Sample();
    for (int net = 0; net < 10_000; net++) {
      double[][][] w = new double[depth + 1][][];
      double[] z = draws.gaussian(k0, 1);
      for (int l = 1; l <= depth; l++) {
        w[l] = draws.weights(k, z.length, 2);
        double[] next = GaussianDraws.times(w[l], GaussianDraws.relu(z));
        double[] wider = Arrays.copyOf(z, z.length + k);
        System.arraycopy(next, 0, wider, z.length, k);
        z = wider;
      }
      double[] g = draws.gaussian(z.length, Math.sqrt(2));
      for (int j = 0; j < z.length; j++) {
        g[j] = z[j] > 0 ? g[j] : 0;
      }
      for (int l = depth; l > 1; l--) {
        int fan = k0 + k * (l - 1);
        for (int r = 0; r < k; r++) {
          for (int j = 0; j < fan; j++) {
            g[j] += z[j] > 0 ? w[l][r][j] * g[fan + r] : 0;
          }
        }
      }
      double sum = 0;
      for (int j = k0; j < k0 + k; j++) {
        sum += g[j] * g[j] / k;
      }
      ratio.add(sum);
    }
    ratio.hasMean(block.gradientRatio(1, 1, depth), 0.1);
  }

  @Test
  void powersOfTheDepthFollowFromTheBlocks() {
    BatchLaw law = BatchLaw.of(Activations.parse("gelu"), 20);
    int far = 20_000;
    for (ResidualBatchNorm.Order order :
        new ResidualBatchNorm.Order[] {ResidualBatchNorm.Order.PRE1, ResidualBatchNorm.Order.PRE2}) {
      int activations = order == ResidualBatchNorm.Order.PRE1 ? 1 : 2;
      assertThat(
              ResidualBatchNorm.lnGradientGain(order, law, 1.3, far, 2 * far) / Math.log(2))
          .isCloseTo(ResidualBatchNorm.gradientExponent(law, activations), within(1e-3));
    }
    LayerLaw tanh = new LayerLaw(Activations.parse("tanh"), 2, 0.1);
    assertThat(LayerNormStream.gradientExponent(tanh)).isCloseTo(1.0452592, within(1e-7));
  }
}
