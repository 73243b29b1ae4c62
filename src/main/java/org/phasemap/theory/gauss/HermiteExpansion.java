package org.phasemap.theory.gauss;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;

/**
 * A function of a Gaussian number of variance q by Hermite's polynomials of unit variance,
 *
 * <pre>
 * f(√q u) = Σ_k f_k h_k(u)
 * </pre>
 *
 * Two such numbers of correlation ρ have E f(x) g(y) = Σ f_k g_k ρ^k (Mehler 1866).
 */
public final class HermiteExpansion {
  /** Polynomials; what is left of E f² counts as one more. */
  private static final int ORDERS = 48;

  private final double q;

  /** f_k, k = 0 … ORDERS. */
  private final double[] coefficient;

  private HermiteExpansion(double q, double[] coefficient) {
    this.q = q;
    this.coefficient = coefficient;
  }

  /**
   * Of a function that is made of φ.
   *
   * @param q of x, above 0
   */
  public static HermiteExpansion of(Activation activation, double q, DoubleUnaryOperator f) {
    GaussianRule rule = GaussianRule.of(activation, q);
    double root = Math.sqrt(q);
    double[] x = rule.values(z -> z, q);
    double[] weight = rule.weights();
    double[] coefficient = new double[ORDERS + 1];
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      double value = f.applyAsDouble(x[i]);
      double u = x[i] / root;
      double own = weight[i] * value;
      square += own * value;
      add(coefficient, ORDERS, u, own);
    }
    double known = Arrays.stream(coefficient).map(c -> c * c).sum();
    coefficient[ORDERS] = Math.sqrt(Math.max(0, square - known));
    return new HermiteExpansion(q, coefficient);
  }

  /** Adds to coefficients what a point u has, whose weight times f is given. */
  public static void add(double[] coefficient, int orders, double u, double weighted) {
    double before = 0;
    double h = weighted;
    for (int k = 0; k < orders; k++) {
      coefficient[k] += h;
      double next = (u * h - Math.sqrt(k) * before) / Math.sqrt(k + 1.0);
      before = h;
      h = next;
    }
  }

  /** Of x² itself. */
  public static HermiteExpansion square(double q) {
    double[] coefficient = new double[ORDERS + 1];
    coefficient[0] = q;
    coefficient[2] = Math.sqrt(2) * q;
    return new HermiteExpansion(q, coefficient);
  }

  /** Without what some polynomials contribute. */
  public HermiteExpansion without(int... orders) {
    double[] rest = coefficient.clone();
    for (int k : orders) {
      rest[k] = 0;
    }
    return new HermiteExpansion(q, rest);
  }

  /** E f. */
  public double mean() {
    return coefficient[0];
  }

  /** dE f/dq. */
  public double growth() {
    return coefficient[2] / (Math.sqrt(2) * q);
  }

  /** d²E f/dq². */
  public double bend() {
    return Math.sqrt(24) * coefficient[4] / (4 * q * q);
  }

  /** Covariance of f(x) and g(y). */
  public double covariance(HermiteExpansion g, double rho) {
    double sum = 0;
    for (int k = ORDERS; k > 0; k--) {
      sum = rho * (sum + coefficient[k] * g.coefficient[k]);
    }
    return sum;
  }

  /** Its derivative by ρ: E f′(x) g′(y) times the two standard deviations. */
  public double derivative(HermiteExpansion g, double rho) {
    double sum = 0;
    for (int k = ORDERS; k > 0; k--) {
      sum = rho * sum + k * coefficient[k] * g.coefficient[k];
    }
    return sum;
  }

  /** Its second derivative by ρ. */
  public double secondDerivative(HermiteExpansion g, double rho) {
    double sum = 0;
    for (int k = ORDERS; k > 1; k--) {
      sum = rho * sum + k * (k - 1.0) * coefficient[k] * g.coefficient[k];
    }
    return sum;
  }

  /** Covariance of ½f″(x) and g(y): what q of x adds to that of f(x) and g(y). */
  public double tilt(HermiteExpansion g, double rho) {
    double sum = 0;
    for (int k = ORDERS - 3; k > 0; k--) {
      double raised = Math.sqrt((k + 1.0) * (k + 2)) * coefficient[k + 2];
      sum = rho * (sum + raised * g.coefficient[k]);
    }
    return sum / (2 * q);
  }
}
