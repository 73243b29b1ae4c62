package org.phasemap.kernel.formula;

import java.util.Optional;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.ExponentialLinear;

/** λ max(x, 0) + λα expm1(min(x, 0)), ELU and SELU. */
record ExponentialLinearFormula(double lambda, double alpha) implements Formula.Pair {
  private static final float EXPM1_LIMIT = 87;

  static ExponentialLinearFormula of(Activation activation) {
    ExponentialLinear f = (ExponentialLinear) activation;
    return new ExponentialLinearFormula(f.scale(), f.alpha());
  }

  @Override
  public <V> void value(Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    e.clamp(-INF, x, 0, s);
    e.expm1(s, s);
    e.affine((float) (lambda * alpha), s, 0, s);
    e.clamp(0, x, INF, t);
    e.affine((float) lambda, t, 0, t);
    e.add(s, t, out);
  }

  /** λα exp(min(x, 0)) + λ (1 − α) [x &gt; 0]. */
  @Override
  public <V> void derivative(Elements<V> e, V x, V out) {
    V s = e.scratch(0);
    V t = e.scratch(1);
    e.clamp(-INF, x, 0, s);
    if (isSmooth()) {
      e.exp(s, out);
      return;
    }
    e.exp(s, s);
    e.affine((float) (lambda * alpha), s, 0, s);
    e.step(x, t);
    e.affine((float) (lambda * (1 - alpha)), t, 0, t);
    e.add(s, t, out);
  }

  @Override
  public <V> void both(Elements<V> e, V x, V value, V slope) {
    V s = e.scratch(0);
    V n = e.scratch(1);
    V less = e.scratch(2);
    e.clamp(-EXPM1_LIMIT, x, 0, s);
    e.exps(s, n, less);
    // n is 1 where x > 0, and the slope is λ there.
    e.step(x, s);
    e.affine((float) (lambda * (1 - alpha)), s, 0, s);
    e.affine((float) (lambda * alpha), n, 0, n);
    e.add(s, n, slope);
    e.affine((float) (lambda * alpha), less, 0, less);
    e.clamp(0, x, INF, n);
    e.affine((float) lambda, n, 0, n);
    e.add(less, n, value);
  }

  @Override
  public Tails derivativeTails() {
    // One exponential alone, of ELU, has all digits down to float32's smallest number.
    return isSmooth() ? Tails.NONE : Tails.EXPONENTIAL;
  }

  @Override
  public Tails pairTails() {
    return Tails.EXPONENTIAL;
  }

  private boolean isSmooth() {
    return lambda == 1 && alpha == 1;
  }

  @Override
  public Optional<DeviceActivation> onDevice() {
    return Optional.of(
        new DeviceActivation(
            DeviceActivation.Kind.EXPONENTIAL_LINEAR,
            (float) lambda,
            (float) (lambda * alpha),
            (float) (lambda * (1 - alpha)),
            lambda,
            alpha));
  }
}
