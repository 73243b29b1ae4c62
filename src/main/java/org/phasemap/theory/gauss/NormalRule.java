package org.phasemap.theory.gauss;

import java.util.Arrays;
import org.phasemap.network.Activation;
import org.phasemap.network.Erf;
import org.phasemap.network.Tail;

/**
 * A discrete law of few nodes that stands for the standard normal one, to 1e-4 of expectations of φ
 * and its powers: equal steps where φ is smooth at the spread in question, else five Gauss–Legendre
 * points on pieces that shrink by threes towards kinks and towards the origin.
 */
public final class NormalRule {
  private static final double REACH = 6;
  private static final double WIDEST_STEP = 0.9;
  private static final double WIDEST_PIECE = 2.5;
  private static final double GROWTH = 3;

  /** Below this, pieces are fewer than equal steps. */
  private static final double NARROWEST_STEP = 0.25;

  /** A kink smoothed over less than this is left to the other normal's rule. */
  private static final double SHARP = 1e-3;

  /** Structure finer than this share of the spread has no weight. */
  private static final double LEAST = 1e-9;

  /** Of a φ of which nothing is said. */
  private static final double UNKNOWN_STRUCTURE = 0.25;

  private static final GaussLegendre GAUSS = new GaussLegendre(5);
  private static final NormalRule SMOOTH = equalSteps(WIDEST_STEP);
  private static final double[] ORIGIN = {0};

  /** All weight at 0. */
  public static final NormalRule POINT = new NormalRule(new double[1], new double[] {1});

  public final double[] node;
  public final double[] weight;

  private NormalRule(double[] node, double[] weight) {
    this.node = node;
    this.weight = weight;
    double total = Arrays.stream(weight).sum();
    for (int i = 0; i < weight.length; i++) {
      weight[i] /= total;
    }
  }

  public int size() {
    return node.length;
  }

  /** For functions of φ(mean + spread t). */
  public static NormalRule of(Activation f, double mean, double spread) {
    double step = step(f, spread);
    if (step >= NARROWEST_STEP || f.tail() == Tail.WAVE) {
      return step >= WIDEST_STEP ? SMOOTH : equalSteps(step);
    }
    return pieces(f, mean, spread, structure(f));
  }

  /** For functions of E φ(spread s + own t), t normal: φ smoothed. */
  public static NormalRule ofSmoothed(Activation f, double spread, double own) {
    double step = Math.max(step(f, spread), Math.min(WIDEST_STEP, 0.75 * own / spread));
    if (step >= NARROWEST_STEP || f.tail() == Tail.WAVE) {
      return step >= WIDEST_STEP ? SMOOTH : equalSteps(step);
    }
    boolean kinked = f.kinks().length > 0;
    double finest = kinked ? SHARP * Math.min(1, spread) : structure(f);
    return pieces(f, 0, spread, Math.max(own, finest));
  }

  /** Whether {@link #of} gives one rule for every mean. */
  public static boolean isUniform(Activation f, double spread) {
    return f.tail() == Tail.WAVE || step(f, spread) >= NARROWEST_STEP;
  }

  /**
   * The step with which a trapezoidal sum errs by e⁻²¹ times what the eighth-order poles of φ′⁴
   * make of it; entire functions have none.
   */
  private static double step(Activation f, double spread) {
    double step =
        switch (f.tail()) {
          case WAVE -> 2 * Math.PI / (4.5 + 4 * spread);
          case NORMAL, GAUSSIAN -> 0.45 / spread;
          case STRAIGHT, EXPONENTIAL, POWER, UNKNOWN -> 0.3 * f.halfStrip() / spread;
        };
    return Math.min(WIDEST_STEP, step);
  }

  /** Width of what φ does about its kinks or the origin. */
  private static double structure(Activation f) {
    return f.halfStrip() > 0
        ? f.halfStrip()
        : switch (f.tail()) {
          case STRAIGHT -> Double.POSITIVE_INFINITY;
          case EXPONENTIAL -> 2;
          case NORMAL, GAUSSIAN, POWER, WAVE -> 1;
          case UNKNOWN -> UNKNOWN_STRUCTURE;
        };
  }

  private static NormalRule equalSteps(double step) {
    int half = (int) Math.ceil(REACH / step);
    double[] node = new double[2 * half];
    double[] weight = new double[2 * half];
    for (int i = 0; i < 2 * half; i++) {
      node[i] = (i - half + 0.5) * step;
      weight[i] = Erf.normalDensity(node[i]);
    }
    return new NormalRule(node, weight);
  }

  private static NormalRule pieces(Activation f, double mean, double spread, double structure) {
    double[] kinks = f.kinks().length > 0 ? f.kinks() : ORIGIN;
    double[] cut = new double[2 + 64 * kinks.length];
    int n = 0;
    for (double kink : kinks) {
      double centre = (kink - mean) / spread;
      n = cut(cut, n, centre);
      double finest = Math.max(structure / spread, LEAST);
      for (double away = finest; away < 2 * REACH; away *= GROWTH) {
        n = cut(cut, n, centre - away);
        n = cut(cut, n, centre + away);
      }
    }
    if (n == 0) {
      return SMOOTH;
    }
    cut[n++] = -REACH;
    cut[n++] = REACH;
    Arrays.sort(cut, 0, n);
    int size = 0;
    for (int i = 0; i + 1 < n; i++) {
      size += GAUSS.node.length * parts(cut[i + 1] - cut[i]);
    }
    double[] node = new double[size];
    double[] weight = new double[size];
    int at = 0;
    for (int i = 0; i + 1 < n; i++) {
      int parts = parts(cut[i + 1] - cut[i]);
      double half = 0.5 * (cut[i + 1] - cut[i]) / parts;
      for (int part = 0; part < parts; part++) {
        double middle = cut[i] + (2 * part + 1) * half;
        for (int k = 0; k < GAUSS.node.length; k++) {
          node[at] = middle + half * GAUSS.node[k];
          weight[at] = half * GAUSS.weight[k] * Erf.normalDensity(node[at]);
          at++;
        }
      }
    }
    return new NormalRule(node, weight);
  }

  private static int cut(double[] cut, int n, double at) {
    if (Math.abs(at) < REACH) {
      cut[n] = at;
      return n + 1;
    }
    return n;
  }

  private static int parts(double length) {
    return length < 1e-9 ? 0 : (int) Math.ceil(length / WIDEST_PIECE);
  }
}
