package org.phasemap.analysis;

import java.util.Arrays;

/**
 * What the outcomes of a column say of m = ln L½, by Bayes' rule over the curve's scale s and the
 * share ρ of the {@link ToleranceModel}. Priors are flat in m and ln s, which for replicates that
 * have one tolerance each gives Student's interval with n − 1 degrees of freedom (the right Haar
 * measure of a location and a scale). Simulation holds the intervals to their frequency
 * (docs/boundaries.md).
 */
final class BoundaryPosterior {
  /** m reaches beyond the map by this share of its range: nothing is known there. */
  private static final double MARGIN = 0.5;

  /** Steepest and shallowest s, in gaps of the map: steeper ones it cannot tell apart. */
  private static final double STEEPEST = 0.25;

  private static final double SHALLOWEST = 4;

  /** What is e⁻¹² less likely than the most likely is left out. */
  private static final double NEGLIGIBLE = 12;

  private static final int MOST_ZOOMS = 8;

  /** The grid is fine enough where the posterior fills this share of it. */
  private static final double FILLED = 0.3;

  private final ToleranceModel model;

  /** Where a grid stands: m, then ln s. */
  private record Box(double low, double high, double steep, double shallow) {}

  /**
   * Densities at equidistant m.
   *
   * @param box what is not negligible, and a step around it
   */
  private record Grid(double[] m, double[] density, Box box) {
    /** Where the integral of the density, linear between points, has a share of the whole. */
    double quantile(double share) {
      double total = 0;
      for (int i = 1; i < m.length; i++) {
        total += density[i - 1] + density[i];
      }
      double wanted = share * total;
      double sum = 0;
      for (int i = 1; i < m.length; i++) {
        double piece = density[i - 1] + density[i];
        if (sum + piece >= wanted && piece > 0) {
          return m[i - 1] + (m[i] - m[i - 1]) * (wanted - sum) / piece;
        }
        sum += piece;
      }
      return m[m.length - 1];
    }
  }

  private final Grid grid;

  /**
   * @param outcomes of at least two depths
   */
  BoundaryPosterior(Outcomes outcomes) {
    model = new ToleranceModel(outcomes);
    double[] x = outcomes.lnDepths();
    double margin = MARGIN * outcomes.range();
    Box box =
        new Box(
            x[0] - margin,
            x[x.length - 1] + margin,
            Math.log(STEEPEST * outcomes.gap()),
            Math.log(SHALLOWEST * outcomes.gap()));
    Grid at = grid(box, 32, 10);
    for (int zoom = 0; zoom < MOST_ZOOMS; zoom++) {
      Box next = at.box;
      at = grid(next, 48, 12);
      if (at.box.high - at.box.low > FILLED * (next.high - next.low)) {
        break;
      }
    }
    grid = at;
  }

  /** The m that a share of the posterior lies below. */
  double quantile(double share) {
    return grid.quantile(share);
  }

  private Grid grid(Box box, int columns, int rows) {
    double[] m = points(box.low, box.high, columns);
    double[] lnScale = points(box.steep, box.shallow, rows);
    double[][][] ln = new double[columns][rows][model.shares()];
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < rows; j++) {
        model.lnLikelihood(m[i], Math.exp(lnScale[j]), ln[i][j]);
        most = Math.max(most, Arrays.stream(ln[i][j]).max().orElseThrow());
      }
    }
    double[] density = new double[columns];
    int[] ends = {columns, -1, rows, -1};
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < rows; j++) {
        double weight = j == 0 || j == rows - 1 ? 0.5 : 1;
        for (double value : ln[i][j]) {
          density[i] += weight * Math.exp(value - most);
          if (value > most - NEGLIGIBLE) {
            ends[0] = Math.min(ends[0], i);
            ends[1] = Math.max(ends[1], i);
            ends[2] = Math.min(ends[2], j);
            ends[3] = Math.max(ends[3], j);
          }
        }
      }
    }
    Box kept =
        new Box(
            m[Math.max(0, ends[0] - 1)],
            m[Math.min(columns - 1, ends[1] + 1)],
            lnScale[Math.max(0, ends[2] - 1)],
            lnScale[Math.min(rows - 1, ends[3] + 1)]);
    return new Grid(m, density, kept);
  }

  private static double[] points(double from, double to, int count) {
    double[] points = new double[count];
    Arrays.setAll(points, i -> from + (to - from) * i / (count - 1));
    return points;
  }
}
