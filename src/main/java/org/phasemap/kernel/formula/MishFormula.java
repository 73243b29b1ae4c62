package org.phasemap.kernel.formula;

import java.util.Optional;

/** x w / (w + 2), n = exp(x), w = n (n + 2): tanh(log(1 + n)) = w / (w + 2). */
record MishFormula() implements Formula.Pair {
  /** tanh(softplus(x)) is 1 in float32 above 9; squares of exp stay finite up to 22. */
  private static final float LIMIT = 20;

  @Override
  public <V> void value(Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    e.clamp(-Exponential.LIMIT, x, LIMIT, s);
    e.exp(s, s);
    e.affine(1, s, 2, t);
    e.multiply(s, t, s);
    e.affine(1, s, 2, t);
    e.divide(s, t, s);
    e.clamp(-Exponential.LIMIT, x, INF, t);
    e.multiply(s, t, out);
  }

  /** tanh(softplus(x)) + x sech²(softplus(x)) σ(x) = w / (w + 2) + 4 x n (1 + n) / (w + 2)². */
  @Override
  public <V> void derivative(Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    V u = e.scratch(2);
    e.clamp(-Exponential.LIMIT, x, LIMIT, u);
    e.exp(u, s);
    e.affine(1, s, 1, t);
    e.multiply(s, t, t);
    e.multiply(u, t, u);
    e.affine(4, u, 0, u);
    e.affine(1, s, 2, t);
    e.multiply(s, t, s);
    e.affine(1, s, 2, t);
    e.divide(u, t, u);
    e.add(s, u, s);
    e.divide(s, t, out);
  }

  @Override
  public <V> void both(Elements<V> e, V x, V value, V slope) {
    V s = e.scratch(0);
    V n = e.scratch(1);
    V w = e.scratch(2);
    e.clamp(-Exponential.PAIR_LIMIT, x, LIMIT, s);
    e.exp(s, n);
    e.affine(1, n, 2, w);
    e.multiply(n, w, w);
    // x n (1 + n), before s becomes 1 / (w + 2).
    e.multiply(s, n, slope);
    e.affine(1, n, 1, n);
    e.multiply(slope, n, slope);
    e.affine(1, w, 2, s);
    e.reciprocal(s, s);
    e.multiply(w, s, w);
    e.multiply(slope, s, slope);
    e.multiply(slope, s, slope);
    e.affine(4, slope, 0, slope);
    e.add(slope, w, slope);
    e.clamp(-Exponential.PAIR_LIMIT, x, INF, s);
    e.multiply(s, w, value);
  }

  @Override
  public Tails valueTails(Elements<?> e) {
    return Tails.EXPONENTIAL;
  }

  @Override
  public Tails derivativeTails() {
    return Tails.EXPONENTIAL;
  }

  @Override
  public Tails pairTails() {
    return Tails.CLAMPED;
  }

  @Override
  public Optional<DeviceActivation> onDevice() {
    return Optional.of(DeviceActivation.of(DeviceActivation.Kind.MISH));
  }
}
