package org.phasemap.kernel.formula;

import java.util.Optional;

record TanhFormula() implements Formula.Pair {
  /** 4 exp(−2|x|) is 0 in float32 beyond 52.7. */
  private static final float FAR = 53;

  @Override
  public <V> void value(Elements<V> e, V x, V out) {
    e.tanh(x, out);
  }

  /** 1 − tanh²(x) = 4 exp(−2|x|) / (1 + exp(−2|x|))², without cancellation in the tails. */
  @Override
  public <V> void derivative(Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    Exponential.expMinusAbs(e, 2, x, s);
    Exponential.overSquareOfOnePlus(e, s, e.scratch(1), s);
    e.affine(4, s, 0, out);
  }

  @Override
  public <V> void both(Elements<V> e, V x, V value, V slope) {
    e.tanhs(x, value, slope);
  }

  @Override
  public Tails derivativeTails() {
    return new Tails(-43.5f, 43.5f, FAR);
  }

  @Override
  public Tails pairTails() {
    // Beyond, TANH_SLOPE_END is more than 1e-5 of the slope.
    return new Tails(-37, 37, FAR);
  }

  @Override
  public Optional<DeviceActivation> onDevice() {
    return Optional.of(DeviceActivation.of(DeviceActivation.Kind.TANH));
  }
}
