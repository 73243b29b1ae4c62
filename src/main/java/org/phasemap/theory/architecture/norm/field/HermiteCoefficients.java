package org.phasemap.theory.architecture.norm.field;

import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.HermiteExpansion;

/**
 * ψ(u) = φ(γu) of a smooth φ at one variance q, as a series of Hermite's polynomials: a moment of
 * two numbers is a power series of their correlation (Mehler).
 */
final class HermiteCoefficients {
  private static final int TERMS = 96;
  private static final double REACH = 11;
  private static final int PIECES = 22;

  private final double q;

  /** Of ψ, ψ′, ψ″, χ = uψ′, χ′ and χ″. */
  private final double[] value = new double[TERMS + 4];

  private final double[] slope;
  private final double[] bend;
  private final double[] radial;
  private final double[] radialSlope;
  private final double[] radialBend;

  HermiteCoefficients(Activation activation, double gamma, double q) {
    this.q = q;
    double deviation = Math.sqrt(q);
    GaussLegendre rule = GaussLegendre.OF_24;
    for (int piece = 0; piece < PIECES; piece++) {
      double half = REACH / PIECES;
      for (int i = 0; i < rule.node.length; i++) {
        double z = -REACH + half * (2 * piece + 1 + rule.node[i]);
        double own = half * rule.weight[i] * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
        double f = activation.value(gamma * deviation * z);
        HermiteExpansion.add(value, value.length, z, own * f);
      }
    }
    slope = derivative(value);
    bend = derivative(slope);
    radial = timesNumber(slope);
    radialSlope = derivative(radial);
    radialBend = derivative(radialSlope);
  }

  private double[] derivative(double[] f) {
    double[] next = new double[f.length];
    for (int k = 0; k + 1 < f.length; k++) {
      next[k] = Math.sqrt((k + 1) / q) * f[k + 1];
    }
    return next;
  }

  private double[] timesNumber(double[] f) {
    double[] next = new double[f.length];
    for (int k = 0; k + 1 < f.length; k++) {
      next[k] =
          Math.sqrt(q) * ((k == 0 ? 0 : Math.sqrt(k) * f[k - 1]) + Math.sqrt(k + 1.0) * f[k + 1]);
    }
    return next;
  }

  double mean() {
    return value[0];
  }

  /** Moments at a correlation. */
  PairMoments pair(double correlation) {
    double c = Math.max(-1, Math.min(1, correlation));
    return new Sums(this, c);
  }

  private static double sum(double[] f, double[] g, double c) {
    double sum = 0;
    for (int k = TERMS - 1; k >= 0; k--) {
      sum = sum * c + f[k] * g[k];
    }
    return sum;
  }

  /** Summed where they are asked for. */
  private record Sums(HermiteCoefficients of, double c) implements PairMoments {
    @Override
    public double value() {
      return sum(of.value, of.value, c);
    }

    @Override
    public double slope() {
      return sum(of.slope, of.slope, c);
    }

    @Override
    public double radial() {
      return sum(of.radial, of.radial, c);
    }

    @Override
    public double radialSlope() {
      return sum(of.radialSlope, of.slope, c);
    }

    @Override
    public double radialBend() {
      return sum(of.radial, of.bend, c);
    }

    @Override
    public double radialSlopes() {
      return sum(of.radialSlope, of.radialSlope, c);
    }

    @Override
    public double radialCurve() {
      return sum(of.radial, of.radialBend, c);
    }
  }
}
