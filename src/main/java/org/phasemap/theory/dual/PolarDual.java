package org.phasemap.theory.dual;

import java.util.function.DoubleBinaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.network.Tail;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.GaussianRule;

/**
 * Dual of any φ whose kinks and sharp features lie at 0, by quadrature in polar coordinates: u = ρ
 * sin α, v = ρ sin(α + θ) with c = cos θ. The lines u = 0 and v = 0 are rays, so φ is smooth in
 * each of the four sectors at every radius; pieces shrink by twos towards the rays and the origin
 * to meet features of width 1. The slowest method, and the second opinion for the others.
 */
final class PolarDual implements DualActivation {
  private static final double REACH = 9.5;
  private static final double RECTIFIER = 1e13;
  private static final double[] NO_KINKS = {};

  private final Activation activation;
  private final double q;
  private final boolean odd;
  private final boolean entire;
  private final double[] radius;
  private final double[] radiusWeight;

  PolarDual(Activation activation, double q) {
    this.activation = activation;
    this.q = q;
    odd = activation.isOdd();
    // On each half-line, so that only its scale matters and no singularity.
    entire = activation.tail() == Tail.EXPONENTIAL && activation.kinks().length > 0;
    double scale = (entire ? 4 : 1) / Math.sqrt(q);
    double[] breaks = GaussianRule.breaks(NO_KINKS, scale, REACH);
    GaussLegendre gauss = GaussLegendre.OF_12;
    int per = gauss.node.length;
    radius = new double[per * (breaks.length - 1)];
    radiusWeight = new double[radius.length];
    for (int piece = 0; piece + 1 < breaks.length; piece++) {
      double half = 0.5 * (breaks[piece + 1] - breaks[piece]);
      double middle = 0.5 * (breaks[piece + 1] + breaks[piece]);
      for (int i = 0; i < per; i++) {
        double r = middle + half * gauss.node[i];
        int at = piece * per + i;
        radius[at] = r * Math.sqrt(q);
        radiusWeight[at] = half * gauss.weight[i] * r * Math.exp(-0.5 * r * r) / (2 * Math.PI);
      }
    }
  }

  @Override
  public double secondMoment() {
    return new GaussianMoments(activation, q).secondMoment();
  }

  @Override
  public double deficit(double oneMinusC) {
    if (isRectifier(oneMinusC)) {
      return new HomogeneousDual(0, activation.derivative(Double.MAX_VALUE), q).deficit(oneMinusC);
    }
    double theta = HomogeneousDual.angle(oneMinusC);
    double chord = 2 * Math.sin(theta / 2);
    double sum = 0;
    double[] same = sector((Math.PI - theta) / 2);
    for (int j = 0; j < same.length; j += 2) {
      double alpha = same[j];
      double su = Math.sin(alpha);
      double sv = Math.sin(alpha + theta);
      double gap = -Math.cos(alpha + theta / 2) * chord;
      sum += same[j + 1] * radial(odd, su, sv, gap);
    }
    double[] opposite = sector(theta / 2);
    for (int j = 0; j < opposite.length; j += 2) {
      double su = -Math.sin(opposite[j]);
      double sv = Math.sin(theta - opposite[j]);
      sum += opposite[j + 1] * radial(odd, su, sv, su - sv);
    }
    return sum;
  }

  /** ∫ Δφ² dr over a ray and its antipode (which an odd φ need not visit). */
  private double radial(boolean doubled, double su, double sv, double gap) {
    double sum = 0;
    for (int i = 0; i < radius.length; i++) {
      double r = radius[i];
      double d = activation.difference(r * su, r * sv, r * gap);
      double squares = d * d;
      if (doubled) {
        squares *= 2;
      } else {
        double mirrored = activation.difference(-r * su, -r * sv, -r * gap);
        squares += mirrored * mirrored;
      }
      sum += radiusWeight[i] * squares;
    }
    return sum;
  }

  /** φ differs from max(x, 0) near 0 only, which costs a share 1/(q√(1 − c)). */
  private boolean isRectifier(double oneMinusC) {
    return q * Math.sqrt(oneMinusC) > RECTIFIER && activation.isRectifier();
  }

  @Override
  public double derivative(double oneMinusC) {
    if (isRectifier(oneMinusC)) {
      return new HomogeneousDual(0, activation.derivative(Double.MAX_VALUE), q)
          .derivative(oneMinusC);
    }
    return pairs(oneMinusC, (u, v) -> activation.derivative(u) * activation.derivative(v));
  }

  /** E g(u, v) of a symmetric g. */
  private double pairs(double oneMinusC, DoubleBinaryOperator g) {
    double theta = HomogeneousDual.angle(oneMinusC);
    double sum = 0;
    double[] same = sector((Math.PI - theta) / 2);
    for (int j = 0; j < same.length; j += 2) {
      sum += same[j + 1] * radial(Math.sin(same[j]), Math.sin(same[j] + theta), g);
    }
    double[] opposite = sector(theta / 2);
    for (int j = 0; j < opposite.length; j += 2) {
      sum += opposite[j + 1] * radial(-Math.sin(opposite[j]), Math.sin(theta - opposite[j]), g);
    }
    return 2 * sum;
  }

  private double radial(double su, double sv, DoubleBinaryOperator g) {
    double sum = 0;
    for (int i = 0; i < radius.length; i++) {
      double u = radius[i] * su;
      double v = radius[i] * sv;
      sum += radiusWeight[i] * (g.applyAsDouble(u, v) + g.applyAsDouble(-u, -v));
    }
    return sum;
  }

  /** Alternating angles and weights on [0, width], in pieces that shrink towards 0. */
  private double[] sector(double width) {
    double finest = (entire ? 8 : 1) / (REACH * Math.sqrt(q));
    int pieces = 1;
    for (double cut = width / 2; cut > finest && pieces < 64; cut /= 2) {
      pieces++;
    }
    GaussLegendre gauss = GaussLegendre.OF_12;
    double[] rule = new double[2 * pieces * gauss.node.length];
    int at = 0;
    double to = width;
    for (int piece = 0; piece < pieces; piece++) {
      double from = piece == pieces - 1 ? 0 : to / 2;
      for (int i = 0; i < gauss.node.length; i++) {
        rule[at++] = 0.5 * (from + to) + 0.5 * (to - from) * gauss.node[i];
        rule[at++] = 0.5 * (to - from) * gauss.weight[i];
      }
      to = from;
    }
    return rule;
  }
}
