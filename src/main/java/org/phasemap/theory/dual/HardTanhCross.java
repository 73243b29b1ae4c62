package org.phasemap.theory.dual;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Erf;
import org.phasemap.theory.gauss.GaussLegendre;

/** Dual of hard tanh at two variances, as in {@link HardTanhDual}, from c = 0. */
record HardTanhCross(double qa, double qb) implements CrossDual {
  @Override
  public double product(double oneMinusC) {
    double c = 1 - oneMinusC;
    double size = Math.abs(c);
    double bend = angular(size, t -> size - t);
    return Math.copySign(Math.sqrt(qa * qb) * (size * slopes() + bend), c);
  }

  @Override
  public double derivative(double oneMinusC) {
    return slopes() + angular(1 - oneMinusC, t -> 1);
  }

  private double slopes() {
    return Erf.erf(Math.sqrt(0.5 / qa)) * Erf.erf(Math.sqrt(0.5 / qb));
  }

  /** ∫₀^|c| f(t) d E φ′φ′(t), over the angle arcsin t. */
  private double angular(double c, DoubleUnaryOperator f) {
    double end = Math.asin(Math.min(1, Math.abs(c)));
    int pieces = 32;
    double sum = 0;
    for (int i = 0; i < pieces; i++) {
      sum +=
          GaussLegendre.OF_12.integrate(
              x -> f.applyAsDouble(Math.sin(x)) * kinkDensity(x),
              end * i / pieces,
              end * (i + 1) / pieces);
    }
    return sum;
  }

  private double kinkDensity(double angle) {
    double t = Math.sin(angle);
    double spread = 2 * Math.cos(angle) * Math.cos(angle);
    double squares = 1 / qa + 1 / qb;
    double cross = 2 * t / Math.sqrt(qa * qb);
    return (Math.exp(-(squares - cross) / spread) - Math.exp(-(squares + cross) / spread))
        / Math.PI;
  }
}
