package org.phasemap.theory.gauss;

/** The n-point Gauss–Legendre rule on [−1, 1], exact for polynomials of degree 2n − 1. */
public final class GaussLegendre {
  public static final GaussLegendre OF_12 = new GaussLegendre(12);
  public static final GaussLegendre OF_24 = new GaussLegendre(24);

  public final double[] node;
  public final double[] weight;

  public GaussLegendre(int n) {
    node = new double[n];
    weight = new double[n];
    for (int i = 0; i < (n + 1) / 2; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double slope = 0;
      for (int newton = 0; newton < 100; newton++) {
        double p = 1;
        double previous = 0;
        for (int k = 1; k <= n; k++) {
          double next = ((2 * k - 1) * x * p - (k - 1) * previous) / k;
          previous = p;
          p = next;
        }
        slope = n * (x * p - previous) / (x * x - 1);
        double step = p / slope;
        x -= step;
        if (Math.abs(step) < 1e-16) {
          break;
        }
      }
      node[i] = -x;
      node[n - 1 - i] = x;
      weight[i] = 2 / ((1 - x * x) * slope * slope);
      weight[n - 1 - i] = weight[i];
    }
  }

  /** ∫ f over [from, to]. */
  public double integrate(java.util.function.DoubleUnaryOperator f, double from, double to) {
    double half = 0.5 * (to - from);
    double middle = 0.5 * (to + from);
    double sum = 0;
    for (int i = 0; i < node.length; i++) {
      sum += weight[i] * f.applyAsDouble(middle + half * node[i]);
    }
    return half * sum;
  }
}
