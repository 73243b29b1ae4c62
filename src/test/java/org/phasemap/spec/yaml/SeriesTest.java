package org.phasemap.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.spec.yaml.NumberType.Real;
import org.phasemap.spec.yaml.NumberType.Whole;

class SeriesTest {
  private static final Series<Double> REALS = new Series<>(Real.between(-1e12, 1e12));
  private static final Series<Integer> WHOLES = new Series<>(Whole.ints(1, 100_000));

  private static <T extends Number> List<T> read(Series<T> series, String yaml) {
    Node node = Objects.requireNonNull(Yaml.read(yaml, line -> "t"));
    return series.read(new Place("axis", node, Rules.unlimited(key -> Optional.empty())));
  }

  static Stream<Arguments> reals() {
    return Stream.of(
        arguments("0.5", List.of(0.5)),
        arguments("[2, 0.5]", List.of(2.0, 0.5)),
        arguments("{from: 0.1, to: 0.5, step: 0.1}", List.of(0.1, 0.2, 0.3, 0.4, 0.5)),
        arguments("{from: 0, to: 1, step: 0.3}", List.of(0.0, 0.3, 0.6, 0.9)),
        arguments(
            "{from: 0, to: 1, step: 0.33333333333}",
            List.of(0.0, 0.33333333333, 0.66666666666, 1.0)),
        arguments(
            "{from: 0, to: 1, step: 0.33333333334}",
            List.of(0.0, 0.33333333334, 0.66666666668, 1.0)),
        arguments("{from: 1, to: 2, step: 5}", List.of(1.0)),
        arguments("{from: 1, to: 1, step: 5}", List.of(1.0)),
        arguments("{from: -0.2, to: 0.2, step: 0.1}", List.of(-0.2, -0.1, 0.0, 0.1, 0.2)),
        arguments("{from: 0.7, to: 0.7, count: 1}", List.of(0.7)),
        arguments("{from: 0.1, to: 0.7, count: 4}", List.of(0.1, 0.3, 0.5, 0.7)),
        arguments("{from: 0, to: 1, count: 4}", List.of(0.0, 1 / 3.0, 2 / 3.0, 1.0)),
        arguments(
            "{from: 0.001, to: 1000, count: 7, scale: log}",
            List.of(0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0)),
        arguments("{from: 1, to: 2, count: 3, scale: log}", List.of(1.0, 1.41421356237, 2.0)),
        arguments("{from: 1, to: 3, count: 3, scale: linear}", List.of(1.0, 2.0, 3.0)));
  }

  @ParameterizedTest
  @MethodSource("reals")
  void pointsOfRealsAreCleanDecimals(String yaml, List<Double> points) {
    assertThat(read(REALS, yaml)).isEqualTo(points);
  }

  static Stream<Arguments> wholes() {
    return Stream.of(
        arguments(
            "{from: 4, to: 64, count: 9, scale: log}", List.of(4, 6, 8, 11, 16, 23, 32, 45, 64)),
        arguments("{from: 1, to: 4, count: 9, scale: log}", List.of(1, 2, 3, 4)),
        arguments("{from: 1, to: 10, count: 4}", List.of(1, 4, 7, 10)),
        arguments("{from: 1, to: 10, count: 5}", List.of(1, 3, 6, 8, 10)),
        arguments("{from: 1, to: 10, step: 4}", List.of(1, 5, 9)));
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void pointsOfWholeNumbersAreRoundedAndMerged(String yaml, List<Integer> points) {
    assertThat(read(WHOLES, yaml)).isEqualTo(points);
  }

  @Test
  void noErrorAccumulates() {
    List<Double> points = read(REALS, "{from: 0, to: 99, step: 0.001}");
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i <= 99_000; i++) {
      expected.add(i / 1000.0);
    }
    assertThat(points).isEqualTo(expected);
  }
}
