package org.phasemap.theory.dual;

import java.util.Map;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;

/** A method for the dual activation of each φ at two variances. */
public final class CrossDuals {
  private static final Map<Activation, ByVariances> CLOSED =
      Map.of(
          Activations.ERF, ErfCross::new,
          Activations.SIN, SinCross::new,
          Activations.GELU, GeluCross::new);

  private interface ByVariances {
    CrossDual at(double qa, double qb);
  }

  private CrossDuals() {}

  /** Whether there are closed forms, which cost next to nothing. */
  public static boolean areClosed(Activation activation) {
    return activation.isHomogeneous() || CLOSED.containsKey(activation);
  }

  /** The dual at two variances &gt; 0. */
  public static CrossDual of(Activation activation, double qa, double qb) {
    if (qa == qb) {
      return new Equal(Duals.of(activation, qa), 1);
    }
    if (activation.isHomogeneous()) {
      return new Equal(Duals.of(activation, 1), Math.sqrt(qa * qb));
    }
    ByVariances closed = CLOSED.get(activation);
    if (closed != null) {
      return closed.at(qa, qb);
    }
    if (activation.equals(Activations.HARD_TANH)) {
      return new HardTanhCross(qa, qb);
    }
    return HermiteDual.covers(activation, qa) && HermiteDual.covers(activation, qb)
        ? new HermiteCross(activation, qa, qb)
        : new PolarCross(activation, qa, qb);
  }

  /** Of inputs of one norm, or of any where φ has no scale. */
  private record Equal(DualActivation dual, double scale) implements CrossDual {
    @Override
    public double product(double oneMinusC) {
      return scale * dual.product(oneMinusC);
    }

    @Override
    public double derivative(double oneMinusC) {
      return dual.derivative(oneMinusC);
    }
  }

  private record ErfCross(double qa, double qb) implements CrossDual {
    @Override
    public double product(double oneMinusC) {
      double s = Math.sqrt(qa * qb) * (1 - oneMinusC);
      return 2 / Math.PI * Math.asin(2 * s / Math.sqrt((1 + 2 * qa) * (1 + 2 * qb)));
    }

    @Override
    public double derivative(double oneMinusC) {
      double s = Math.sqrt(qa * qb) * (1 - oneMinusC);
      return 4 / Math.PI / Math.sqrt((1 + 2 * qa) * (1 + 2 * qb) - 4 * s * s);
    }
  }

  private record SinCross(double qa, double qb) implements CrossDual {
    @Override
    public double product(double oneMinusC) {
      double s = Math.sqrt(qa * qb) * (1 - oneMinusC);
      double middle = 0.5 * (qa + qb);
      return 0.5 * (Math.exp(s - middle) - Math.exp(-s - middle));
    }

    @Override
    public double derivative(double oneMinusC) {
      double s = Math.sqrt(qa * qb) * (1 - oneMinusC);
      double middle = 0.5 * (qa + qb);
      return 0.5 * (Math.exp(s - middle) + Math.exp(-s - middle));
    }
  }

  private record GeluCross(double qa, double qb) implements CrossDual {
    @Override
    public double product(double oneMinusC) {
      double s = Math.sqrt(qa * qb) * (1 - oneMinusC);
      double root = Math.sqrt(gap(oneMinusC));
      return 0.25 * s + (s * Math.atan2(s, root) + (qa * qb + s * s * k()) / root) / (2 * Math.PI);
    }

    @Override
    public double derivative(double oneMinusC) {
      double s = Math.sqrt(qa * qb) * (1 - oneMinusC);
      double gap = gap(oneMinusC);
      double root = Math.sqrt(gap);
      double bend = s * (1 + 2 * k() + (qa * qb + s * s * k()) / gap) / root;
      return 0.25 + (Math.atan2(s, root) + bend) / (2 * Math.PI);
    }

    private double k() {
      return 1 - qa / (1 + qa) - qb / (1 + qb);
    }

    /** (1 + q_a)(1 + q_b) − s². */
    private double gap(double oneMinusC) {
      return 1 + qa + qb + qa * qb * oneMinusC * (2 - oneMinusC);
    }
  }

  /** Σ k^power a_k(q_a) a_k(q_b) c^{k − power}. */
  private record HermiteCross(Activation activation, double qa, double qb) implements CrossDual {
    @Override
    public double product(double oneMinusC) {
      return sum(1 - oneMinusC, 0);
    }

    @Override
    public double derivative(double oneMinusC) {
      return sum(1 - oneMinusC, 1) / Math.sqrt(qa * qb);
    }

    private double sum(double c, int power) {
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
  }
}
