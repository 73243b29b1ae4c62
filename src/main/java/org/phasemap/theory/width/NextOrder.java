package org.phasemap.theory.width;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.theory.gauss.HermiteMoments;
import org.phasemap.theory.limit.LayerLaw;

/**
 * The next order in 1/n of what finite width does to one input: mean and variance of its kernel
 * K_l, and of S, ln of what layers 1 … l − 1 do to a squared gradient. Given K, a layer of n
 * independent units adds their mean to the next K and multiplies a squared gradient by another;
 * cumulants are expanded to second order along this Markov chain.
 *
 * <p>The same weights act on signals and on what else is sent through. That comes to lie along the
 * signals with a cosine c of order 1/√n, and S gains τ c² from it. Where c is kept over many layers
 * (GELU in its ordered phase) Var Σ τ c² is the largest of all. What is left out of that are c's
 * covariances with K. Measured: {@code NextOrderTest}. It says where {@link FiniteWidth} is rough.
 *
 * <p>It ends a band and is not added to it, because it is not known for several inputs.
 */
final class NextOrder {
  private final double w;
  private final double b;

  /**
   * K at infinite width, its mean's distance from it (times n, n²), variance and third cumulant.
   */
  private double q;

  private double s1;
  private double s2;
  private double v1;
  private double v2;
  private double t;

  /** The same of S, its covariance with K, and their third cumulant SKK. */
  private double m2;

  private double g1;
  private double g2;
  private double c1;
  private double c2;
  private double k21;

  /** n E c². */
  private double a;

  /** n² Cov(c², S). */
  private double felt;

  /** n² times what Σ τ c² adds to the variance of S. */
  private double spread;

  private NextOrder(LayerLaw law, double q) {
    w = law.sigmaW2();
    b = law.sigmaB2();
    this.q = q;
  }

  /**
   * What is known of a layer.
   *
   * @param lnKernel of ln of the weights' share of K
   * @param tangent of what the layers below it do to a squared tangent on its way up
   * @param gradient of what they do to a squared gradient, which this layer's φ′ has weighed
   */
  record Layer(Terms lnKernel, Terms tangent, Terms gradient) {}

  /**
   * Of layers 1 … L.
   *
   * @param q variance of the first one's pre-activations
   */
  static List<Layer> layers(LayerLaw law, double q, int depth) {
    NextOrder state = new NextOrder(law, q);
    List<Layer> layers = new ArrayList<>(depth);
    double known = q;
    boolean homogeneous = law.activation().isHomogeneous();
    HermiteMoments first = HermiteMoments.of(law.activation(), homogeneous ? 1 : q);
    HermiteMoments at = homogeneous ? first.scaled(q) : first;
    for (int l = 1; l <= depth; l++) {
      if (state.q != known) {
        known = state.q;
        at = homogeneous ? first.scaled(known) : HermiteMoments.of(law.activation(), known);
      }
      layers.add(
          new Layer(state.lnKernel(), state.gain(0), state.gain(state.weighed(state.tau(at)))));
      state.next(at);
    }
    return layers;
  }

  /**
   * Mean and variance of a logarithm.
   *
   * @param variance n times the variance
   * @param nextVariance n² times what the next order adds to it
   * @param nextShift n² times what it adds to the mean
   */
  record Terms(double variance, double nextVariance, double nextShift) {
    /** What the next order adds to the variance, as a share of it. */
    double share(int width) {
      return variance == 0 ? 0 : Math.abs(nextVariance) / (variance * width);
    }

    /** What it adds to the mean, in standard deviations. */
    double shiftShare(int width) {
      return variance == 0 ? 0 : Math.abs(nextShift) / (width * Math.sqrt(variance * width));
    }
  }

  /** Of ln of the weights' share of K. */
  private Terms lnKernel() {
    double k = q - b;
    double square = k * k;
    double variance = v1 / square;
    double skew = (t + 2 * v1 * s1) / (square * k);
    double nextShift =
        s2 / k
            - 0.5 * (v2 + s1 * s1) / square
            + (t + 3 * v1 * s1) / (3 * square * k)
            - 0.75 * variance * variance;
    return new Terms(variance, v2 / square - skew + 2.5 * variance * variance, nextShift);
  }

  /**
   * Of S. The alignment adds to the mean of a gain, not to that of its logarithm.
   *
   * @param more of {@link #spread}
   */
  private Terms gain(double more) {
    double aligned = spread + more;
    return new Terms(g1, g2 + aligned, m2 - 0.5 * aligned);
  }

  private double tau(HermiteMoments at) {
    return 2 * (q - b) * at.slope2()[1] / at.slope2()[0];
  }

  /** What this layer adds to {@link #spread}. */
  private double weighed(double tau) {
    return 2 * tau * (felt + tau * a * a);
  }

  /** To the next layer. */
  private void next(HermiteMoments at) {
    align(at);
    double[] f = scaled(at.phi2(), w);
    f[0] += b;
    double[] u = log(at.slope2());
    double d = at.slope2()[0];
    double v = at.phi2()[0];
    double r = at.slope2()[1] / d;
    double[] noise = noise(at);
    // Of the sum of φ² over units: variance, with two derivatives, and third cumulant.
    double[] own = new double[3];
    own[0] = w * w * (at.phi4()[0] - v * v);
    own[1] = w * w * (at.phi4()[1] - 2 * v * at.phi2()[1]);
    own[2] = w * w * (at.phi4()[2] - 2 * v * at.phi2()[2] - 2 * at.phi2()[1] * at.phi2()[1]);
    double third = w * w * w * (at.phi6() - 3 * at.phi4()[0] * v + 2 * v * v * v);
    double ratio = at.slope2phi2()[0] / d;
    double cross = w * (ratio - v);
    double crossGrowth = w * (at.slope2phi2()[1] / d - ratio * r - at.phi2()[1]);
    double[] m = at.slope4();
    double square = 3 * m[0] / (d * d);
    double noiseNoiseSignal = w * (3 * at.slope4phi2() / (d * d) - 2 * ratio - square * v + 2 * v);
    double noiseSignalSignal =
        w * w * (at.slope2phi4() / d - 2 * v * ratio - at.phi4()[0] + 2 * v * v);
    double noiseThird = 15 * at.slope6() / (d * d * d) - 3 * square + 2;

    // Cov(K, K²).
    double bent = t + 2 * v1 * s1;
    // Cov(S, K) behind the gain of this layer.
    double joint = c1 + u[1] * v1;
    // S first: it needs K of this layer.
    m2 +=
        mean2(u)
            - 0.5 * (noise[1] * s1 + 0.5 * noise[2] * v1)
            + noiseThird / 3
            - 0.75 * noise[0] * noise[0];
    double g2Next =
        g2
            + 2 * (u[1] * c2 + 0.5 * u[2] * (k21 + 2 * c1 * s1) + 0.5 * u[3] * v1 * c1)
            + u[1] * u[1] * v2
            + u[1] * u[2] * bent
            + (0.5 * u[2] * u[2] + u[1] * u[3]) * v1 * v1
            + noise[1] * s1
            + 0.5 * noise[2] * v1
            - noiseThird
            + 2.5 * noise[0] * noise[0]
            - noise[1] * joint;
    double c2Next =
        f[1] * c2
            + 0.5 * f[2] * (k21 + 2 * c1 * s1)
            + 0.5 * f[3] * v1 * c1
            + u[1] * f[1] * v2
            + 0.5 * (u[1] * f[2] + u[2] * f[1]) * bent
            + 0.5 * (u[2] * f[2] + u[1] * f[3] + u[3] * f[1]) * v1 * v1
            + crossGrowth * s1
            - 0.5 * noise[1] * f[1] * v1
            - 0.5 * noiseNoiseSignal
            + noise[0] * cross;
    double k21Next =
        f[1] * f[1] * (k21 + u[1] * t)
            + 2 * f[1] * f[2] * v1 * joint
            + u[2] * f[1] * f[1] * v1 * v1
            + own[1] * joint
            + 2 * crossGrowth * f[1] * v1
            + noiseSignalSignal;
    g1 += 2 * u[1] * c1 + u[1] * u[1] * v1 + noise[0];
    g2 = g2Next;
    c2 = c2Next;
    k21 = k21Next;
    c1 = f[1] * joint + cross;
    double s2Next = mean2(f);
    double v2Next =
        own[1] * s1
            + 0.5 * own[2] * v1
            + f[1] * f[1] * v2
            + f[1] * f[2] * bent
            + (0.5 * f[2] * f[2] + f[1] * f[3]) * v1 * v1;
    t = f[1] * f[1] * f[1] * t + 3 * f[1] * f[1] * f[2] * v1 * v1 + 3 * f[1] * own[1] * v1 + third;
    s1 = f[1] * s1 + 0.5 * f[2] * v1;
    v1 = f[1] * f[1] * v1 + own[0];
    s2 = s2Next;
    v2 = v2Next;
    q = f[0];
  }

  private void align(HermiteMoments at) {
    double own = q - b;
    double v = at.phi2()[0];
    double d = at.slope2()[0];
    double tau = tau(at);
    spread += weighed(tau);
    double along = at.slope2phi2()[0] / (v * d);
    double lambda = Math.sqrt(own / (v * d)) * at.phi2()[1];
    double kept = lambda * lambda;
    double noise = 3 * at.slope4()[0] / (d * d) - 1;
    double cross = along - 1;
    double third = 3 * at.slope3phi() / (Math.sqrt(v) * d * Math.sqrt(d)) - lambda;
    double fresh = 3 * at.slope4phi2() / (v * d * d) - along;
    double next = kept * a + along;
    felt =
        kept * (felt + 2 * tau * a * a) + fresh + 2 * lambda * third * a - next * (noise + cross);
    a = next;
  }

  /** n² times what the second order adds to the mean of a function of K. */
  private double mean2(double[] f) {
    return f[1] * s2
        + 0.5 * f[2] * (v2 + s1 * s1)
        + f[3] * (t + 3 * v1 * s1) / 6
        + 0.125 * f[4] * v1 * v1;
  }

  private static double[] scaled(double[] f, double w) {
    double[] out = f.clone();
    for (int k = 0; k < out.length; k++) {
      out[k] *= w;
    }
    return out;
  }

  /** ln f and its derivatives. */
  private static double[] log(double[] f) {
    double a = f[1] / f[0];
    double b = f[2] / f[0];
    double c = f[3] / f[0];
    double d = f[4] / f[0];
    return new double[] {
      Math.log(f[0]),
      a,
      b - a * a,
      c - 3 * a * b + 2 * a * a * a,
      d - 4 * a * c - 3 * b * b + 12 * a * a * b - 6 * a * a * a * a
    };
  }

  /** 3 E φ′⁴/(E φ′²)² − 1 with two derivatives. */
  private static double[] noise(HermiteMoments at) {
    double d = at.slope2()[0];
    double r = at.slope2()[1] / d;
    double rr = at.slope2()[2] / d;
    double[] m = at.slope4();
    double square = 3 / (d * d);
    return new double[] {
      square * m[0] - 1,
      square * (m[1] - 2 * m[0] * r),
      square * (m[2] - 4 * m[1] * r - 2 * m[0] * rr + 6 * m[0] * r * r)
    };
  }
}
