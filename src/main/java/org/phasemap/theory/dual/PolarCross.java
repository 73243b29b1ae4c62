package org.phasemap.theory.dual;

import java.util.function.DoubleBinaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.GaussianRule;

/** The dual at two variances of any φ whose kinks lie at 0, as {@link PolarDual}. */
record PolarCross(Activation activation, double qa, double qb) implements CrossDual {
  private static final double REACH = 9.5;

  @Override
  public double product(double oneMinusC) {
    return polar(oneMinusC, (u, v) -> activation.value(u) * activation.value(v));
  }

  @Override
  public double derivative(double oneMinusC) {
    return polar(oneMinusC, (u, v) -> activation.derivative(u) * activation.derivative(v));
  }

  /** E g(u, v) in polar coordinates, in sectors between the rays u = 0 and v = 0. */
  private double polar(double oneMinusC, DoubleBinaryOperator g) {
    double theta = HomogeneousDual.angle(oneMinusC);
    double largest = Math.sqrt(Math.max(qa, qb));
    double[] radii = GaussianRule.breaks(new double[0], 1 / largest, REACH);
    double sum = 0;
    double[][] sectors = {{0, Math.PI - theta}, {-theta, 0}};
    for (double[] sector : sectors) {
      double half = 0.5 * (sector[1] - sector[0]);
      double to = half;
      while (to > 0) {
        double from = to < 1 / (REACH * largest) ? 0 : to / 2;
        sum += GaussLegendre.OF_12.integrate(x -> ray(g, sector[0] + x, theta, radii), from, to);
        sum += GaussLegendre.OF_12.integrate(x -> ray(g, sector[1] - x, theta, radii), from, to);
        to = from;
      }
    }
    return sum / (2 * Math.PI);
  }

  /** ∫ r exp(−r²/2) g dr on a ray and its antipode. */
  private double ray(DoubleBinaryOperator g, double alpha, double theta, double[] radii) {
    double su = Math.sqrt(qa) * Math.sin(alpha);
    double sv = Math.sqrt(qb) * Math.sin(alpha + theta);
    double sum = 0;
    for (int i = 0; i + 1 < radii.length; i++) {
      sum +=
          GaussLegendre.OF_12.integrate(
              r ->
                  r
                      * Math.exp(-0.5 * r * r)
                      * (g.applyAsDouble(r * su, r * sv) + g.applyAsDouble(-r * su, -r * sv)),
              radii[i],
              radii[i + 1]);
    }
    return sum;
  }
}
