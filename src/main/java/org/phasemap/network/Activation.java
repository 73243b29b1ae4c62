package org.phasemap.network;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A nonlinearity φ and all that is known of it. Its three formulas, in float64, are enough: what
 * else is known of it are its {@link Traits}, which spare others a search or a finer quadrature.
 * The product's own are in {@code network.activation}.
 *
 * <p>Two are equal if they are of one class and of one name, which therefore tells parameters too.
 */
public abstract class Activation implements Serializable {
  private final Traits traits;

  /**
   * A nonlinearity.
   *
   * @param traits what is known of it beside its formulas; at least its name
   */
  protected Activation(Traits traits) {
    this.traits = traits;
  }

  /** The canonical name, such as {@code gelu} or {@code leaky_relu(0.01)}. */
  public final String name() {
    return traits.name;
  }

  /** The name without its parameter, such as {@code leaky_relu}. */
  public final String family() {
    int parameter = name().indexOf('(');
    return parameter < 0 ? name() : name().substring(0, parameter);
  }

  /** The parameter in its name, the slope on the negative side; 0 where there is none. */
  public double slope() {
    return 0;
  }

  /** φ(x). */
  public abstract double value(double x);

  /**
   * φ′(x); at a kink the value on its left for ReLU-like functions, 0 for abs. Where φ {@link
   * #isRectifier} its limits at ±{@link Double#MAX_VALUE}.
   */
  public abstract double derivative(double x);

  /** φ″(x) away from the kinks; a jump of φ′ contributes no delta function here. */
  public abstract double secondDerivative(double x);

  /**
   * φ‴(x) away from the kinks: the slope of φ″ between values of it, to about 1e-10, where φ does
   * not know better.
   */
  public double thirdDerivative(double x) {
    return new ThirdDerivative(this::secondDerivative, kinks()).applyAsDouble(x);
  }

  /**
   * φ(u) − φ(v), without cancellation where u and v are close.
   *
   * @param gap u − v, which the caller knows better than the subtraction would
   */
  public double difference(double u, double v, double gap) {
    return kinks().length == 0 && Math.abs(gap) < Differences.CLOSE
        ? Differences.integral(this::derivative, u, v, gap)
        : value(u) - value(v);
  }

  /** Points where φ or one of its first two derivatives jumps, ascending. */
  public final double[] kinks() {
    return traits.kinks;
  }

  /** Whether φ has a kink elsewhere than at 0. */
  public final boolean hasKinksOffOrigin() {
    return DoubleStream.of(kinks()).anyMatch(x -> x != 0);
  }

  /**
   * Slope a of φ on the negative side where φ(x) = max(x, 0) + a·min(x, 0), NaN for other
   * functions. Such functions are positively homogeneous: φ(sx) = sφ(x) for s &gt; 0.
   */
  public final double homogeneousSlope() {
    return traits.homogeneousSlope;
  }

  /** Whether φ(sx) = sφ(x) for every s &gt; 0. */
  public final boolean isHomogeneous() {
    return !Double.isNaN(homogeneousSlope());
  }

  /** Whether φ(−x) = −φ(x), if that is known. */
  public final boolean isOdd() {
    return traits.isOdd;
  }

  /** Whether φ(−x) = φ(x), if that is known. */
  public final boolean isEven() {
    return traits.isEven;
  }

  /** Whether φ′(−x)² = φ′(x)², if that is known. */
  public final boolean hasEvenSlope() {
    return traits.hasEvenSlope;
  }

  /** What φ becomes far from 0. */
  public final Tail tail() {
    return traits.tail;
  }

  /** Whether φ has a scale and is λ max(x, 0) far beyond it, but for less than any part of x. */
  public final boolean isRectifier() {
    return traits.isRectifier;
  }

  /** Half the width of the strip around the real line in which φ is analytic; 0 if not known. */
  public final double halfStrip() {
    return traits.halfStrip;
  }

  /** Whether V(q)/q is known to fall for all q: {@link Traits#oneAttractor}. */
  public final boolean hasOneAttractor() {
    return traits.hasOneAttractor;
  }

  /** Intervals in which φ′ changes sign, once in each, ascending; a kink's is not among them. */
  public final List<Interval> turns() {
    return traits.turns != null ? traits.turns : Differences.signChanges(this::derivative);
  }

  /** Where |φ′| is largest: an interval, a point or, where it only comes close to it, infinity. */
  public final Interval steepest() {
    return traits.steepest != null ? traits.steepest : Differences.steepest(this::derivative);
  }

  /** What Deeplearning4j calls φ, if it has it. */
  public final Optional<String> inDeeplearning4j() {
    return Optional.ofNullable(traits.inDeeplearning4j);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Activation a && a.getClass() == getClass() && a.name().equals(name());
  }

  @Override
  public final int hashCode() {
    return name().hashCode();
  }

  @Override
  public final String toString() {
    return traits.name;
  }
}
