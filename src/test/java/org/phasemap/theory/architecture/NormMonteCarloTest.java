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
import org.phasemap.theory.architecture.norm.BatchNormGrowth;
import org.phasemap.theory.architecture.norm.FeatureNorm;
import org.phasemap.theory.architecture.norm.FeatureNorm.Kind;
import org.phasemap.theory.architecture.norm.FeatureNorm.Place;
import org.phasemap.theory.architecture.norm.NormalisedBatch;
import org.phasemap.theory.gauss.GaussianDraws;
import org.phasemap.theory.gauss.Sample;
import org.phasemap.theory.limit.DenseNetwork;
import org.phasemap.theory.limit.LayerLaw;

/** Normalisations against drawn batches and networks. */
class NormMonteCarloTest {
  private final Random random = new Random(32);
  private final GaussianDraws draws = new GaussianDraws(random);

  @ParameterizedTest
  @CsvSource({"hard_tanh, 4, 1", "tanh, 6, 2", "gelu, 9, 0.6", "elu, 3, 1", "selu, 5, -1"})
  void batchesAreUniformOnASphere(String name, int batch, double gamma) {
    Activation f = Activations.parse(name);
    Sample[] samples = new Sample[7];
    Arrays.setAll(samples, i -> new Sample());
    for (int i = 0; i < 25_000; i++) {
      double[] u = normalised(batch);
      double[] terms = new double[7];
      terms[6] = Arrays.stream(u).map(x -> f.value(gamma * x)).average().orElseThrow();
      add(terms, 0, Arrays.stream(u).map(x -> f.value(gamma * x)).toArray());
      add(terms, 2, Arrays.stream(u).map(x -> gamma * f.derivative(gamma * x)).toArray());
      add(terms, 4, Arrays.stream(u).map(x -> x * gamma * f.derivative(gamma * x)).toArray());
      for (int k = 0; k < terms.length; k++) {
        samples[k].add(terms[k]);
      }
    }
    NormalisedBatch theory = NormalisedBatch.of(f, gamma, batch);
    double[] expected = {
      theory.value2(),
      theory.valuePair(),
      theory.slope2(),
      theory.slopePair(),
      theory.radial2(),
      theory.radialPair(),
      theory.mean()
    };
    for (int k = 0; k < expected.length; k++) {
      samples[k].hasMean(expected[k], 0.03);
    }
  }

  @Test
  void twoInputsBecomePlusAndMinusOne() {
    NormalisedBatch pair = NormalisedBatch.of(Activations.parse("relu"), 1, 2);
    assertThat(new double[] {pair.value2(), pair.slope2(), pair.radial2()})
        .containsExactly(0.5, 0.5, 0.5);
    assertThat(new double[] {pair.valuePair(), pair.slopePair(), pair.radialPair()})
        .containsExactly(new double[3], within(0.0));
    NormalisedBatch steep = NormalisedBatch.of(Activations.parse("tanh"), 200, 2);
    assertThat(new double[] {steep.value2(), steep.valuePair(), steep.slope2()})
        .containsExactly(1, -1, 0);
  }

  private static void add(double[] terms, int at, double[] values) {
    double sum = Arrays.stream(values).sum();
    double squares = DenseNetwork.dot(values, values);
    double n = values.length;
    terms[at] = squares / n;
    terms[at + 1] = (sum * sum - squares) / (n * (n - 1));
  }

  private double[] normalised(int batch) {
    double[] u = draws.gaussian(batch, 1);
    double mean = Arrays.stream(u).sum() / batch;
    double norm = Math.sqrt(Arrays.stream(u).map(x -> (x - mean) * (x - mean)).sum() / batch);
    return Arrays.stream(u).map(x -> (x - mean) / norm).toArray();
  }

  /** tr JJᵀ of batch norm and φ, over random batches, divided by what φ keeps of the variance. */
  @ParameterizedTest
  @CsvSource({"hard_tanh, 8, 1", "silu, 12, 0.5", "abs, 9, 1"})
  void gradientRatesAreTracesOfJacobians(String name, int batch, double gamma) {
    Activation f = Activations.parse(name);
    Sample trace = new Sample();
    Sample variance = new Sample();
    for (int i = 0; i < 10_000; i++) {
      double[] u = normalised(batch);
      double[] slope = Arrays.stream(u).map(x -> gamma * f.derivative(gamma * x)).toArray();
      double sum = 0;
      for (int a = 0; a < batch; a++) {
        for (int b = 0; b < batch; b++) {
          double projected = (a == b ? 1 : 0) - 1.0 / batch - u[a] * u[b] / batch;
          double centred = 0;
          for (int d = 0; d < batch; d++) {
            double other = (a == d ? 1 : 0) - 1.0 / batch - u[a] * u[d] / batch;
            centred += slope[d] * other / batch;
          }
          double entry = slope[b] * projected - centred;
          sum += entry * entry;
        }
      }
      trace.add(sum * batch / ((batch - 1.0) * (batch - 3)));
      double[] h = Arrays.stream(u).map(x -> f.value(gamma * x)).toArray();
      double mean = Arrays.stream(h).sum() / batch;
      variance.add(Arrays.stream(h).map(x -> (x - mean) * (x - mean)).sum() / (batch - 1));
    }
    NormalisedBatch theory = NormalisedBatch.of(f, gamma, batch);
    variance.hasMean(theory.variance(), 0.02);
    trace.hasMean(BatchNormGrowth.finiteBatch(f, gamma, batch) * theory.variance(), 0.05);
  }

  /** Wide networks; bias of 1/n is below the standard errors. */
  @ParameterizedTest
  @CsvSource({
    "silu, BEFORE, LAYER, 1.5",
    "relu, AFTER, LAYER, 0.8",
    "tanh, AFTER, RMS, 1.2",
    "elu, AFTER, LAYER, 1"
  })
  void featureNormsActOnNetworks(String name, Place place, Kind kind, double gamma) {
    FeatureNorm theory =
        new FeatureNorm(new LayerLaw(Activations.parse(name), 1.3, 0.2), gamma, place, kind);
    int n = 200;
    int depth = 3;
    Sample correlation = new Sample();
    Sample chi = new Sample();
    for (int net = 0; net < 30; net++) {
      double[] u = draws.gaussian(n, start(theory));
      double[] v = draws.gaussian(n, start(theory));
      for (int j = 0; j < n; j++) {
        v[j] = 0.4 * u[j] + Math.sqrt(1 - 0.16) * v[j];
      }
      for (int l = 0; l < depth; l++) {
        double[][] w = draws.weights(n, n, theory.law().sigmaW2());
        double[] bias = draws.gaussian(n, Math.sqrt(theory.law().sigmaB2()));
        if (l == depth - 1) {
          chi.add(gradientFactor(theory, u, w));
        }
        u = plus(GaussianDraws.times(w, features(theory, u)), bias);
        v = plus(GaussianDraws.times(w, features(theory, v)), bias);
      }
      correlation.add(
          DenseNetwork.dot(u, v) / Math.sqrt(DenseNetwork.dot(u, u) * DenseNetwork.dot(v, v)));
    }
    correlation.hasMean(theory.correlation(0.4, depth), 0.05);
    chi.hasMean(theory.chi(), 0.08);
  }

  /** Standard deviation of pre-activations. */
  private static double start(FeatureNorm norm) {
    double gain = norm.gamma() * norm.gamma();
    return Math.sqrt(gain * norm.law().sigmaW2() + norm.law().sigmaB2());
  }

  private static double[] features(FeatureNorm norm, double[] z) {
    Activation f = norm.law().activation();
    if (norm.place() == Place.BEFORE) {
      return Arrays.stream(scaled(norm, z)).map(f::value).toArray();
    }
    return scaled(norm, Arrays.stream(z).map(f::value).toArray());
  }

  private static double[] scaled(FeatureNorm norm, double[] x) {
    double mean = norm.kind() == Kind.LAYER ? Arrays.stream(x).sum() / x.length : 0;
    double[] centred = Arrays.stream(x).map(v -> v - mean).toArray();
    double deviation = Math.sqrt(GaussianDraws.meanSquare(centred));
    return Arrays.stream(centred).map(v -> norm.gamma() * v / deviation).toArray();
  }

  /** |Jᵀg|²/|g|² for a random g, by central differences of g·W features(z). */
  private double gradientFactor(FeatureNorm norm, double[] z, double[][] w) {
    int n = z.length;
    double[] g = draws.gaussian(n, 1);
    double[] back = new double[n];
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < n; j++) {
        back[j] += w[r][j] * g[r];
      }
    }
    // Features depend on z by their own entry and by two means, whose part is of order 1/n.
    double step = 1e-5;
    double[] at = z.clone();
    double sum = 0;
    for (int j = 0; j < n; j++) {
      at[j] = z[j] + step;
      double plus = DenseNetwork.dot(back, features(norm, at));
      at[j] = z[j] - step;
      double minus = DenseNetwork.dot(back, features(norm, at));
      at[j] = z[j];
      sum += Math.pow((plus - minus) / (2 * step), 2);
    }
    return sum / DenseNetwork.dot(g, g);
  }

  private static double[] plus(double[] x, double[] y) {
    for (int j = 0; j < x.length; j++) {
      x[j] += y[j];
    }
    return x;
  }

  @Test
  void batchNormAfterTheActivationIsTheLimitOfLayerNorm() {
    for (String name : new String[] {"relu", "tanh", "softplus"}) {
      LayerLaw law = new LayerLaw(Activations.parse(name), 1.7, 0.3);
      assertThat(BatchNormGrowth.afterActivation(law))
          .isCloseTo(new FeatureNorm(law, 1, Place.AFTER, Kind.LAYER).chi(), within(1e-11));
    }
  }
}
