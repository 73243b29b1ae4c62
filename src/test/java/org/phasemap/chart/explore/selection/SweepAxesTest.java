package org.phasemap.chart.explore.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.phasemap.quantity.Axis;

/** What is drawn first of a sweep is what it varies. */
class SweepAxesTest {
  private static final List<Object> ONE_SIGMA = List.of(1.0);
  private static final List<Object> SIGMAS = List.of(0.5, 1.0, 2.0);

  private static SweepAxes axes(
      List<Object> sigma, List<Object> widths, int activations, int architectures) {
    Map<Axis<?>, List<Object>> values = new LinkedHashMap<>();
    values.put(Axis.ACTIVATION, names(activations));
    values.put(Axis.ARCHITECTURE, names(architectures));
    values.put(Axis.WIDTH, widths);
    values.put(Axis.DEPTH, List.of(4, 8));
    values.put(Axis.SIGMA_MULTIPLIER, sigma);
    return new SweepAxes("propagation", values, true);
  }

  private static List<Object> names(int count) {
    return IntStream.range(0, count).<Object>mapToObj(i -> "name " + i).toList();
  }

  @Test
  void anAxisWithOneValueIsNotDrawnAlong() {
    SweepAxes overSigma = axes(SIGMAS, List.of(64), 1, 1);
    assertThat(overSigma.usualX()).isEqualTo(Axis.SIGMA_MULTIPLIER);
    assertThat(overSigma.usualY(overSigma.usualX())).isEqualTo(Axis.DEPTH);
    SweepAxes atOneSigma = axes(ONE_SIGMA, List.of(32, 128), 1, 1);
    assertThat(atOneSigma.usualX()).isEqualTo(Axis.DEPTH);
    assertThat(atOneSigma.usualY(atOneSigma.usualX())).isEqualTo(Axis.WIDTH);
  }

  @Test
  void activationsAndArchitecturesHaveAMapEachAsLongAsTheseCanBeLookedAt() {
    assertThat(facets(3, 1)).containsExactly(Axis.ACTIVATION);
    assertThat(facets(1, 5)).containsExactly(Axis.ARCHITECTURE);
    assertThat(facets(2, 5)).containsExactly(Axis.ACTIVATION, Axis.ARCHITECTURE);
    assertThat(facets(2, 9)).containsExactly(Axis.ARCHITECTURE);
    assertThat(facets(1, 1)).isEmpty();
  }

  private static List<Axis<?>> facets(int activations, int architectures) {
    return axes(SIGMAS, List.of(64), activations, architectures)
        .usualFacets(Axis.SIGMA_MULTIPLIER, Axis.DEPTH);
  }
}
