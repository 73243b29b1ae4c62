package org.phasemap.network;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an {@link Activation} φ beside its formulas. Its constructor says what it knows;
 * what is left out is not known, and has an answer that holds for any smooth φ.
 */
public final class Traits implements Serializable {
  /**
   * Half the strip of an entire φ. It is analytic everywhere but grows off the real line; 1 stands
   * for a decay of e⁻⁴⁴.
   */
  private static final double ENTIRE = 1;

  final String name;
  boolean isOdd;
  boolean isEven;
  boolean hasEvenSlope;
  double[] kinks = {};
  double homogeneousSlope = Double.NaN;
  Tail tail = Tail.UNKNOWN;
  boolean isRectifier;
  double halfStrip;
  boolean hasOneAttractor;
  @Nullable List<Interval> turns;
  @Nullable Interval steepest;
  @Nullable String inDeeplearning4j;

  private Traits(String name) {
    this.name = name;
  }

  /**
   * A φ of which nothing is known yet.
   *
   * @param name the canonical name, such as {@code gelu} or {@code leaky_relu(0.01)}
   */
  public static Traits of(String name) {
    return new Traits(name);
  }

  /** φ(−x) = −φ(x). */
  public Traits odd() {
    isOdd = true;
    return evenSlope();
  }

  /** φ(−x) = φ(x). */
  public Traits even() {
    isEven = true;
    return evenSlope();
  }

  /** φ′(−x)² = φ′(x)². */
  public Traits evenSlope() {
    hasEvenSlope = true;
    return this;
  }

  /** φ or one of its first two derivatives jumps at these points, ascending, and nowhere else. */
  public Traits kinks(double... points) {
    kinks = points.clone();
    return this;
  }

  /** φ(x) = max(x, 0) + a·min(x, 0). Its kink, if it has one, is not said by this. */
  public Traits homogeneous(double a) {
    homogeneousSlope = a + 0.0;
    if (a == 1) {
      odd();
    } else if (a == -1) {
      even();
    }
    return tail(Tail.STRAIGHT).turns().steepestAt(0);
  }

  /** What φ becomes far from 0. */
  public Traits tail(Tail becomes) {
    tail = becomes;
    return this;
  }

  /** φ has a scale, and far beyond it becomes λ max(x, 0) in this way. */
  public Traits rectifier(Tail becomes) {
    isRectifier = true;
    return tail(becomes);
  }

  /** φ is analytic in a strip of twice this width around the real line. */
  public Traits analyticWithin(double strip) {
    halfStrip = strip;
    return this;
  }

  /** φ is analytic everywhere, but grows off the real line. */
  public Traits entire() {
    return analyticWithin(ENTIRE);
  }

  /**
   * V(q)/q falls for all q, V(q) = E φ(√q Z)², so that (σ_w² V + σ_b²)/q is 1 at one q &gt; 0 at
   * most, and χ_q &lt; 1 there: q²(V/q)′ = E φ(xφ′ − φ), and φ(xφ′ − φ) ≤ 0 wherever |φ| falls
   * below its tangent through the origin.
   */
  public Traits oneAttractor() {
    hasOneAttractor = true;
    return this;
  }

  /** φ′ changes sign once in each of these, ascending, and elsewhere only at kinks. */
  public Traits turns(Interval... intervals) {
    turns = List.of(intervals);
    return this;
  }

  /** |φ′| is largest in this interval. */
  public Traits steepest(Interval interval) {
    steepest = interval;
    return this;
  }

  /** |φ′| is largest at this point, or comes close to it if that is infinity. */
  public Traits steepestAt(double x) {
    return steepest(Interval.at(x));
  }

  /** Deeplearning4j calls φ this. */
  public Traits deeplearning4j(String theirs) {
    inDeeplearning4j = theirs;
    return this;
  }
}
