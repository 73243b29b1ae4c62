package org.phasemap.theory.gauss;

import java.util.function.DoubleBinaryOperator;
import org.phasemap.network.Activation;

/**
 * Expectations over two entries of a batch-normalised vector: uniform on the sphere of radius √B in
 * the hyperplane of zero mean. In polar coordinates the pair is √(B − 1) r (cos ω, cos(ω − θ)), cos
 * θ = −1/(B − 1), and r = sin ψ has density ∝ sin ψ cos^{B−4} ψ dψ.
 */
public final class SphericalPair {
  private static final int SECTOR_PIECES = 6;

  private final double radius;
  private final double theta;
  private final double[] r;
  private final double[] weight;
  private final boolean kinksOffOrigin;

  public SphericalPair(Activation activation, int batch) {
    radius = Math.sqrt(batch - 1.0);
    theta = Math.acos(-1 / (batch - 1.0));
    kinksOffOrigin = activation.hasKinksOffOrigin();
    // cos^{B−4} is negligible beyond 9/√(B − 4).
    double reach = Math.min(Math.PI / 2, 9 / Math.sqrt(Math.max(batch - 4, 1)));
    int pieces = kinksOffOrigin ? 64 : 8;
    int per = GaussLegendre.OF_12.node.length;
    r = new double[pieces * per];
    weight = new double[r.length];
    double total = 0;
    for (int i = 0; i < r.length; i++) {
      int piece = i / per;
      double psi = reach / pieces * (piece + 0.5 + 0.5 * GaussLegendre.OF_12.node[i % per]);
      r[i] = radius * Math.sin(psi);
      weight[i] =
          GaussLegendre.OF_12.weight[i % per]
              * Math.sin(psi)
              * Math.exp((batch - 4) * Math.log(Math.cos(psi)));
      total += weight[i];
    }
    for (int i = 0; i < r.length; i++) {
      weight[i] /= total;
    }
  }

  /** E f(x, x) of one entry. */
  public double same(DoubleBinaryOperator f) {
    return average(f, 0);
  }

  /** E f(x, y) of two entries. */
  public double distinct(DoubleBinaryOperator f) {
    return average(f, theta);
  }

  private double average(DoubleBinaryOperator f, double angle) {
    // Between the rays x = 0 and y = 0 the integrand is smooth.
    double[] cuts = {
      -Math.PI / 2, angle - Math.PI / 2, Math.PI / 2, angle + Math.PI / 2, 1.5 * Math.PI
    };
    double sum = 0;
    for (int sector = 0; sector < 4; sector++) {
      int pieces = kinksOffOrigin ? 8 * SECTOR_PIECES : SECTOR_PIECES;
      double step = (cuts[sector + 1] - cuts[sector]) / pieces;
      for (int piece = 0; piece < pieces && step > 0; piece++) {
        double from = cuts[sector] + piece * step;
        sum += GaussLegendre.OF_12.integrate(w -> ray(f, w, angle), from, from + step);
      }
    }
    return sum / (2 * Math.PI);
  }

  private double ray(DoubleBinaryOperator f, double omega, double angle) {
    double cx = Math.cos(omega);
    double cy = angle == 0 ? cx : Math.cos(omega - angle);
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      sum += weight[i] * f.applyAsDouble(r[i] * cx, r[i] * cy);
    }
    return sum;
  }
}
