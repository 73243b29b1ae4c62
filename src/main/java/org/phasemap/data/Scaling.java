package org.phasemap.data;

import java.util.Arrays;
import org.phasemap.network.UserException;

/**
 * Affine maps to mean 0 and mean square 1 over the training examples, one for all components or one
 * for each: (x · unit − shift − rest)/scale. What is the same in all of them becomes 0. Pixels
 * share one map, since they share a unit. Columns have their own: the largest would hide the
 * others.
 *
 * <p>All of this is float64, and only its result is rounded to float32, which cannot tell the
 * values of a column of Unix times apart. Mean and variance are the two-pass ones, corrected for
 * the rounding of the mean (Chan, Golub and LeVeque 1983, eq. 1.7). The mean itself is corrected
 * only where float32 could see it: sets whose sums are exact, such as images, keep their bits.
 *
 * @param unit a power of two that brings the largest value into [1, 2), so that no square overflows
 *     or underflows; it changes no other bit
 * @param shift the mean in that unit
 * @param rest what float64 cannot hold of the mean
 * @param scale the standard deviation; 1 for what does not change
 * @param changing the number of maps whose values are not all the same
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Scaling(double[] unit, double[] shift, double[] rest, double[] scale, int changing) {
  /** An error of the mean, in standard deviations, below a quarter of float32's spacing at 1. */
  private static final double UNSEEN = 0x1p-26;

  /** One map for all components, as for pixels. */
  static Scaling ofAll(RawExamples train) {
    return new Fit(train, new int[train.dimension()], 1).scaling();
  }

  /** A map for each component, as for the columns of a table. */
  static Scaling ofEach(RawExamples train) {
    int[] map = new int[train.dimension()];
    Arrays.setAll(map, i -> i);
    return new Fit(train, map, map.length).scaling();
  }

  /** Refuses training examples of a file that are all the same: scaled they are all 0. */
  void checkChanging(String file) {
    if (changing == 0) {
      throw new UserException(
          file + ": all training examples are the same; expected at least two that differ");
    }
  }

  /**
   * Scaled examples.
   *
   * @return features of which some are infinite where test examples lie too far from the training
   *     examples for float32
   */
  Examples applied(RawExamples raw) {
    int n0 = raw.dimension();
    float[] features = new float[Math.multiplyExact(n0, raw.count())];
    for (int j = 0; j < raw.count(); j++) {
      for (int i = 0; i < n0; i++) {
        int k = scale.length == 1 ? 0 : i;
        double x = raw.features().at(j, i) * unit[k];
        features[j * n0 + i] = (float) ((x - shift[k] - rest[k]) / scale[k]);
      }
    }
    return new Examples(n0, features, raw.labels());
  }

  /** Finds the maps of training examples; component i belongs to map {@code map[i]}. */
  private static final class Fit {
    private final RawExamples train;
    private final int[] map;
    private final double count;
    private final double[] unit;
    private final double[] shift;
    private final double[] error;
    private final double[] deviation;

    Fit(RawExamples train, int[] map, int maps) {
      this.train = train;
      this.map = map;
      count = (double) train.count() * map.length / maps;
      unit = new double[maps];
      shift = new double[maps];
      error = new double[maps];
      deviation = new double[maps];
    }

    Scaling scaling() {
      double[] low = new double[unit.length];
      double[] high = new double[unit.length];
      Arrays.fill(low, Double.POSITIVE_INFINITY);
      Arrays.fill(high, Double.NEGATIVE_INFINITY);
      forEach(
          (k, x) -> {
            low[k] = Math.min(low[k], x);
            high[k] = Math.max(high[k], x);
          });
      Arrays.setAll(unit, k -> low[k] == high[k] ? 1 : unit(Math.max(-low[k], high[k])));
      forEach((k, x) -> shift[k] += x * unit[k]);
      Arrays.setAll(shift, k -> low[k] == high[k] ? low[k] : shift[k] / count);
      lookAround();
      if (isErrorSeen()) {
        Arrays.setAll(shift, k -> shift[k] + seen(k));
        lookAround();
      }
      double[] rest = new double[unit.length];
      Arrays.setAll(rest, this::seen);
      double[] scale = Arrays.stream(deviation).map(s -> s > 0 ? s : 1).toArray();
      int changing = (int) Arrays.stream(deviation).filter(s -> s > 0).count();
      return new Scaling(unit, shift, rest, scale, changing);
    }

    /** The error of the mean, and the standard deviation. */
    private void lookAround() {
      Arrays.fill(error, 0);
      Arrays.fill(deviation, 0);
      forEach(
          (k, x) -> {
            double difference = x * unit[k] - shift[k];
            error[k] += difference;
            deviation[k] += difference * difference;
          });
      for (int k = 0; k < unit.length; k++) {
        error[k] /= count;
        deviation[k] = Math.sqrt(deviation[k] / count - error[k] * error[k]);
      }
    }

    private boolean isErrorSeen() {
      for (int k = 0; k < unit.length; k++) {
        if (seen(k) != 0) {
          return true;
        }
      }
      return false;
    }

    /** The error of the mean, or 0 where float32 cannot see it. */
    private double seen(int k) {
      return Math.abs(error[k]) <= UNSEEN * deviation[k] ? 0 : error[k];
    }

    private static double unit(double largest) {
      return Math.scalb(1.0, -Math.max(Math.getExponent(largest), Double.MIN_EXPONENT));
    }

    private void forEach(Visitor visitor) {
      for (int j = 0; j < train.count(); j++) {
        for (int i = 0; i < map.length; i++) {
          visitor.visit(map[i], train.features().at(j, i));
        }
      }
    }
  }

  /** Sees values with their maps. */
  @FunctionalInterface
  private interface Visitor {
    void visit(int k, double x);
  }
}
