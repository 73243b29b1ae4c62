package org.phasemap.analysis;

import java.util.List;

/**
 * A logistic curve, P(success | x) = 1/(1 + e^{(x − midpoint)/scale}), fitted to counts by maximum
 * likelihood with Jeffreys' prior (Firth 1993). The prior takes away the bias of small samples, and
 * keeps the fit finite where all failures lie beyond all successes (Heinze and Schemper 2002).
 *
 * @param midpoint where P = ½
 * @param scale &gt; 0 where P falls with x, &lt; 0 where it rises
 */
public record LogisticFit(double midpoint, double scale) {
  private static final int MOST_STEPS = 500;
  private static final double PRECISION = 1e-9;

  /** How far apart P = 0.9 and P = 0.1 are, in scales: 2 ln 9. */
  private static final double WIDTH = 2 * Math.log(9);

  /**
   * Counts at one x.
   *
   * @param x where
   * @param trials how many
   * @param successes how many of them
   */
  public record Point(double x, long trials, long successes) {}

  /** P(success | x). */
  public double p(double x) {
    return 1 / (1 + Math.exp((x - midpoint) / scale));
  }

  /** Distance over which P falls from 0.9 to 0.1. */
  public double width() {
    return WIDTH * scale;
  }

  /**
   * Fits.
   *
   * @throws IllegalArgumentException unless there are two different x, and both successes and
   *     failures
   */
  public static LogisticFit of(List<Point> points) {
    double mean = points.stream().mapToDouble(Point::x).average().orElse(0);
    double spread = points.stream().mapToDouble(p -> Math.abs(p.x - mean)).max().orElse(0);
    long trials = points.stream().mapToLong(Point::trials).sum();
    long successes = points.stream().mapToLong(Point::successes).sum();
    if (!(spread > 0) || successes == 0 || successes == trials) {
      throw new IllegalArgumentException(
          "A curve needs two different x, and both successes and failures: %s".formatted(points));
    }
    List<Point> centred =
        points.stream().map(p -> new Point((p.x - mean) / spread, p.trials, p.successes)).toList();
    Line line = new Line(Math.log((double) successes / (trials - successes)), 0);
    for (int step = 0; step < MOST_STEPS; step++) {
      Line next = line.improved(centred);
      boolean settled =
          Math.abs(next.intercept - line.intercept) + Math.abs(next.slope - line.slope)
              <= PRECISION * (1 + Math.abs(next.slope));
      line = next;
      if (settled) {
        break;
      }
    }
    return new LogisticFit(mean - spread * line.intercept / line.slope, -spread / line.slope);
  }

  /** The log-odds, a line in x. */
  private record Line(double intercept, double slope) {
    private static final int MOST_HALVINGS = 40;

    double p(double x) {
      return 1 / (1 + Math.exp(-(intercept + slope * x)));
    }

    /** One step of Newton's method on the penalised likelihood, shortened until that rises. */
    Line improved(List<Point> points) {
      Information information = information(points);
      double first = 0;
      double second = 0;
      for (Point point : points) {
        double p = p(point.x);
        double leverage = p * (1 - p) * information.inverseForm(point.x);
        double score = point.successes - point.trials * p + point.trials * leverage * (0.5 - p);
        first += score;
        second += score * point.x;
      }
      double di = (information.xx * first - information.x * second) / information.determinant();
      double ds = (information.one * second - information.x * first) / information.determinant();
      double before = likelihood(points);
      double length = 1;
      for (int i = 0; i < MOST_HALVINGS; i++) {
        Line next = new Line(intercept + length * di, slope + length * ds);
        if (next.likelihood(points) >= before) {
          return next;
        }
        length /= 2;
      }
      return this;
    }

    private Information information(List<Point> points) {
      double one = 0;
      double x = 0;
      double xx = 0;
      for (Point point : points) {
        double p = p(point.x);
        double weight = point.trials * p * (1 - p);
        one += weight;
        x += weight * point.x;
        xx += weight * point.x * point.x;
      }
      return new Information(one, x, xx);
    }

    /** ln of likelihood × √det of Fisher's information. */
    private double likelihood(List<Point> points) {
      double sum = Math.log(information(points).determinant()) / 2;
      for (Point point : points) {
        double odds = intercept + slope * point.x;
        sum -= point.successes * softplus(-odds);
        sum -= (point.trials - point.successes) * softplus(odds);
      }
      return sum;
    }

    private static double softplus(double x) {
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
  }

  /** Fisher's information of a line's coefficients: Σ w, Σ w x, Σ w x². */
  private record Information(double one, double x, double xx) {
    double determinant() {
      return one * xx - x * x;
    }

    /** (1, x) I⁻¹ (1, x)ᵀ. */
    double inverseForm(double at) {
      return (xx - 2 * at * x + at * at * one) / determinant();
    }
  }
}
