package org.phasemap.predict.graph;

import java.util.HashMap;
import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.graph.Norm;
import org.phasemap.theory.dual.ArcCosine;
import org.phasemap.theory.gauss.HermiteExpansion;

/**
 * What means over channels have in common by the chance of these: covariances of functions of two
 * Gaussian numbers, by Hermite's polynomials, and in closed form of ReLU, whose series are slow.
 *
 * <p>A norm keeps Σu² over the channels, u = x over its length, and so takes the second polynomial
 * out of what fluctuates; a layer norm keeps Σu and takes the first too (ARCHITECTURES 2.3).
 */
final class UnitLaws {
  /** E u relu²(u). */
  private static final double FIRST_SQUARE = Math.sqrt(2 / Math.PI);

  /** E u θ(u). */
  private static final double FIRST_SLOPE = 1 / Math.sqrt(2 * Math.PI);

  private final Activation activation;
  private final boolean isRectifier;
  private final Map<Key, HermiteExpansion> known = new HashMap<>();

  UnitLaws(Activation activation) {
    this.activation = activation;
    isRectifier = activation.equals(Activations.RELU);
  }

  private record Key(Reading.View view, Norm norm, double q) {}

  /** Two numbers x and y: their variances and covariance. */
  record Numbers(double a, double b, double k) {
    private double rho() {
      return Math.max(-1, Math.min(1, k / Math.sqrt(a * b)));
    }

    private boolean isNone() {
      return a == 0 || b == 0;
    }
  }

  private HermiteExpansion series(Reading reading, double variance) {
    double q = reading.isNormed() ? reading.gamma2() : variance;
    return known.computeIfAbsent(
        new Key(reading.view(), reading.norm(), ActivationTable.rounded(q)), this::series);
  }

  private HermiteExpansion series(Key key) {
    HermiteExpansion all =
        switch (key.view) {
          case ITSELF -> HermiteExpansion.square(key.q);
          case SQUARE -> HermiteExpansion.of(activation, key.q, z -> square(activation.value(z)));
          case SLOPE ->
              HermiteExpansion.of(activation, key.q, z -> square(activation.derivative(z)));
          case APART -> throw new IllegalStateException("no Gaussian stream");
        };
    return switch (key.norm) {
      case NONE, BATCH -> all;
      case RMS -> all.without(2);
      case LAYER -> all.without(1, 2);
    };
  }

  private static double square(double x) {
    return x * x;
  }

  /** E f. */
  double mean(Reading reading, double q) {
    if (reading.view() == Reading.View.SLOPE && isRectifier) {
      return 0.5;
    }
    double seen = reading.isNormed() ? reading.gamma2() : q;
    return seen > 0 ? series(reading, q).mean() : atZero(reading.view());
  }

  private double atZero(Reading.View view) {
    return switch (view) {
      case ITSELF -> 0;
      case SQUARE -> square(activation.value(0));
      case SLOPE -> square(activation.derivative(0));
      case APART -> throw new IllegalStateException("no Gaussian stream");
    };
  }

  /** dE f/dq of a stream of variance q; 0 behind a norm. */
  double growth(Reading reading, double q) {
    if (reading.isNormed()) {
      return 0;
    }
    return switch (reading.view()) {
      case ITSELF, APART -> 1;
      case SQUARE -> isRectifier ? 0.5 : q > 0 ? series(reading, q).growth() : 0;
      case SLOPE -> isRectifier || q == 0 ? 0 : series(reading, q).growth();
    };
  }

  /** d²E f/dq²; behind a norm of the variance that φ sees. */
  double bend(Reading reading, double q) {
    boolean isFlat = isRectifier || reading.view() == Reading.View.ITSELF;
    boolean isNone = q == 0 || reading.gamma2() == 0 || reading.view() == Reading.View.APART;
    return isFlat || isNone ? 0 : series(reading, q).bend();
  }

  /** Covariance of what two readings average, at x and y. */
  double covariance(Reading s, Reading t, Numbers at) {
    if (at.isNone() || hasNone(s) || hasNone(t)) {
      return 0;
    }
    if (!isClosed(s, t)) {
      return series(s, at.a).covariance(series(t, at.b), at.rho());
    }
    double c = at.rho();
    double all = -0.25;
    if (s.view() != t.view()) {
      all += ArcCosine.stepSquare(c);
    } else {
      all += s.view() == Reading.View.SQUARE ? ArcCosine.squares(c) : ArcCosine.steps(c);
    }
    boolean areSquares = s.view() == Reading.View.SQUARE && t.view() == Reading.View.SQUARE;
    boolean areNormed = s.isNormed() || t.isNormed();
    double second = areNormed && areSquares ? 0.5 * c * c : 0;
    boolean isCentred = s.norm() == Norm.LAYER || t.norm() == Norm.LAYER;
    double first = isCentred ? first(s) * first(t) * c : 0;
    return scale(s, at.a) * scale(t, at.b) * (all - first - second);
  }

  private static boolean hasNone(Reading reading) {
    return reading.isNormed() && reading.gamma2() == 0;
  }

  private boolean isClosed(Reading s, Reading t) {
    return isRectifier && isOfActivation(s) && isOfActivation(t);
  }

  private static boolean isOfActivation(Reading reading) {
    return reading.view() == Reading.View.SQUARE || reading.view() == Reading.View.SLOPE;
  }

  private static double first(Reading reading) {
    return reading.view() == Reading.View.SQUARE ? FIRST_SQUARE : FIRST_SLOPE;
  }

  private static double scale(Reading reading, double q) {
    if (reading.view() == Reading.View.SLOPE) {
      return 1;
    }
    return reading.isNormed() ? reading.gamma2() : q;
  }

  /** Derivative of {@link #covariance} by that of x and y. */
  double derivative(Reading s, Reading t, Numbers at) {
    if (at.isNone() || hasNone(s) || hasNone(t)) {
      return 0;
    }
    double root = Math.sqrt(at.a * at.b);
    double c = at.rho();
    if (!isClosed(s, t)) {
      return series(s, at.a).derivative(series(t, at.b), c) / root;
    }
    boolean areSquares = s.view() == Reading.View.SQUARE && t.view() == Reading.View.SQUARE;
    double all;
    if (s.view() != t.view()) {
      all = Math.sqrt(1 - c * c) / Math.PI;
    } else {
      all = areSquares ? 2 * ArcCosine.kappa1(c) : 1 / (2 * Math.PI * Math.sqrt(1 - c * c));
    }
    double second = areSquares && (s.isNormed() || t.isNormed()) ? c : 0;
    boolean isCentred = s.norm() == Norm.LAYER || t.norm() == Norm.LAYER;
    double first = isCentred ? first(s) * first(t) : 0;
    return scale(s, at.a) * scale(t, at.b) * (all - first - second) / root;
  }

  /** Half of its second derivative. */
  double curvature(Reading s, Reading t, Numbers at) {
    if (at.isNone() || hasNone(s) || hasNone(t)) {
      return 0;
    }
    double c = at.rho();
    double squares = at.a * at.b;
    if (!isClosed(s, t)) {
      return 0.5 * series(s, at.a).secondDerivative(series(t, at.b), c) / squares;
    }
    double scale = scale(s, at.a) * scale(t, at.b) / squares;
    double sine = Math.sqrt(1 - c * c);
    if (s.view() != t.view()) {
      return -0.5 * scale * c / (Math.PI * sine);
    }
    if (s.view() == Reading.View.SLOPE) {
      return 0.25 * scale * c / (Math.PI * sine * sine * sine);
    }
    double second = s.isNormed() || t.isNormed() ? 0.5 : 0;
    return scale * (2 * ArcCosine.steps(c) - second);
  }

  /**
   * What the variance of x adds to the covariance of s at x and t at y, beyond what it adds to the
   * mean of s.
   */
  double tilt(Reading s, Reading t, Numbers at) {
    if (at.isNone() || hasNone(s) || hasNone(t)) {
      return 0;
    }
    double c = at.rho();
    if (s.isNormed()) {
      return -0.5 * c / at.a * series(s, at.a).derivative(series(t, at.b), c);
    }
    if (!isClosed(s, t) || t.view() != Reading.View.SQUARE) {
      return series(s, at.a).tilt(series(t, at.b), c);
    }
    return s.view() == Reading.View.SQUARE
        ? at.b * (ArcCosine.stepSquare(c) - 0.25)
        : -at.b * c * Math.sqrt(1 - c * c) / (2 * Math.PI * at.a);
  }
}
