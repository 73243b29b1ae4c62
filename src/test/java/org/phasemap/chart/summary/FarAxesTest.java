package org.phasemap.chart.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.limit.LayerLaw;

/**
 * What a point of the report's lines takes where σ_w² has 24 decades. {@code
 * -Dphasemap.far.points=241} prints the slowest points of finer axes.
 */
class FarAxesTest {
  private static final int FEW = 25;

  private static final int POINTS = Integer.getInteger("phasemap.far.points", FEW);

  private static final double DECADES = 24;

  /** Layers of the lines over maps that end at depth 64. */
  private static final int LIMIT = 92;

  /**
   * Milliseconds of processor time; three times as long where a test's code is not yet compiled.
   */
  private static final double MOST = 20;

  private static final double NOT_COMPILED = 3;

  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private static List<Activation> all() {
    return Activations.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void noPointIsSlow(Activation activation) {
    double slowest = 0;
    double at = 0;
    double total = 0;
    for (double sigmaB2 : new double[] {0, 0.05}) {
      for (int i = 0; i < POINTS; i++) {
        double sigmaW2 = Math.pow(10, DECADES * (i / (POINTS - 1.0) - 0.5));
        LayerLaw law = new LayerLaw(activation, sigmaW2, sigmaB2);
        double taken = Math.min(milliseconds(law), milliseconds(law));
        total += taken;
        if (taken > slowest) {
          slowest = taken;
          at = sigmaW2;
        }
      }
    }
    double mean = total / (2 * POINTS);
    if (POINTS != FEW) {
      System.out.printf(
          Locale.ROOT, "| %s | %.1f | %.1f | %.0e |%n", activation.name(), mean, slowest, at);
    }
    assertThat(mean).isLessThan(MOST);
    assertThat(slowest).as("sigma_w2 %s", at).isLessThan(NOT_COMPILED * MOST);
  }

  private static double milliseconds(LayerLaw law) {
    long start = THREAD.getCurrentThreadCpuTime();
    BoundaryDepths depths = BoundaryDepths.of(law, 1, 0.5, 8, LIMIT);
    double taken = 1e-6 * (THREAD.getCurrentThreadCpuTime() - start);
    assertThat(depths.stable() < 0).isFalse();
    return taken;
  }
}
