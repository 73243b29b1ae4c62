package org.phasemap.theory.gauss;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Nodes and weights under a density, on pieces that shrink by twos towards given points: each piece
 * is as far from its point as it is wide, so Gauss–Legendre rules converge on it alike however near
 * to that point an integrand is singular. No piece is wider than the structure of an activation or
 * the spread of the density.
 */
public final class SlopeNodes {
  private final DoubleUnaryOperator density;
  private final double reach;
  private final double spread;
  private final double structure;
  private final double widest;
  private double[] x = new double[2048];
  private double[] weight = new double[2048];
  private int size;
  private double[] cut = {};

  /**
   * @param density in x
   * @param reach largest |x|
   * @param spread of the density
   * @param structure distance from where on integrands are powers or constant
   * @param scale of the structure: pieces within are no wider
   */
  public SlopeNodes(
      DoubleUnaryOperator density, double reach, double spread, double structure, double scale) {
    this.density = density;
    this.reach = reach;
    this.spread = spread;
    this.structure = structure;
    widest = Math.min(scale, spread);
  }

  /** No piece that is added later shall go across one of these points. */
  public void cutAt(double... points) {
    cut = points.clone();
  }

  /**
   * Covers a half-line.
   *
   * @param point where it begins
   * @param direction 1 upwards, −1 downwards
   * @param finest width of the first piece, if the density is no narrower
   * @param share factor on the weights
   */
  public void add(double point, int direction, double finest, double share) {
    add(point, direction, Double.POSITIVE_INFINITY, finest, share);
  }

  /**
   * Covers part of a half-line.
   *
   * @param length of the part
   */
  public void add(double point, int direction, double length, double finest, double share) {
    double end = Math.min(length, reach - direction * point);
    double from = Math.max(0, -reach - direction * point);
    while (from < end) {
      double width = Math.min(from, from < structure ? widest : spread);
      double to = Math.min(end, from + Math.max(width, finest * widest));
      for (double other : cut) {
        double away = direction * (other - point);
        to = away > from ? Math.min(to, away) : to;
      }
      piece(point, direction * from, direction * to, share, to - from < 0.5 * widest);
      from = to;
    }
  }

  private void piece(double point, double from, double to, double share, boolean narrow) {
    GaussLegendre gauss = narrow ? GaussLegendre.OF_12 : GaussLegendre.OF_24;
    double half = 0.5 * (to - from);
    double middle = 0.5 * (to + from);
    int points = gauss.node.length;
    if (size + points > x.length) {
      x = Arrays.copyOf(x, 2 * x.length);
      weight = Arrays.copyOf(weight, x.length);
    }
    for (int i = 0; i < points; i++) {
      double at = point + (middle + half * gauss.node[i]);
      x[size] = at;
      weight[size++] = share * Math.abs(half) * gauss.weight[i] * density.applyAsDouble(at);
    }
  }

  public double[] x() {
    return Arrays.copyOf(x, size);
  }

  public double[] weight() {
    return Arrays.copyOf(weight, size);
  }
}
