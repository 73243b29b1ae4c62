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
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.convolution.Pooling;
import org.phasemap.theory.architecture.convolution.WindowMaxima;
import org.phasemap.theory.dual.DualActivation;
import org.phasemap.theory.dual.Duals;
import org.phasemap.theory.gauss.GaussianDraws;

/** Averages over points against closed forms, and against plain random numbers. */
class WindowMaximaTest {
  private static final int SIZE = 1 << 14;
  private static final int DRAWS = 60_000;

  /** What the class says of its errors, relative ones of signals. */
  private static final double OF_SIGNALS = 1e-3;

  private static final double OF_SLOPES = 4e-3;

  /** The fewest points that are used, and how much larger their errors may be. */
  private static final int FEW = 1 << 11;

  private static final double OF_FEW = 8;

  private static double[][] alike(int numbers, double rho) {
    double[][] k = new double[numbers][numbers];
    for (int i = 0; i < numbers; i++) {
      Arrays.fill(k[i], rho);
      k[i][i] = 1;
    }
    return k;
  }

  @ParameterizedTest
  @CsvSource({"2, -0.6", "2, 0.5", "4, 0", "4, 0.5", "4, 1", "9, 0.3"})
  void secondMomentsAreThoseOfOneIntegral(int window, double rho) {
    WindowMaxima.One found = new WindowMaxima(Activations.RELU, SIZE).one(alike(window, rho), 0);

    double expected = Pooling.maxSecondMoment(window, rho);
    assertThat(found.secondMoment()).isCloseTo(expected, within(OF_SIGNALS * expected));
    WindowMaxima.One few = new WindowMaxima(Activations.RELU, FEW).one(alike(window, rho), 0);
    assertThat(few.secondMoment()).isCloseTo(expected, within(OF_FEW * OF_SIGNALS * expected));
  }

  /** Each is the largest as often as any other, and above 0 unless all are below. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void gradientsGoToEachOfIndependentNumbers(int window) {
    double[][] k = alike(window, 0);
    double[] slopes = new WindowMaxima(Activations.RELU, SIZE).one(k, 1).slopes();
    double[] ofFew = new WindowMaxima(Activations.RELU, FEW).one(k, 1).slopes();

    double each = (1 - Math.pow(2, -window)) / window;
    assertThat(slopes).hasSize(window);
    for (int i = 0; i < window; i++) {
      assertThat(slopes[i]).isCloseTo(each, within(OF_SLOPES));
      assertThat(ofFew[i]).isCloseTo(each, within(OF_FEW * OF_SLOPES));
    }
  }

  @ParameterizedTest
  @CsvSource({"relu, 0.3", "relu, -0.9", "tanh, 0.6", "gelu, 0.9999", "sin, 0.5", "abs, 0.2"})
  void windowsOfOneNumberAreTheDualActivation(String name, double c) {
    Activation activation = Activations.parse(name);
    double[][] k = {{1, c - 1}, {c - 1, 2 * (1 - c)}};

    WindowMaxima.Two found = new WindowMaxima(activation, SIZE).two(k, 2);

    DualActivation dual = Duals.of(activation, 1);
    double deficit = dual.deficit(1 - c);
    assertThat(found.deficit()).isCloseTo(deficit, within(OF_SIGNALS * deficit));
    assertThat(found.slopes()[0][0]).isCloseTo(dual.derivative(1 - c), within(OF_SLOPES));
  }

  @Test
  void independentWindowsHaveProductsOfMeans() {
    double[][] k = alike(8, 0);
    for (int i = 0; i < 4; i++) {
      k[i][4 + i] = -1;
      k[4 + i][i] = -1;
      k[4 + i][4 + i] = 2;
    }
    WindowMaxima maxima = new WindowMaxima(Activations.RELU, SIZE);

    WindowMaxima.Two two = maxima.two(k, 2);

    WindowMaxima.One one = maxima.one(alike(4, 0), 3);
    double expected = one.secondMoment() - one.mean() * one.mean();
    assertThat(two.deficit()).isCloseTo(expected, within(OF_SIGNALS * one.secondMoment()));
    double share = 15.0 / 16 / 4;
    for (double[] row : two.slopes()) {
      for (double slope : row) {
        assertThat(slope).isCloseTo(share * share, within(OF_SLOPES));
      }
    }
  }

  /** Of any covariance, and of φ that falls somewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "gelu", "abs", "sin", "leaky_relu(-0.3)"})
  void randomNumbersAgree(String name) {
    Activation activation = Activations.parse(name);
    Random random = new Random(3);
    GaussianDraws draws = new GaussianDraws(random);
    double[][] factor = draws.weights(8, 8, 1.5);
    WindowMaxima maxima = new WindowMaxima(activation, SIZE);

    WindowMaxima.One one = maxima.one(ofFirst(covariance(factor)), 4);
    WindowMaxima.Two two = maxima.two(ofDifferences(covariance(factor)), 5);

    Pair[] drawn = new Pair[DRAWS];
    Arrays.setAll(
        drawn, n -> Pair.of(activation, GaussianDraws.times(factor, draws.gaussian(8, 1))));
    assertMean(one.mean(), drawn, pair -> pair.first.value);
    assertMean(one.secondMoment(), drawn, pair -> pair.first.value * pair.first.value);
    assertMean(two.deficit(), drawn, pair -> 0.5 * pair.gap() * pair.gap());
    for (int i = 0; i < 4; i++) {
      int place = i;
      assertMean(one.slopes()[i], drawn, pair -> pair.first.slope2(place));
      for (int j = 0; j < 4; j++) {
        int other = j;
        assertMean(two.slopes()[i][j], drawn, pair -> pair.slopes(place, other));
      }
    }
  }

  /** The largest of a window. */
  private record Largest(double value, double slope, int place) {
    static Largest of(Activation activation, double[] z) {
      int best = 0;
      for (int i = 1; i < z.length; i++) {
        best = activation.value(z[i]) > activation.value(z[best]) ? i : best;
      }
      return new Largest(activation.value(z[best]), activation.derivative(z[best]), best);
    }

    double slope2(int at) {
      return at == place ? slope * slope : 0;
    }
  }

  private record Pair(Largest first, Largest second) {
    static Pair of(Activation activation, double[] z) {
      return new Pair(
          Largest.of(activation, Arrays.copyOf(z, 4)),
          Largest.of(activation, Arrays.copyOfRange(z, 4, 8)));
    }

    double gap() {
      return first.value - second.value;
    }

    double slopes(int i, int j) {
      return i == first.place && j == second.place ? first.slope * second.slope : 0;
    }
  }

  private interface Drawn {
    double of(Pair pair);
  }

  private static void assertMean(double found, Pair[] drawn, Drawn number) {
    double[] values = Arrays.stream(drawn).mapToDouble(number::of).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(squares) / values.length;
    assertThat(found).isCloseTo(mean, within(4 * error + OF_SIGNALS));
  }

  private static double[][] covariance(double[][] factor) {
    double[][] k = new double[factor.length][factor.length];
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        for (int t = 0; t < k.length; t++) {
          k[i][j] += factor[i][t] * factor[j][t];
        }
      }
    }
    return k;
  }

  private static double[][] ofFirst(double[][] k) {
    double[][] first = new double[4][];
    Arrays.setAll(first, i -> Arrays.copyOf(k[i], 4));
    return first;
  }

  private static double[][] ofDifferences(double[][] k) {
    double[][] d = new double[8][8];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        d[i][j] = k[i][j];
        d[i][4 + j] = k[i][4 + j] - k[i][j];
        d[4 + j][i] = d[i][4 + j];
        d[4 + i][4 + j] = k[4 + i][4 + j] - k[i][4 + j] - k[4 + i][j] + k[i][j];
      }
    }
    return d;
  }
}
