package org.phasemap.theory.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.RandomLaws;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.Phases;
import org.phasemap.theory.limit.SignalMaps;

/** Duals at variances far above φ's own scale: as exact as slow quadrature, and fast. */
class FarInputsTest {
  private static final double[] DELTAS = {1e-12, 1e-6, 1e-3, 0.03, 0.4, 1, 1.6, 1.99};

  static Stream<Activation> activations() {
    return RandomLaws.scaled()
        .filter(f -> !f.equals(Activations.HARD_TANH) && !f.equals(Activations.SIN));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreesWithQuadratureInPolarCoordinates(Activation f) {
    for (double q : new double[] {2.1, 3.3, 40, 3e3, 1e6}) {
      DualActivation dual = Duals.of(f, q);
      PolarDual polar = new PolarDual(f, q);
      for (double delta : DELTAS) {
        double deficit = polar.deficit(delta);
        double slopes = polar.derivative(delta);
        // Differences of values cost the polar rule digits where it has no formula for them.
        boolean plain = f.equals(Activations.GELU) || f.equals(Activations.ERF);
        double share = plain && q * delta < 1e-3 ? 1e-3 : 1e-12;
        assertThat(dual.deficit(delta))
            .as("%s, q %s, 1 - c %s", f, q, delta)
            .isCloseTo(deficit, within(share * deficit));
        assertThat(dual.derivative(delta))
            .as("%s, q %s, 1 - c %s", f, q, delta)
            .isCloseTo(slopes, within(1e-12 * polar.derivative(1e-12)));
      }
    }
  }

  /** Of the closed form, with 60 digits, by mpmath. */
  @ParameterizedTest
  @CsvSource({
    "gelu, 1e12, 1e-12, 0.49999994506322003",
    "gelu, 1e9, 1e-12, 0.00050000177451528054",
    "gelu, 1e7, 1e-8, 0.050001311534205441",
    "gelu, 1e5, 0.02, 957.54718530048112",
  })
  void valuesOfManyDigits(String activation, double q, double delta, double deficit) {
    assertThat(Duals.of(Activations.parse(activation), q).deficit(delta))
        .isCloseTo(deficit, within(2e-14 * deficit));
  }

  /** asin(1 − ε) has half the digits of ε: E erf² = 1 − (2/π) acos(2q/(1 + 2q)). */
  @Test
  void erfsSecondMomentAndOppositeInputsKeepTheirDigits() {
    DualActivation erf = Duals.of(Activations.parse("erf"), 1e12);
    assertThat(1 - erf.secondMoment()).isCloseTo(2 / Math.PI * 1e-6, within(1e-15));
    // Odd: E φφ at −c is −E φφ at c.
    DualActivation moderate = Duals.of(Activations.parse("erf"), 5);
    double near = Math.scalb(1.0, -30);
    assertThat(moderate.product(2 - near)).isCloseTo(-moderate.product(near), within(4e-16));
  }

  /** Far below 0 the increment is that of the values: e^v (e^(u − v) − 1) is 0 times infinity. */
  @Test
  void exponentialsFarApartHaveAnIncrement() {
    Activation elu = Activations.parse("elu");
    assertThat(elu.difference(-1, -2000, 1999)).isCloseTo(Math.exp(-1), within(1e-16));
    assertThat(new PolarDual(elu, 1e7).deficit(1.5)).isPositive();
  }

  private static double milliseconds(Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 4; i++) {
      long start = threads.getCurrentThreadCpuTime();
      work.run();
      least = Math.min(least, (threads.getCurrentThreadCpuTime() - start) / 1e6);
    }
    return least;
  }

  /**
   * A point, its phase and 60 layers: 20 ms at most, twice that where the JVM has not compiled all.
   * The quadratures of before took 300 to 1,500.
   */
  @ParameterizedTest
  @MethodSource("activations")
  void noPointOfAMapIsSlow(Activation f) {
    for (double sigmaW2 : new double[] {1.99, 10, 1e9}) {
      LayerLaw law = new LayerLaw(f, sigmaW2, 0.05);
      double time =
          milliseconds(
              () -> {
                PhasePoint.of(law);
                Phases.of(law);
                SignalMaps.propagate(law, 1, 0.5, 60);
              });
      assertThat(time).as("%s", law).isLessThan(40);
    }
  }
}
