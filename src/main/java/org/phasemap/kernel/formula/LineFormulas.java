package org.phasemap.kernel.formula;

import java.util.Optional;

/** Functions made of straight lines. */
final class LineFormulas {
  private LineFormulas() {}

  record Linear() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      e.affine(1, x, 0, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      e.clamp(0, x, 0, s);
      e.affine(1, s, 1, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.LINEAR));
    }
  }

  record Relu() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      e.clamp(0, x, INF, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      e.step(x, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.RELU));
    }
  }

  record Leaky(float slope) implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      V t = e.scratch(1);
      e.clamp(-INF, x, 0, s);
      e.affine(slope, s, 0, s);
      e.clamp(0, x, INF, t);
      e.add(s, t, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      e.step(x, s);
      e.affine(1 - slope, s, slope, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(
          new DeviceActivation(
              DeviceActivation.Kind.LEAKY_RELU, (1 - slope) + slope, slope, 0, 0, 0));
    }
  }

  record Abs() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      e.abs(x, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      V t = e.scratch(1);
      e.affine(-1, x, 0, s);
      e.step(s, s);
      e.affine(-1, s, 0, s);
      e.step(x, t);
      e.add(s, t, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.ABS));
    }
  }

  record HardTanh() implements Formula {
    @Override
    public <V> void value(Elements<V> e, V x, V out) {
      e.clamp(-1, x, 1, out);
    }

    @Override
    public <V> void derivative(Elements<V> e, V x, V out) {
      V s = e.scratch(0);
      e.abs(x, s);
      e.affine(-1, s, 1, s);
      e.step(s, out);
    }

    @Override
    public Optional<DeviceActivation> onDevice() {
      return Optional.of(DeviceActivation.of(DeviceActivation.Kind.HARD_TANH));
    }
  }
}
