package org.phasemap.kernel.formula;

import java.util.Optional;

/**
 * An activation and its derivative in float32, for arguments between its {@link Tails}.
 *
 * <p>Absolute error below 4e-7 · max(1, |x|, |φ(x)|), and for functions with φ(0) = 0 a relative
 * one near 0 and in the tails, so that shrinking signals and slopes keep their digits down to
 * float32's smallest number. Slopes of softsign and arctan are 0 beyond 1.8e19. Clamps replace
 * arguments whose result is exact in float32 already; they keep infinities from meeting as Inf/Inf
 * or 0·Inf. Formulas write {@code out} last, because it may be {@code x}.
 */
interface Formula {
  float INF = Float.POSITIVE_INFINITY;

  <V> void value(Elements<V> e, V x, V out);

  <V> void derivative(Elements<V> e, V x, V out);

  /** Of {@link #value}. */
  default Tails valueTails(Elements<?> e) {
    return Tails.NONE;
  }

  /** Of {@link #derivative}. */
  default Tails derivativeTails() {
    return Tails.NONE;
  }

  /** What has the same bits on a device, if anything has. */
  default Optional<DeviceActivation> onDevice() {
    return Optional.empty();
  }

  /** Where φ and φ′ share their costly part. */
  interface Pair extends Formula {
    /** Both. The slope is written first: {@code value} may be {@code x}. */
    <V> void both(Elements<V> e, V x, V value, V slope);

    /** Of the slopes that {@link #both} computes, and of its values if {@link #value} has any. */
    Tails pairTails();
  }
}
