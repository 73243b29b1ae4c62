package org.phasemap.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import org.phasemap.spec.Replicates;

/**
 * What of a cell is measured, and whether that is enough. Decided at fixed checkpoints from the
 * first replicates by number, so neither the order of the work nor its interruptions matter.
 */
final class CellProgress {
  private static final double[] NONE = {};

  /** Where Student's t ends a two-sided 95 % confidence interval. */
  private static final double UPPER = 0.975;

  /** By degrees of freedom: an inversion takes far longer than the rest of a decision. */
  private static final Map<Integer, Double> T = new ConcurrentHashMap<>();

  private final Replicates wanted;
  private final BitSet done = new BitSet();
  private final List<double[]> values = new ArrayList<>();

  CellProgress(Replicates wanted) {
    this.wanted = wanted;
  }

  /**
   * How many replicates a cell should have.
   *
   * @param replicates 0 to this number, not included
   * @param stop why no more; null while these are not all measured
   */
  record Decision(int replicates, @Nullable Stop stop) {}

  /**
   * Adds a row. Those that the cell never wants decide nothing.
   *
   * @param row the quantities that decide, NaN where one has no value
   */
  void add(int replicate, double[] row) {
    if (replicate >= wanted.max()) {
      return;
    }
    done.set(replicate);
    while (values.size() <= replicate) {
      values.add(NONE);
    }
    values.set(replicate, row);
  }

  Decision decide() {
    for (int checkpoint : wanted.checkpoints()) {
      if (done.nextClearBit(0) < checkpoint) {
        return new Decision(checkpoint, null);
      }
      Stop stop = stop(checkpoint);
      if (stop != null) {
        return new Decision(checkpoint, stop);
      }
    }
    return new Decision(wanted.max(), Stop.MAX);
  }

  /** Replicates that should be measured next. */
  BitSet missing() {
    BitSet missing = new BitSet();
    missing.set(0, decide().replicates);
    missing.andNot(done);
    return missing;
  }

  private @Nullable Stop stop(int checkpoint) {
    if (wanted.isFixed()) {
      return Stop.FIXED;
    }
    boolean narrow = true;
    int quantity = 0;
    for (double bound : wanted.until().values()) {
      double halfWidth = halfWidth(quantity++, checkpoint);
      if (Double.isNaN(halfWidth)) {
        return Stop.NOT_FINITE;
      }
      narrow &= halfWidth <= bound;
    }
    return narrow ? Stop.UNTIL : null;
  }

  /**
   * Of the 95 % confidence interval of a mean; NaN where fewer than two replicates have a value.
   */
  private double halfWidth(int quantity, int checkpoint) {
    double[] x =
        values.stream()
            .limit(checkpoint)
            .mapToDouble(row -> row[quantity])
            .filter(Double::isFinite)
            .toArray();
    if (x.length < 2) {
      return Double.NaN;
    }
    return T.computeIfAbsent(x.length - 1, CellProgress::quantile)
        * Math.sqrt(StatUtils.variance(x) / x.length);
  }

  private static double quantile(int degrees) {
    return new TDistribution(null, degrees).inverseCumulativeProbability(UPPER);
  }
}
