package org.phasemap.theory.dual;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * Dual of softsign x/(1 + |x|) in polar coordinates u = r√q sin α, v = r√q sin(α + θ), c = cos θ:
 * one integral over α, because with A = √q |sin α| and B = √q |sin(α + θ)| the radial ones are
 * functions of one variable ({@link SoftsignRadial}). Where A and B are far apart partial fractions
 * of 1/((1 + Ar)²(1 + Br)²) do, else Feynman's formula ∫₀¹ 6t(1 − t)(1 + Cr)⁻⁴ dt, C = B + t(A −
 * B), whose terms are all positive.
 */
record SoftsignDual(double q) implements DualActivation {
  private static final double REACH = 9.5;

  /** From a piece of angles to the next: twelve points have 1e-15 of a pole at 0. */
  private static final double SHRINK = 2.5;

  /** A/B from which partial fractions lose no digits. */
  private static final double APART = 2;

  /** Below this 1 + C is no large number. */
  private static final double NEAR = 1;

  /** I(k, p) of {@link SoftsignRadial}, by k and p. */
  private static final SoftsignRadial I01 = new SoftsignRadial(0, 1);

  private static final SoftsignRadial I11 = new SoftsignRadial(1, 1);
  private static final SoftsignRadial I12 = new SoftsignRadial(1, 2);
  private static final SoftsignRadial I14 = new SoftsignRadial(1, 4);
  private static final SoftsignRadial I31 = new SoftsignRadial(3, 1);
  private static final SoftsignRadial I32 = new SoftsignRadial(3, 2);
  private static final SoftsignRadial I34 = new SoftsignRadial(3, 4);

  @Override
  public double secondMoment() {
    return new GaussianMoments(Activations.SOFTSIGN, q).secondMoment();
  }

  @Override
  public double deficit(double oneMinusC) {
    double theta = HomogeneousDual.angle(oneMinusC);
    double chord = 2 * Math.sin(theta / 2);
    double root = Math.sqrt(q);
    double same =
        sector(
            (Math.PI - theta) / 2,
            alpha -> {
              double gap = root * Math.cos(alpha + theta / 2) * chord;
              double a = root * Math.sin(alpha);
              return gap * gap * cubeOverSquares(a, root * Math.sin(alpha + theta));
            });
    double opposite =
        sector(
            theta / 2,
            alpha -> {
              double a = root * Math.sin(alpha);
              double b = root * Math.sin(theta - alpha);
              return a * a * I32.at(a) + b * b * I32.at(b) + 2 * a * b * cubeOverProduct(a, b);
            });
    return (same + opposite) / Math.PI;
  }

  @Override
  public double derivative(double oneMinusC) {
    double theta = HomogeneousDual.angle(oneMinusC);
    double root = Math.sqrt(q);
    double same =
        sector(
            (Math.PI - theta) / 2,
            x -> overSquares(root * Math.sin(x), root * Math.sin(x + theta)));
    double opposite =
        sector(theta / 2, x -> overSquares(root * Math.sin(x), root * Math.sin(theta - x)));
    return 2 * (same + opposite) / Math.PI;
  }

  private static boolean areApart(double a, double b) {
    return Math.max(a, b) > APART * Math.min(a, b);
  }

  private static boolean areFar(double a, double b) {
    return Math.min(a, b) > NEAR;
  }

  /** ∫ r e^(−r²/2)/((1 + Ar)²(1 + Br)²) dr. */
  private static double overSquares(double a, double b) {
    double gap = a - b;
    if (!areApart(a, b)) {
      return GaussLegendre.OF_12.integrate(t -> 6 * t * (1 - t) * I14.at(b + t * gap), 0, 1);
    }
    // C I(1, 1) = √(π/2) − I(0, 1), whose first part drops out.
    double difference = areFar(a, b) ? I01.at(b) - I01.at(a) : a * I11.at(a) - b * I11.at(b);
    double squares = a * a * I12.at(a) + b * b * I12.at(b);
    return (squares - 2 * a * b / gap * difference) / (gap * gap);
  }

  /** ∫ r³ e^(−r²/2)/((1 + Ar)²(1 + Br)²) dr. */
  private static double cubeOverSquares(double a, double b) {
    double gap = a - b;
    if (!areApart(a, b)) {
      return GaussLegendre.OF_12.integrate(t -> 6 * t * (1 - t) * I34.at(b + t * gap), 0, 1);
    }
    if (areFar(a, b)) {
      // C² I(3, 2) = 1 − 2 I(1, 1) + I(1, 2) and C I(3, 1) = √(π/2) − (1 − I(1, 1))/C: what is
      // left once the large parts have dropped out.
      double difference = (I01.at(b) - I01.at(a)) / gap;
      return (I12.at(a) + I12.at(b) - 2 * difference) / (gap * gap);
    }
    double squares = a * a * I32.at(a) + b * b * I32.at(b);
    double mixed = 2 * a * b / gap * (a * I31.at(a) - b * I31.at(b));
    return (squares - mixed) / (gap * gap);
  }

  /** ∫ r³ e^(−r²/2)/((1 + Ar)(1 + Br)) dr. */
  private static double cubeOverProduct(double a, double b) {
    double gap = a - b;
    if (!areApart(a, b)) {
      return GaussLegendre.OF_12.integrate(t -> I32.at(b + t * gap), 0, 1);
    }
    double difference =
        areFar(a, b) ? (1 - I11.at(b)) / b - (1 - I11.at(a)) / a : a * I31.at(a) - b * I31.at(b);
    return difference / gap;
  }

  /** ∫ over [0, width], in pieces that shrink towards 0. */
  private double sector(double width, DoubleUnaryOperator f) {
    double finest = 1 / (REACH * Math.sqrt(q));
    double sum = 0;
    double to = width;
    for (boolean last = false; !last; to /= SHRINK) {
      last = to / SHRINK <= finest;
      sum += GaussLegendre.OF_12.integrate(f, last ? 0 : to / SHRINK, to);
    }
    return sum;
  }
}
