package org.phasemap.theory.architecture.skip;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.gauss.GaussLegendre;

/**
 * Law of one number of a residual stream that φ bends on its way, x′ = φ(x + g), as a quadrature
 * rule E f = Σ w_j f(x_j): of an unbounded width g is independent of x, and x is a Markov chain
 * over the blocks. ResNet-v1 with ReLU is Lindley's walk ({@link ReflectedWalk}). Relative error of
 * moments 1e-9, and 1e-5 after batches of 8.
 */
public final class StreamLaw {
  private static final double REACH = 12;
  private static final double NARROW = 1.5;
  private static final double GROWTH = 0.25;
  private static final int MOST_PIECES = 150;
  private static final GaussLegendre RULE = GaussLegendre.OF_24;

  private final double[] at;
  private final double[] weight;
  private final Sum sum;

  private StreamLaw(double[] at, double[] weight, Sum sum) {
    this.at = at;
    this.weight = weight;
    this.sum = sum;
  }

  /**
   * What was added last.
   *
   * @param to points of the law that it was added to
   * @param piece of the line that each point of the sum stands for
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only
  private record Sum(double[] to, double[] piece, Increment added) {
    static final Sum NONE = new Sum(new double[0], new double[0], Increment.normal(0));
  }

  /**
   * Of normal numbers.
   *
   * @param activation φ that they go through
   */
  public static StreamLaw normal(double variance, Activation activation) {
    return new StreamLaw(new double[] {0}, new double[] {1}, Sum.NONE)
        .plus(Increment.normal(variance), activation);
  }

  /** Of φ(x). */
  public StreamLaw through(Activation activation) {
    return new StreamLaw(each(activation::value), weight, Sum.NONE);
  }

  /**
   * Of x + g.
   *
   * @param activation φ that the sum goes through
   * @throws OutsideDomainException where its pieces are too many
   */
  public StreamLaw plus(Increment increment, Activation activation) {
    if (increment.deviation() == 0) {
      return new StreamLaw(at, weight, Sum.NONE);
    }
    double mean = mean(x -> x);
    double spread = Math.sqrt(Math.max(0, mean(x -> x * x) - mean * mean));
    double far = REACH * Math.hypot(spread, increment.deviation());
    double least = Arrays.stream(at).min().orElseThrow() - increment.reach();
    double most = Arrays.stream(at).max().orElseThrow() + increment.reach();
    double[] cuts =
        cuts(Math.max(least, mean - far), Math.min(most, mean + far), increment, activation);
    int n = RULE.node.length;
    double[] next = new double[(cuts.length - 1) * n];
    double[] piece = new double[next.length];
    double[] share = new double[next.length];
    double total = 0;
    for (int i = 0; i < next.length; i++) {
      double half = 0.5 * (cuts[i / n + 1] - cuts[i / n]);
      next[i] = 0.5 * (cuts[i / n + 1] + cuts[i / n]) + half * RULE.node[i % n];
      piece[i] = half * RULE.weight[i % n];
      share[i] = piece[i] * density(next[i], increment);
      total += share[i];
    }
    for (int i = 0; i < share.length; i++) {
      share[i] /= total;
    }
    return new StreamLaw(next, share, new Sum(at, piece, increment));
  }

  private double density(double x, Increment increment) {
    double reach = increment.reach();
    double sum = 0;
    for (int j = 0; j < at.length; j++) {
      double step = x - at[j];
      if (Math.abs(step) < reach) {
        sum += weight[j] * increment.density(step);
      }
    }
    return sum;
  }

  /** Pieces on which φ and the density are smooth; far from 0 φ bends less. */
  private static double[] cuts(double from, double to, Increment increment, Activation activation) {
    double[] kinks = activation.kinks();
    double[] cuts = new double[MOST_PIECES + kinks.length + 2];
    int n = 0;
    double x = from;
    while (x < to) {
      OutsideDomainException.unless(
          n < MOST_PIECES, "units of the stream lie too far apart for their law to be followed");
      cuts[n++] = x;
      double size = Math.max(NARROW, GROWTH * Math.abs(x));
      x += activation.isHomogeneous() ? increment.piece() : Math.min(increment.piece(), size);
    }
    cuts[n++] = to;
    for (double kink : kinks) {
      if (kink > from && kink < to) {
        cuts[n++] = kink;
      }
    }
    return Arrays.stream(cuts, 0, n).sorted().distinct().toArray();
  }

  /** E f(x). */
  public double mean(DoubleUnaryOperator f) {
    return mean(each(f));
  }

  /** E f from the values of f at its points. */
  public double mean(double[] values) {
    double sum = 0;
    for (int j = 0; j < at.length; j++) {
      sum += weight[j] * values[j];
    }
    return sum;
  }

  /** f at its points. */
  public double[] each(DoubleUnaryOperator f) {
    return Arrays.stream(at).map(f).toArray();
  }

  /**
   * E[f(x + g) | x] at the points of the law that g was added to, from f at the points of the sum.
   */
  public double[] given(double[] values) {
    if (sum.added.deviation() == 0) {
      return values;
    }
    double[] means = new double[sum.to.length];
    double reach = sum.added.reach();
    for (int j = 0; j < means.length; j++) {
      double total = 0;
      for (int i = 0; i < at.length; i++) {
        double step = at[i] - sum.to[j];
        if (Math.abs(step) < reach) {
          double share = sum.piece[i] * sum.added.density(step);
          total += share;
          means[j] += share * values[i];
        }
      }
      means[j] /= total > 0 ? total : 1;
    }
    return means;
  }
}
