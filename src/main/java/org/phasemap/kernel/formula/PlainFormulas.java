package org.phasemap.kernel.formula;

import java.util.Optional;

/** Functions that need no care in their tails. */
final class PlainFormulas {
  private static final float TWO_OVER_SQRT_PI = (float) (2 / Math.sqrt(Math.PI));

  private PlainFormulas() {}

  record ErrorFunction() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      e.erf(x, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      e.multiply(x, x, s);
      e.affine(-1, s, 0, s);
      e.exp(s, s);
      e.affine(TWO_OVER_SQRT_PI, s, 0, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.ERF));
    }
  }

  record Sine() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      e.sin(x, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      e.cos(x, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.SIN));
    }
  }

  record Softsign() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      V t = e.scratch(1);
      e.clamp(-1e30f, x, 1e30f, s);
      e.abs(s, t);
      e.affine(1, t, 1, t);
      e.divide(s, t, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      e.abs(x, s);
      e.affine(1, s, 1, s);
      e.multiply(s, s, s);
      e.reciprocal(s, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.SOFTSIGN));
    }
  }

  record Arctan() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      e.atan(x, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      e.multiply(x, x, s);
      e.affine(1, s, 1, s);
      e.reciprocal(s, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.ARCTAN));
    }
  }
}
