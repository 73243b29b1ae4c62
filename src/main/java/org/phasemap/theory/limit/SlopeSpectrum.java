package org.phasemap.theory.limit;

import org.phasemap.network.Activation;

/**
 * The law of t = φ′(√q Z)², through u = t/(s − t) for s above every t: M(s) = E u is its moment
 * generating function and z ↦ s(z) its inverse.
 */
final class SlopeSpectrum {
  /** M(s) differs from z by no more than this share of z. */
  private static final double CLOSE = 1e-14;

  private static final int STEPS = 200;

  private final SlopeGrid grid;
  private final double mean;
  private final double atom;

  SlopeSpectrum(Activation activation, double q) {
    this(SlopeGrid.of(activation, q));
  }

  private SlopeSpectrum(SlopeGrid grid) {
    this.grid = grid;
    double sum = 0;
    double atTop = 0;
    for (int i = 0; i < grid.gap().length; i++) {
      sum += grid.weight()[i] * (grid.top() - grid.gap()[i]);
      atTop += grid.gap()[i] == 0 ? grid.weight()[i] : 0;
    }
    mean = sum;
    atom = atTop;
  }

  /** The least upper bound of t. */
  double top() {
    return grid.top();
  }

  /** P(t is at its top, to the last digit). */
  double atom() {
    return atom;
  }

  /** The same law of what one unit in {@code units} exceeds at most. */
  SlopeSpectrum reachedBy(int units) {
    return new SlopeSpectrum(grid.reachedBy(units));
  }

  /**
   * At s(z).
   *
   * @param tilted E[t/(s − t)]/E[1/(s − t)] = s z/(1 + z), between the mean of t and its top
   * @param dispersion Var u/E[u(1 + u)] = 1 − z(1 + z)/(s |M′(s)|), from 0 to 1
   */
  record Point(double tilted, double dispersion) {}

  /**
   * Where M(s) = z &gt; 0. M is finite at the top where hardly any t are close to it; beyond, s
   * stays there and few t make up the rest of z.
   */
  Point at(double z) {
    double above = above(z);
    double tilted = top() * z / (1 + z);
    if (above == 0) {
      return new Point(tilted, 1);
    }
    double u1 = 0;
    double u2 = 0;
    double inverse = 0;
    for (int i = 0; i < grid.gap().length; i++) {
      double gap = grid.gap()[i];
      double w = grid.weight()[i] / (above + gap);
      double u = (top() - gap) / (above + gap);
      inverse += w;
      u1 += grid.weight()[i] * u;
      u2 += grid.weight()[i] * u * u;
    }
    // Not top less the mean gap: where most t are near 0, little would be left of that.
    return new Point(u1 / inverse, Math.max(0, u2 - u1 * u1) / (u1 + u2));
  }

  /** s − top: Newton's steps for ln M in ln(s − top), kept between bounds that close in. */
  private double above(double z) {
    double low = Math.max(0, mean / z - top());
    double high = mean / z;
    if (low == 0 && moment(0) <= z) {
      return 0;
    }
    double at = low > 0 ? Math.sqrt(low) * Math.sqrt(high) : high;
    for (int i = 0; i < STEPS; i++) {
      double moment = 0;
      double slope = 0;
      for (int k = 0; k < grid.gap().length; k++) {
        double distance = at + grid.gap()[k];
        double share = grid.weight()[k] * (top() - grid.gap()[k]) / distance;
        moment += share;
        slope += share / distance;
      }
      if (Math.abs(moment - z) <= CLOSE * z) {
        return at;
      }
      low = moment > z ? at : low;
      high = moment > z ? high : at;
      double next = at * Math.exp(Math.log(moment / z) * moment / (slope * at));
      if (!(next > low && next < high)) {
        next = low > 0 ? Math.sqrt(low) * Math.sqrt(high) : high * 1e-3;
      }
      if (next == at) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private double moment(double above) {
    double sum = 0;
    for (int i = 0; i < grid.gap().length; i++) {
      double t = top() - grid.gap()[i];
      sum += t > 0 && grid.weight()[i] > 0 ? grid.weight()[i] * t / (above + grid.gap()[i]) : 0;
    }
    return sum;
  }
}
