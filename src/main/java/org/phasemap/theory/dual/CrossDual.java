package org.phasemap.theory.dual;

import java.util.function.DoubleBinaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.theory.gauss.GaussLegendre;
import org.phasemap.theory.gauss.GaussianRule;

/**
 * Dual activation for two inputs of different norms: E φ(u)φ(v) and E φ′(u)φ′(v), Var u = q_a, Var
 * v = q_b, correlation c (REFERENCE A1, A5). Equal norms go to {@link DualActivation}.
 */
public final class CrossDual {
  private static final double REACH = 9.5;

  private final Activation activation;
  private final double qa;
  private final double qb;

  private CrossDual(Activation activation, double qa, double qb) {
    this.activation = activation;
    this.qa = qa;
    this.qb = qb;
  }

  /** The dual at two variances &gt; 0. */
  public static CrossDual of(Activation activation, double qa, double qb) {
    return new CrossDual(activation, qa, qb);
  }

  /** Whether there are closed forms, which cost next to nothing. */
  public boolean isClosed() {
    return activation.isHomogeneous()
        || switch (activation.kind()) {
          case ERF, SIN, GELU -> true;
          default -> false;
        };
  }

  /** E φ(u)φ(v), absolute error 1e-12. */
  public double product(double oneMinusC) {
    if (qa == qb) {
      return DualActivation.of(activation, qa).product(oneMinusC);
    }
    double root = Math.sqrt(qa * qb);
    double s = root * (1 - oneMinusC);
    if (activation.isHomogeneous()) {
      return root * DualActivation.of(activation, 1).product(oneMinusC);
    }
    return switch (activation.kind()) {
      case ERF -> 2 / Math.PI * Math.asin(2 * s / Math.sqrt((1 + 2 * qa) * (1 + 2 * qb)));
      case SIN -> 0.5 * (Math.exp(s - middle()) - Math.exp(-s - middle()));
      case GELU -> geluProduct(s, gap(oneMinusC));
      case HARD_TANH -> hardTanhProduct(1 - oneMinusC);
      default ->
          hermite()
              ? hermiteSum(1 - oneMinusC, 0)
              : polar(oneMinusC, (u, v) -> activation.value(u) * activation.value(v));
    };
  }

  /** E φ′(u)φ′(v), absolute error 1e-12. */
  public double derivative(double oneMinusC) {
    if (qa == qb) {
      return DualActivation.of(activation, qa).derivative(oneMinusC);
    }
    double s = Math.sqrt(qa * qb) * (1 - oneMinusC);
    if (activation.isHomogeneous()) {
      return DualActivation.of(activation, 1).derivative(oneMinusC);
    }
    return switch (activation.kind()) {
      case ERF -> 4 / Math.PI / Math.sqrt((1 + 2 * qa) * (1 + 2 * qb) - 4 * s * s);
      case SIN -> 0.5 * (Math.exp(s - middle()) + Math.exp(-s - middle()));
      case GELU -> geluDerivative(s, gap(oneMinusC));
      case HARD_TANH -> hardTanhDerivative(1 - oneMinusC);
      default ->
          hermite()
              ? hermiteSum(1 - oneMinusC, 1) / Math.sqrt(qa * qb)
              : polar(oneMinusC, (u, v) -> activation.derivative(u) * activation.derivative(v));
    };
  }

  private double middle() {
    return 0.5 * (qa + qb);
  }

  /** (1 + q_a)(1 + q_b) − s². */
  private double gap(double oneMinusC) {
    return 1 + qa + qb + qa * qb * oneMinusC * (2 - oneMinusC);
  }

  private double geluProduct(double s, double gap) {
    double k = 1 - qa / (1 + qa) - qb / (1 + qb);
    double root = Math.sqrt(gap);
    return 0.25 * s + (s * Math.atan2(s, root) + (qa * qb + s * s * k) / root) / (2 * Math.PI);
  }

  private double geluDerivative(double s, double gap) {
    double k = 1 - qa / (1 + qa) - qb / (1 + qb);
    double root = Math.sqrt(gap);
    double bend = s * (1 + 2 * k + (qa * qb + s * s * k) / gap) / root;
    return 0.25 + (Math.atan2(s, root) + bend) / (2 * Math.PI);
  }

  /** As in {@link HardTanhDual}, from c = 0. */
  private double hardTanhDerivative(double c) {
    double slopes = Erf.erf(Math.sqrt(0.5 / qa)) * Erf.erf(Math.sqrt(0.5 / qb));
    return slopes + angular(c, t -> 1);
  }

  private double hardTanhProduct(double c) {
    double slopes = Erf.erf(Math.sqrt(0.5 / qa)) * Erf.erf(Math.sqrt(0.5 / qb));
    double size = Math.abs(c);
    double bend = angular(size, t -> size - t);
    return Math.copySign(Math.sqrt(qa * qb) * (size * slopes + bend), c);
  }

  /** ∫₀^|c| f(t) d E φ′φ′(t), over the angle arcsin t. */
  private double angular(double c, java.util.function.DoubleUnaryOperator f) {
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

  private boolean hermite() {
    return HermiteDual.covers(activation, qa) && HermiteDual.covers(activation, qb);
  }

  /** Σ k^power a_k(q_a) a_k(q_b) c^{k − power}. */
  private double hermiteSum(double c, int power) {
    HermiteDual a = new HermiteDual(activation, qa);
    HermiteDual b = new HermiteDual(activation, qb);
    int terms = Math.min(a.terms(), b.terms());
    double sum = power == 0 ? a.mean() * b.mean() : 0;
    double weight = power == 0 ? c : 1;
    for (int k = 1; k < terms && Math.abs(weight) > 1e-20; k++) {
      sum += (power == 0 ? 1 : k) * a.coefficient(k) * b.coefficient(k) * weight;
      weight *= c;
    }
    return sum;
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
