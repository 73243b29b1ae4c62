package org.phasemap.theory;

import org.phasemap.network.Activation;
import org.phasemap.network.Erf;

/**
 * How large a wide layer's entries are: shares of the non-zero φ(z) and φ′(z) ξ, z ~ N(0, q) and ξ
 * Gaussian, below bounds that may be tiny. z is cut at points that are equally far apart in ln |z|;
 * between two, φ is taken as straight. Relative error 1e-3.
 */
public final class MagnitudeShare {
  private static final int PER_DECADE = 40;
  private static final int DECADES = 16;
  private static final double REACH = 10;
  private static final double[] EDGE = edges();

  private final double[] phi = new double[EDGE.length];
  private final double[] slope = new double[EDGE.length - 1];
  private final double[] weight = new double[EDGE.length - 1];

  /**
   * @param q variance of the pre-activations, finite
   */
  public MagnitudeShare(Activation activation, double q) {
    double scale = Math.sqrt(q);
    for (int i = 0; i < phi.length; i++) {
      phi[i] = activation.value(scale * EDGE[i]);
    }
    for (int i = 0; i < weight.length; i++) {
      slope[i] = Math.abs(activation.derivative(0.5 * scale * (EDGE[i] + EDGE[i + 1])));
      weight[i] = 0.5 * (half(EDGE[i + 1]) - half(EDGE[i]));
    }
  }

  /** P(φ(z) ≠ 0). */
  public double signals() {
    double all = 0;
    for (int i = 0; i < weight.length; i++) {
      all += phi[i] == 0 && phi[i + 1] == 0 ? 0 : weight[i];
    }
    return all;
  }

  /** P(φ′(z) ≠ 0). */
  public double gradients() {
    double all = 0;
    for (int i = 0; i < weight.length; i++) {
      all += slope[i] > 0 ? weight[i] : 0;
    }
    return all;
  }

  /** P(|φ(z)| ≤ bound given φ(z) ≠ 0). */
  public double signalBelow(double bound) {
    double all = 0;
    double below = 0;
    for (int i = 0; i < weight.length; i++) {
      double low = Math.min(phi[i], phi[i + 1]);
      double high = Math.max(phi[i], phi[i + 1]);
      if (low == 0 && high == 0) {
        continue;
      }
      all += weight[i];
      if (low >= -bound && high <= bound) {
        below += weight[i];
      } else {
        double inside = Math.min(high, bound) - Math.max(low, -bound);
        below += inside > 0 ? weight[i] * inside / (high - low) : 0;
      }
    }
    return below / all;
  }

  /** P(|φ′(z) ξ| ≤ bound given φ′(z) ≠ 0), ξ ~ N(0, variance). */
  public double gradientBelow(double bound, double variance) {
    double all = 0;
    double below = 0;
    double relative = bound / Math.sqrt(2 * variance);
    for (int i = 0; i < weight.length; i++) {
      if (slope[i] > 0) {
        all += weight[i];
        below += weight[i] * Erf.erf(relative / slope[i]);
      }
    }
    return below / all;
  }

  private static double half(double z) {
    return Erf.erf(z * Math.sqrt(0.5));
  }

  private static double[] edges() {
    int side = PER_DECADE * DECADES + 1;
    double[] edges = new double[2 * side + 1];
    for (int i = 0; i < side; i++) {
      double z = REACH * Math.pow(10, -i / (double) PER_DECADE);
      edges[i] = -z;
      edges[edges.length - 1 - i] = z;
    }
    return edges;
  }
}
