package org.phasemap.predict.graph;

import org.phasemap.theory.dual.ArcCosine;

/**
 * What a layer of weights sees of a stream of Gaussian channels: whose mean square over n of them
 * fluctuates by its own chance, beside that of the layers under it.
 *
 * @param view of the stream
 * @param stream its node
 * @param channels n
 * @param gamma2 γ² of a norm; 1 without
 */
record Reading(View view, int stream, int channels, double gamma2) {
  /** Through what the stream is seen. */
  enum View {
    /** As it is. */
    ITSELF(1),
    /** As it is, of channels that do not mix: each has weights of its own, and its own variance. */
    APART(1),
    /** Through ReLU, which keeps half of any mean square. */
    RECTIFIED(0.5),
    /** Through RMS norm and φ: the stream's own length does not matter. */
    NORMED(0),
    /** Through layer norm and φ: nor does its mean. */
    CENTRED(0);

    private final double slope;

    View(double slope) {
      this.slope = slope;
    }

    /** Of the mean square of what is seen, by the stream's. */
    double slope() {
      return slope;
    }

    boolean isNormed() {
      return slope == 0;
    }

    /**
     * At least the share of an excess of E z_a² z_b² that the squares of what is seen have, to
     * first order: E f″(z_a) f″(z_b)/4 and terms of odd order, of f = relu², or relu² − u²/2 behind
     * a norm.
     */
    double ofFourth() {
      return isNormed() ? 0.25 : slope;
    }
  }

  /**
   * Covariance of the squares of two readings' channels, of streams of variances a and b and
   * covariance k. What is behind a norm shares nothing with what is not: u² is what the norm has
   * taken out. Of two behind the same norm, {@link NormedSquares} knows.
   *
   * @throws IllegalStateException of two behind norms of other γ or kind, which no network has
   */
  double covariance(Reading other, double a, double b, double k) {
    if (a == 0 || b == 0) {
      return 0;
    }
    double c = k / Math.sqrt(a * b);
    return switch (view) {
      case APART -> throw new IllegalStateException("no Gaussian stream: " + stream);
      case NORMED, CENTRED -> besideNorm(other);
      case ITSELF -> other.view == View.ITSELF ? 2 * k * k : other.slopeOf(k * k);
      case RECTIFIED -> other.view == View.RECTIFIED ? a * b * rectified(c) : other.slopeOf(k * k);
    };
  }

  private double besideNorm(Reading other) {
    if (other.view.isNormed()) {
      throw new IllegalStateException("no covariance behind norms: " + this + ", " + other);
    }
    return 0;
  }

  /** 0 behind a norm. */
  private double slopeOf(double k2) {
    return view.isNormed() ? 0 : k2;
  }

  /** Half the second derivative of {@link #covariance} by k. */
  double curvature(Reading other, double a, double b, double k) {
    if (a == 0 || b == 0 || view.isNormed() || other.view.isNormed()) {
      return 0;
    }
    if (view == View.RECTIFIED && other.view == View.RECTIFIED) {
      return 2 * ArcCosine.steps(k / Math.sqrt(a * b));
    }
    return view == other.view ? 2 : 1;
  }

  /** Covariance of θ of one's channels and the square of another's, of the same two streams. */
  double tilt(Reading other, double a, double b, double k) {
    boolean isTilted =
        view == View.RECTIFIED && other.view == View.RECTIFIED && stream != other.stream;
    return isTilted && a > 0 && b > 0 ? b * (ArcCosine.stepSquare(k / Math.sqrt(a * b)) - 0.25) : 0;
  }

  /** Cov(relu², relu²) of two units of unit variance. */
  static double rectified(double c) {
    return ArcCosine.squares(c) - 0.25;
  }

  /** The same of units whose Σu² over channels is n. */
  static double normed(double c) {
    return rectified(c) - 0.5 * c * c;
  }

  /** The same of units whose Σu is 0 as well: E u relu² = √(2/π). */
  static double centred(double c) {
    return normed(c) - 2 / Math.PI * c;
  }
}
