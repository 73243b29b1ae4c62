package org.phasemap.theory.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.ActivatedBatch;
import org.phasemap.theory.architecture.norm.BatchNormGrowth;
import org.phasemap.theory.gauss.Sample;
import org.phasemap.theory.limit.LayerLaw;

/** Integrals of batch norm after φ against draws of batches, closed forms and limits. */
class ActivatedBatchTest {
  private static final int DRAWS = 60_000;

  private final Random random = new Random(8);

  /**
   * Batches are drawn with 1/‖Gz‖² as a part of their law, ‖Gz‖² having B − 3 degrees of freedom in
   * place of B − 1, so that the rest of 1/S has a variance.
   *
   * @param ratio p/q
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 4, 1.6, 0.5",
    "gelu, 5, 1.6, -0.1",
    "sin, 6, 1, -0.2",
    "abs, 7, 1, 0.3",
    "relu, 8, 1.6, -0.142857142857142857",
    "relu, 16, 2, -0.0666666666666667",
    "relu, 40, 2, 0",
    "tanh, 8, 1.6, -0.142857142857142857",
    "tanh, 8, 1.6, 0.5",
    "tanh, 12, 4, 0.9",
    "gelu, 8, 1.6, -0.06",
    "gelu, 16, 1.6, 0.5",
    "erf, 8, 9, -0.1",
    "elu, 10, 0.3, 0.2",
    "abs, 9, 1, 0.3",
    "sin, 12, 4, -0.09",
    "leaky_relu(0.2), 8, 1, 0.7",
    "leaky_relu(0.2), 8, 1, 0.99",
    "abs, 9, 1, 0.97"
  })
  void integralsAreThoseOfDrawnBatches(String name, int batch, double q, double ratio) {
    areThoseOfDraws(Activations.parse(name), batch, q, ratio * q, DRAWS, 0.01);
  }

  /**
   * Where inputs are nearly alike few units see both sides of a kink: steps that are too long count
   * those as a fifth of all. Errors of selu are then small, and so are those of its draws.
   */
  @ParameterizedTest
  @CsvSource({"abs, 8, 0.999, 0.002", "leaky_relu(0.2), 8, 0.999, 0.002", "selu, 8, 0.99, 0.001"})
  void batchesThatAreNearlyAlikeSeldomSeeAKink(String name, int batch, double p, double error) {
    areThoseOfDraws(Activations.parse(name), batch, 1, p, 4 * DRAWS, error);
  }

  /** Any φ that is homogeneous is then linear for nearly all units. */
  @ParameterizedTest
  @CsvSource({"abs, 0.9999999999", "leaky_relu(0.2), 0.9999999999"})
  void batchesThatAreAlikeSeeNoKink(String name, double p) {
    ActivatedBatch found = ActivatedBatch.of(Activations.parse(name), 9, 1, p);
    double linear = 7 / (9 * 6 * (1 - p));
    assertThat(found.own()).isCloseTo(linear, within(1e-4 * linear));
  }

  private void areThoseOfDraws(
      Activation f, int batch, double q, double p, int draws, double error) {
    ActivatedBatch expected = ActivatedBatch.of(f, batch, q, p);
    Sample own = new Sample();
    Sample cross = new Sample();
    for (int i = 0; i < draws; i++) {
      double[] z = new double[batch];
      double weight = draw(z, q, p);
      double[] both = slopes(f, z);
      own.add(weight * both[0]);
      cross.add(weight * both[1]);
    }
    own.hasMean(expected.own(), error * expected.own());
    cross.hasMean(expected.cross(), 2 * error * expected.own());
  }

  /** Fills a batch and returns its weight. */
  private double draw(double[] z, double q, double p) {
    int batch = z.length;
    double mean = 0;
    for (int i = 0; i < batch; i++) {
      z[i] = random.nextGaussian();
      mean += z[i] / batch;
    }
    double square = 0;
    for (double each : z) {
      square += (each - mean) * (each - mean);
    }
    double wanted = 0;
    for (int i = 0; i < batch - 3; i++) {
      double draw = random.nextGaussian();
      wanted += draw * draw;
    }
    double common = Math.sqrt(Math.max(0, (q + (batch - 1) * p) / batch)) * random.nextGaussian();
    double factor = Math.sqrt((q - p) * wanted / square);
    for (int i = 0; i < batch; i++) {
      z[i] = factor * (z[i] - mean) + common;
    }
    return wanted / (batch - 3);
  }

  /** Means of φ′²P_aa/S and φ′φ′P_ab/S over a batch; 0 where φ makes it constant. */
  private static double[] slopes(Activation f, double[] z) {
    double b = z.length;
    double mean = 0;
    for (double each : z) {
      mean += f.value(each) / b;
    }
    double s = 0;
    double squares = 0;
    double sum = 0;
    double along = 0;
    double own = 0;
    for (double each : z) {
      double apart = f.value(each) - mean;
      s += apart * apart;
    }
    if (s == 0) {
      return new double[2];
    }
    for (double each : z) {
      double apart = f.value(each) - mean;
      double slope = f.derivative(each);
      squares += slope * slope;
      sum += slope;
      along += slope * apart;
      own += slope * slope * (1 - 1 / b - apart * apart / s);
    }
    double all = squares - sum * sum / b - along * along / s;
    return new double[] {own / b / s, (all - own) / (b * (b - 1)) / s};
  }

  /** P is then what it is without φ: tr P = B − 2, E 1/S = 1/((q − p)(B − 3)). */
  @ParameterizedTest
  @CsvSource({
    "4, 1, -0.3",
    "5, 1.7, 0.5",
    "7, 1, 0.9",
    "8, 1, -0.14", "9, 1.7, -0.1", "12, 1.6, 1.5", "64, 3, 0", "500, 1, 0.2"})
  void linearUnitsHaveAClosedForm(int batch, double q, double p) {
    ActivatedBatch found = ActivatedBatch.of(Activations.LINEAR, batch, q, p);
    double own = (batch - 2.0) / (batch * (batch - 3.0) * (q - p));
    assertThat(found.own()).isCloseTo(own, within(1e-5 * own));
    assertThat(found.cross()).isCloseTo(-own / (batch - 1), within(1e-5 * own));
  }

  /**
   * A unit's bias b moves its whole batch: the limit is the mean over b of σ_w² D/Var φ about b,
   * from which a batch of B differs by some 5/B.
   */
  @ParameterizedTest
  @CsvSource({"relu, 2, 0", "tanh, 1, 0.1", "gelu, 1.5, 0.3", "elu, 1, 0"})
  void largeBatchesTendToTheInfiniteOne(String name, double sigmaW2, double sigmaB2) {
    Activation f = Activations.parse(name);
    double limit = 0;
    for (double b = -8; b <= 8; b += 0.25) {
      double mean = b * Math.sqrt(sigmaB2);
      limit +=
          0.25 * Erf.normalDensity(b) * BatchNormGrowth.infiniteBatch(f, Math.sqrt(sigmaW2), mean);
    }
    LayerLaw law = new LayerLaw(f, sigmaW2, sigmaB2);
    double far = BatchNormGrowth.afterActivation(law, 500) - limit;
    double near = BatchNormGrowth.afterActivation(law, 2000) - limit;
    assertThat(far).isCloseTo(0, within(0.02));
    assertThat(far / near).isCloseTo(4, within(0.15));
    if (sigmaB2 == 0) {
      assertThat(BatchNormGrowth.afterActivation(law)).isCloseTo(limit, within(1e-9));
    }
  }

  /** Rows {@code measured_batch_norm_after_rate_*} of architecture_values.csv: wide networks. */
  @ParameterizedTest
  @CsvSource({"16, 1.678924, 0.00816", "32, 1.56247, 0.00436"})
  void growthIsAsMeasuredElsewhere(int batch, double measured, double error) {
    LayerLaw law = new LayerLaw(Activations.RELU, 2, 0);
    assertThat(BatchNormGrowth.afterActivation(law, batch)).isCloseTo(measured, within(error));
  }

  /**
   * Where two inputs alone are alive and both hardly so, S is of second order in them, and so is
   * the area: E 1/S is a logarithm of nothing.
   */
  @Test
  void whereThereIsNoSecondMomentThereIsNoNumber() {
    assertThatThrownBy(() -> ActivatedBatch.of(Activations.RELU, 16, 1.6, 0.8))
        .isInstanceOf(OutsideDomainException.class)
        .hasMessageContaining("a unit may be alive for two inputs alone");
    assertThatThrownBy(() -> ActivatedBatch.of(Activations.RELU, 12, 1, 0))
        .isInstanceOf(OutsideDomainException.class);
    assertThatThrownBy(() -> ActivatedBatch.of(Activations.TANH, 8, 900, 899))
        .isInstanceOf(OutsideDomainException.class)
        .hasMessageContaining("saturates");
    assertThatThrownBy(() -> ActivatedBatch.of(Activations.TANH, 3, 1, 0))
        .isInstanceOf(OutsideDomainException.class)
        .hasMessageContaining("no second moment");
    assertThatThrownBy(() -> ActivatedBatch.of(Activations.TANH, 4, 3, -1))
        .isInstanceOf(OutsideDomainException.class)
        .hasMessageContaining("units with a bias");
  }

  /** Minutes of work and gigabytes are refused, and numbers below the range of doubles. */
  @ParameterizedTest
  @CsvSource({
    "sin, 1000, -0.14285714, take too long",
    "sin, 1e7, 0.9999999, too much alike",
    "gelu, 1e4, 0.9999, saturates"
  })
  void whatTakesTooLongIsRefused(String name, double q, double ratio, String why) {
    assertThatThrownBy(() -> ActivatedBatch.of(Activations.parse(name), 8, q, ratio * q))
        .isInstanceOf(OutsideDomainException.class)
        .hasMessageContaining(why);
  }
}
