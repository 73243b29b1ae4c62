package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.architecture.skip.Increment;
import org.phasemap.theory.architecture.skip.ReflectedWalk;
import org.phasemap.theory.architecture.skip.StreamLaw;
import org.phasemap.theory.gauss.Sample;

class StreamLawTest {
  /** Spitzer's identity is another way to the moments of x′ = relu(x + g). */
  @ParameterizedTest
  @CsvSource({"0", "1", "3", "16", "60"})
  void reluIsLindleysWalk(int blocks) {
    Activation relu = Activations.RELU;
    StreamLaw x = StreamLaw.normal(1, relu).through(relu);
    for (int l = 0; l < blocks; l++) {
      x = x.plus(Increment.normal(1), relu).through(relu);
    }
    assertThat(x.mean(u -> u)).isCloseTo(ReflectedWalk.mean(blocks), within(1e-9));
    double second = ReflectedWalk.secondMoment(blocks);
    assertThat(x.mean(u -> u * u) / second).isCloseTo(1, within(1e-9));
  }

  /** Kurtoses add up: that of one of B normalised values is −6/(B + 1). */
  @ParameterizedTest
  @CsvSource({"8, 1e-6", "12, 1e-8", "64, 1e-9"})
  void normalisedValuesHaveTheirFourthMoment(int batch, double error) {
    Activation linear = Activations.LINEAR;
    StreamLaw x = StreamLaw.normal(0.5, linear);
    int blocks = 4;
    for (int l = 0; l < blocks; l++) {
      x = x.plus(Increment.normalised(1, batch), linear).through(linear);
    }
    double variance = 0.5 + blocks;
    double fourth = 3 * variance * variance - 6.0 * blocks / (batch + 1);
    assertThat(x.mean(u -> u * u)).isCloseTo(variance, within(error * variance));
    assertThat(x.mean(u -> u * u * u * u)).isCloseTo(fourth, within(error * fourth));
  }

  /** E of a product of slopes along the walk, from above, by chance. */
  @ParameterizedTest
  @CsvSource({"relu, 0", "tanh, 0", "gelu, 0", "sin, 0", "hard_tanh, 0", "elu, 12", "relu, 8"})
  void slopesAlongTheWalk(String name, int batch) {
    Activation f = Activations.parse(name);
    double[] variance = {1.3, 0.2, 2.0};
    StreamLaw first = StreamLaw.normal(0.7, f);
    StreamLaw[] sums = new StreamLaw[variance.length];
    StreamLaw x = first.through(f);
    for (int l = 0; l < variance.length; l++) {
      sums[l] = x.plus(increment(variance[l], batch), f);
      x = sums[l].through(f);
    }
    double[] values = x.each(u -> u * u);
    for (int l = variance.length - 1; l >= 0; l--) {
      double[] above = values;
      double[] slopes = sums[l].each(u -> f.derivative(u) * f.derivative(u));
      for (int j = 0; j < slopes.length; j++) {
        slopes[j] *= above[j];
      }
      values = sums[l].given(slopes);
    }

    Random random = new Random(5);
    Sample sample = new Sample();
    for (int r = 0; r < 100_000; r++) {
      double at = f.value(Math.sqrt(0.7) * random.nextGaussian());
      double product = 1;
      for (double v : variance) {
        double sum = at + Math.sqrt(v) * step(random, batch);
        product *= f.derivative(sum) * f.derivative(sum);
        at = f.value(sum);
      }
      sample.add(product * at * at);
    }
    sample.hasMean(first.through(f).mean(values), 0.02);
  }

  private static Increment increment(double variance, int batch) {
    return batch == 0 ? Increment.normal(variance) : Increment.normalised(variance, batch);
  }

  /** A normal number, or one of a batch less its mean and over its deviation. */
  private static double step(Random random, int batch) {
    if (batch == 0) {
      return random.nextGaussian();
    }
    double first = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < batch; i++) {
      double z = random.nextGaussian();
      first = i == 0 ? z : first;
      sum += z / batch;
      squares += z * z / batch;
    }
    return (first - sum) / Math.sqrt(squares - sum * sum);
  }

  @Test
  void nothingAddedIsTheSameLaw() {
    StreamLaw x = StreamLaw.normal(2, Activations.TANH).through(Activations.TANH);
    StreamLaw same = x.plus(Increment.normal(0), Activations.TANH);
    assertThat(same.mean(u -> u * u)).isEqualTo(x.mean(u -> u * u));
    double[] values = {1, 2, 3};
    assertThat(same.given(values)).isEqualTo(values);
  }
}
