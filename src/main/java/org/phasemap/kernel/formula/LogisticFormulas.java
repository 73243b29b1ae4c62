package org.phasemap.kernel.formula;

import java.util.Optional;

/** Functions of the logistic σ(x) = 1 / (1 + exp(−x)). */
final class LogisticFormulas {
  private LogisticFormulas() {}

  record Sigmoid() implements Formula.Pair {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      Exponential.onePlusExpMinus(e, x, s);
      e.reciprocal(s, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      Exponential.expMinusAbs(e, 1, x, s);
      Exponential.overSquareOfOnePlus(e, s, e.scratch(1), out);
    }

    @Override
    public <V> void both(Elements<V> e, V x, V value, V slope) {
      V n = e.scratch(1);
      V sigma = e.scratch(2);
      logistic(e, x, n, sigma);
      e.multiply(n, sigma, n);
      e.multiply(n, sigma, slope);
      e.affine(1, sigma, 0, value);
    }

    @Override
    public Tails valueTails(Elements<?> e) {
      return Tails.RECIPROCAL;
    }

    @Override
    public Tails pairTails() {
      return new Tails(-Exponential.PAIR_LIMIT, Exponential.PAIR_LIMIT, Tails.END);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.SIGMOID));
    }
  }

  record Silu() implements Formula.Pair {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      V t = e.scratch(1);
      Exponential.onePlusExpMinus(e, x, s);
      e.clamp(-Exponential.LIMIT, x, INF, t);
      e.divide(t, s, out);
    }

    /** σ(x) (1 + x σ(−x)) with σ(−x) = 1 / (1 + exp(x)). */
    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      V t = e.scratch(1);
      V u = e.scratch(2);
      e.clamp(-Exponential.LIMIT, x, Exponential.LIMIT, s);
      e.exp(s, t);
      e.affine(1, t, 1, t);
      e.divide(s, t, t);
      e.affine(1, t, 1, t);
      Exponential.onePlusExpMinus(e, s, u);
      e.divide(t, u, out);
    }

    /** x σ and σ (1 + x (1 − σ)). */
    @Override
    public <V> void both(Elements<V> e, V x, V value, V slope) {
      V n = e.scratch(1);
      V sigma = e.scratch(2);
      V s = e.scratch(0);
      logistic(e, x, n, sigma);
      e.clamp(-Exponential.PAIR_LIMIT, x, Exponential.PAIR_LIMIT, s);
      e.multiply(n, s, n);
      e.multiply(n, sigma, n);
      e.affine(1, n, 1, n);
      e.multiply(n, sigma, slope);
      e.clamp(-Exponential.PAIR_LIMIT, x, INF, s);
      e.multiply(s, sigma, value);
    }

    @Override
    public Tails valueTails(Elements<?> e) {
      return Tails.RECIPROCAL;
    }

    @Override
    public Tails derivativeTails() {
      return Tails.RECIPROCAL;
    }

    @Override
    public Tails pairTails() {
      return Tails.CLAMPED;
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.SILU));
    }
  }

  record Softplus() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      V t = e.scratch(1);
      Exponential.expMinusAbs(e, 1, x, s);
      e.log1p(s, s);
      e.clamp(0, x, INF, t);
      e.add(s, t, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      Exponential.onePlusExpMinus(e, x, s);
      e.reciprocal(s, out);
    }

    @Override
    public Tails valueTails(Elements<?> e) {
      // log1p(exp(x))
      return new Tails((float) Math.log(e.smallestLog1p()), INF, Tails.END);
    }

    @Override
    public Tails derivativeTails() {
      return Tails.RECIPROCAL;
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.SOFTPLUS));
    }
  }

  /** n = exp(−x) and σ = 1 / (1 + n). */
  private static <V> void logistic(Elements<V> e, V x, V n, V sigma) {
    V s = e.scratch(0);
    e.clamp(-Exponential.PAIR_LIMIT, x, Exponential.PAIR_LIMIT, s);
    e.affine(-1, s, 0, s);
    e.exp(s, n);
    e.affine(1, n, 1, sigma);
    e.reciprocal(sigma, sigma);
  }
}
