package org.phasemap.spec.yaml;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Evenly spaced points as decimals, each from its index alone: steps of 0.1 give 0.3, and no error
 * accumulates. The same on every machine.
 */
public final class Points {
  private static final double STEP_TOLERANCE = 1e-9;
  private static final MathContext LINEAR = new MathContext(18);
  private static final MathContext LOGARITHMIC = new MathContext(12);

  private Points() {}

  /** How many points {@link #byStep} gives, without making them; at least 1. */
  public static double count(double from, double to, double step) {
    return 1 + Math.floor((to - from) / step * (1 + STEP_TOLERANCE));
  }

  /** from, from + step, …; {@code to} itself where a step lands on it within rounding. */
  public static Stream<BigDecimal> byStep(double from, double to, double step) {
    BigDecimal start = Decimals.shortest(from);
    BigDecimal end = Decimals.shortest(to);
    BigDecimal distance = Decimals.shortest(step);
    BigDecimal close = distance.multiply(new BigDecimal(STEP_TOLERANCE));
    return IntStream.range(0, (int) count(from, to, step))
        .mapToObj(i -> start.add(distance.multiply(BigDecimal.valueOf(i))))
        .map(x -> end.subtract(x).compareTo(close) <= 0 ? end : x);
  }

  /** Points at equal distances, both ends included. */
  public static Stream<BigDecimal> linear(double from, double to, int count) {
    BigDecimal start = Decimals.shortest(from);
    BigDecimal range = Decimals.shortest(to).subtract(start);
    BigDecimal intervals = BigDecimal.valueOf(Math.max(1, count - 1));
    return IntStream.range(0, count)
        .mapToObj(i -> start.add(range.multiply(BigDecimal.valueOf(i)).divide(intervals, LINEAR)));
  }

  /** Points at equal ratios, both ends included, rounded to 12 digits between them. */
  public static Stream<BigDecimal> logarithmic(double from, double to, int count) {
    double ratio = StrictMath.log(to / from);
    List<BigDecimal> ends = List.of(Decimals.shortest(from), Decimals.shortest(to));
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              if (i == 0 || i == count - 1) {
                return ends.get(i == 0 ? 0 : 1);
              }
              double point = from * StrictMath.exp(ratio * i / (count - 1));
              return new BigDecimal(point).round(LOGARITHMIC).max(ends.get(0)).min(ends.get(1));
            });
  }
}
