package org.phasemap.kernel.formula;

import java.util.Optional;

/** xΦ(x) and Φ(x) + x exp(−x²/2) / √2π. */
record GeluFormula() implements Formula.Pair {
  /** Density and distribution function of the normal law underflow beyond 14.5. */
  private static final float LIMIT = 20;

  private static final float INV_SQRT_2PI = (float) (1 / Math.sqrt(2 * Math.PI));

  /** Φ(x) is subnormal in float32 below −13. */
  private static final Tails TAILS = new Tails(-13, INF, 15);

  @Override
  public <V> void value(Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    exponential(e, x, t, s);
    normalCdf(e, x, t, s);
    e.clamp(-LIMIT, x, INF, t);
    e.multiply(s, t, out);
  }

  @Override
  public <V> void derivative(Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    V u = e.scratch(2);
    exponential(e, x, t, u);
    timesNormalDensity(e, u, t, u);
    normalCdf(e, x, t, s);
    e.add(s, u, out);
  }

  @Override
  public <V> void both(Elements<V> e, V x, V value, V slope) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    derivative(e, x, slope);
    e.clamp(-LIMIT, x, INF, t);
    e.multiply(s, t, value);
  }

  @Override
  public Tails valueTails(Elements<?> e) {
    return TAILS;
  }

  @Override
  public Tails derivativeTails() {
    return TAILS;
  }

  @Override
  public Tails pairTails() {
    return TAILS;
  }

  /**
   * exp(−x²/2).
   *
   * @param clamped is given x where that is not far out
   */
  private static <V> void exponential(Elements<V> e, V x, V out, V clamped) {
    e.clamp(-LIMIT, x, LIMIT, clamped);
    e.multiply(clamped, clamped, out);
    e.affine(-0.5f, out, 0, out);
    e.exp(out, out);
  }

  /**
   * Φ(x) = |[x &gt; 0] − Φ(−|x|)|: unlike (1 + erf(x/√2))/2 it keeps its digits far below 0.
   *
   * @param exponential exp(−x²/2), overwritten
   */
  private static <V> void normalCdf(Elements<V> e, V x, V exponential, V out) {
    e.normalTail(x, out);
    e.multiply(exponential, out, out);
    e.affine(-1, out, 0, out);
    e.step(x, exponential);
    e.add(exponential, out, out);
    e.abs(out, out);
  }

  /** x exp(−x²/2) / √2π. */
  private static <V> void timesNormalDensity(Elements<V> e, V x, V exponential, V out) {
    e.multiply(x, exponential, out);
    e.affine(INV_SQRT_2PI, out, 0, out);
  }

  @Override
  public Optional<DeviceActivation> onDevice() {
    return Optional.of(DeviceActivation.of(DeviceActivation.Kind.GELU));
  }
}
