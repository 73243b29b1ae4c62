package org.phasemap.theory.width;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.WeightLaw;
import org.phasemap.theory.gauss.GaussianSample;
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.LayerLaw;

/**
 * The layers of {@link JointFiniteWidth}, one after the other, as far as their fluctuations are
 * known.
 *
 * <p>The covariances of all m(m + 1)/2 entries of the kernel are followed, not only of what is
 * averaged: an entry feels only its own pair, so a step is sparse.
 */
final class JointLayers {
  /** The work that pairs make grows with the fourth power. */
  static final int MOST_PAIRED = 16;

  /** Here the points of {@link GaussianSample} resolve φ′. */
  static final double LARGEST_Q = 25;

  /** m² times layers: what is kept of them is 50 bytes of each. */
  private static final long MOST_KEPT = 2_000_000;

  /** Relative changes below this are none beside the points' error. */
  private static final double SETTLED = 3e-3;

  private static final double SETTLED_ANGLE = 1e-7;

  private final LayerLaw law;
  private final WeightLaw weights;
  private final int m;
  private final KernelEntries entries;
  private final List<JointLayer> layers = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();
  private boolean covered;
  private @Nullable JointKernel top;
  private @Nullable JointMoments moments;

  /**
   * What is known of a layer's signals.
   *
   * @param lnQ of ln of the mean of z² over units and inputs
   * @param share its variance over that of one input
   * @param c of the mean cosine of two inputs
   * @param mean of the mean of φ
   * @param relativeVariance n Var K/K², the largest of the inputs and of the layers so far
   * @param pairs n times {@link Reliability#ofPairs}, the largest of the layers so far
   */
  record Signal(
      FirstOrder lnQ,
      double share,
      FirstOrder c,
      FirstOrder mean,
      double relativeVariance,
      double pairs) {}

  /**
   * None yet.
   *
   * @param keep p of the mask; 1 without
   */
  JointLayers(LayerLaw law, WeightLaw weights, double keep, int inputs) {
    this.law = law;
    this.weights = weights;
    m = inputs;
    boolean paired = m > 1 && m <= MOST_PAIRED && JointCurvature.covers(law.activation());
    entries = paired ? KernelEntries.all(m) : KernelEntries.diagonal(m);
    covered = keep == 1 && weights.isIsotropic();
  }

  /**
   * Adds the next layer, from the first on, if the law reaches so far.
   *
   * @param kernels at that layer
   */
  void add(InputKernels kernels) {
    double[][] k = new double[m][m];
    double[] chi1 = new double[m];
    double cosine = 0;
    double phi = 0;
    covered &= (layers.size() + 1L) * m * m <= MOST_KEPT;
    for (int a = 0; a < m; a++) {
      double q = kernels.q(a);
      covered &=
          LayeredFluctuations.isLarge(law.activation(), q)
              && (law.activation().isHomogeneous() || q < LARGEST_Q);
      k[a][a] = q;
      chi1[a] = kernels.chi1(a);
      phi += kernels.meanPhi(a) / m;
      for (int b = 0; b < a; b++) {
        k[a][b] = kernels.c(a, b) * Math.sqrt(q) * Math.sqrt(kernels.q(b));
        k[b][a] = k[a][b];
        cosine += kernels.c(a, b) / (0.5 * m * (m - 1));
      }
    }
    if (!covered) {
      return;
    }
    JointKernel next =
        top == null || moments == null
            ? JointKernel.first(law, weights, entries, k)
            : top.next(moments, k);
    if (moments == null || !isSettled(moments.covariance, k)) {
      moments = new JointMoments(law.activation(), k, entries);
    }
    top = next;
    layers.add(new JointLayer(law, weights, next, moments, chi1));
    Signal below = signals.isEmpty() ? null : signals.get(signals.size() - 1);
    double before = below == null ? 0 : below.relativeVariance();
    double pairs = below == null ? 0 : below.pairs();
    signals.add(
        new Signal(
            next.lnQ(),
            next.lnQ().variance() / next.varianceOfOne(),
            entries.hasPairs() ? next.c(cosine) : new FirstOrder(Double.NaN, 0, 0),
            next.meanPhi(moments, phi),
            Math.max(before, next.relativeVariance()),
            entries.hasPairs() ? Math.max(pairs, next.pairs()) : 0));
  }

  private boolean isSettled(double[][] before, double[][] k) {
    for (int a = 0; a < m; a++) {
      if (!(Math.abs(k[a][a] - before[a][a]) <= SETTLED * k[a][a])) {
        return false;
      }
      for (int b = 0; b < a; b++) {
        double now = k[a][b] / Math.sqrt(k[a][a] * k[b][b]);
        double change = now - before[a][b] / Math.sqrt(before[a][a] * before[b][b]);
        if (!(Math.abs(change) <= SETTLED * (1 - now) + SETTLED_ANGLE)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Number of layers that are known. */
  int size() {
    return layers.size();
  }

  /** Those from the first on. */
  List<JointLayer> first(int depth) {
    return layers.subList(0, depth);
  }

  /** Layer l, from 1. */
  JointLayer layer(int layer) {
    return layers.get(layer - 1);
  }

  /** The same. */
  Signal signal(int layer) {
    return signals.get(layer - 1);
  }
}
