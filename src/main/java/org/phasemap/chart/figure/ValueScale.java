package org.phasemap.chart.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.phasemap.chart.Cividis;
import org.phasemap.quantity.Look;

/**
 * Which value has which colour.
 *
 * @param low value of the first colour
 * @param high value of the last
 * @param squeezed whether steps grow with the distance from 0: linear up to ±1, logarithmic beyond
 * @param ticks values that are marked beside the colours
 * @param below whether some values lie below the first colour's
 * @param above whether some lie above the last's
 */
record ValueScale(
    double low, double high, boolean squeezed, List<Double> ticks, boolean below, boolean above) {
  private static final double[] DECADES = {1, 3, 10, 30, 100, 300, 1000, 3000, 10_000};
  private static final double[] NICE = {1, 1.5, 2, 3, 4, 5, 6, 8, 10};

  /** Ranges beyond this are squeezed. */
  private static final double WIDE = 5;

  private static final int TICKS = 5;

  /** How far behind a value that stands alone a squeezed scale ends. */
  private static final double ALONE = 4.0 / 3;

  /** What lies further from the middle half of the values than ten times its width is odd. */
  private static final double FENCE = 10;

  /** z beyond ±4 has the last colour. */
  private static final double Z = 4;

  /** Of z-scores. */
  static ValueScale ofScores(double[] values) {
    return even(-Z, Z, outside(values, -Z, Z));
  }

  /**
   * Of a quantity.
   *
   * @param kind a {@link Look} in lower case
   * @param values all that are shown, finite
   */
  static ValueScale of(String kind, double[] values) {
    if (values.length == 0) {
      return even(0, 1, new boolean[2]);
    }
    return switch (Look.valueOf(kind.toUpperCase(Locale.ROOT))) {
      case GAIN -> centred(values, 0.1);
      case CENTRED -> centred(values, 1e-6);
      case SHARE -> {
        boolean signed = Arrays.stream(values).anyMatch(v -> v < -0.05);
        yield even(signed ? -1 : 0, 1, new boolean[2]);
      }
      case PLAIN, NONE -> robust(values);
    };
  }

  private static boolean[] outside(double[] values, double low, double high) {
    return new boolean[] {
      Arrays.stream(values).anyMatch(v -> v < low), Arrays.stream(values).anyMatch(v -> v > high)
    };
  }

  private static ValueScale even(double low, double high, boolean[] outside) {
    List<Double> ticks = Ticks.even(low, high, TICKS);
    return new ValueScale(low, high, false, ticks, outside[0], outside[1]);
  }

  /** Symmetric about 0. A value that stands alone is not at the end: no other is less. */
  private static ValueScale centred(double[] values, double least) {
    double reach = Math.max(least, Arrays.stream(values).map(Math::abs).max().orElseThrow());
    boolean alone = Arrays.stream(values).distinct().count() == 1;
    double high = niceAbove(alone ? Math.max(2 * reach, Math.sinh(ALONE * asinh(reach))) : reach);
    if (high <= WIDE) {
      return even(-high, high, new boolean[2]);
    }
    double[] decades = Arrays.stream(DECADES).filter(v -> v <= high).toArray();
    List<Double> ticks =
        DoubleStream.concat(
                DoubleStream.concat(
                    Arrays.stream(decades).map(v -> -v).sorted(), DoubleStream.of(0)),
                Arrays.stream(decades))
            .boxed()
            .toList();
    return new ValueScale(-high, high, true, ticks, false, false);
  }

  /**
   * From the 1 % to the 99 % quantile, and to what is within {@link #FENCE}: a few odd cells do not
   * take all the colours, such as the losses of networks that diverged.
   */
  private static ValueScale robust(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double fence = FENCE * (quantile(sorted, 0.75) - quantile(sorted, 0.25));
    double least = quantile(sorted, 0.25) - (fence > 0 ? fence : Double.POSITIVE_INFINITY);
    double most = quantile(sorted, 0.75) + (fence > 0 ? fence : Double.POSITIVE_INFINITY);
    double[] within = Arrays.stream(sorted).filter(v -> v >= least && v <= most).toArray();
    double low = Math.max(quantile(sorted, 0.01), within[0]);
    double high = Math.min(quantile(sorted, 0.99), within[within.length - 1]);
    if (!(high > low)) {
      double half = low == 0 ? 0.5 : Math.abs(low) / 2;
      return even(low - half, low + half, outside(values, low - half, low + half));
    }
    double grain = Math.pow(10, Math.floor(Math.log10(high - low)) - 1);
    low = Math.floor(low / grain) * grain;
    high = Math.ceil(high / grain) * grain;
    return even(low, high, outside(values, low, high));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static double niceAbove(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    return Arrays.stream(NICE)
        .map(m -> m * power)
        .filter(m -> m >= value * 0.9999)
        .findFirst()
        .orElseThrow();
  }

  /** A value's share of the colours, from 0 to 1. */
  double unit(double value) {
    double unit = squeezed ? 0.5 + 0.5 * asinh(value) / asinh(high) : (value - low) / (high - low);
    return Math.max(0, Math.min(1, unit));
  }

  int rgb(double value) {
    return Cividis.at(unit(value));
  }

  private static double asinh(double x) {
    return Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1));
  }
}
