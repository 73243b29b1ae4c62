package org.phasemap.theory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.WeightLaw;

/**
 * {@link FiniteWidth} for inputs of any norms and correlations: expectation and standard deviation
 * over random networks to first order in 1/n, of the same scalars averaged over these inputs.
 *
 * <p>Without a band are: other weights than normal ones without a mask and orthogonal ones with n ≥
 * n₀, because their first layer is not Gaussian, or does not keep the inputs' Gram matrix; an input
 * that is zero and stays zero; variances above {@value #LARGEST_Q} of a φ that has a scale; and the
 * correlation of more than {@value #MOST_PAIRED} inputs, or of hard tanh.
 */
public final class JointFiniteWidth implements NetworkFluctuations {
  /** The work that pairs make grows with the fourth power. */
  private static final int MOST_PAIRED = 16;

  /** Here the points of {@link GaussianSample} resolve φ′. */
  private static final double LARGEST_Q = 25;

  /** m² times layers: what is kept of them is 50 bytes of each. */
  private static final long MOST_KEPT = 2_000_000;

  /** Relative changes below this are none beside the points' error. */
  private static final double SETTLED = 3e-3;

  private static final double SETTLED_ANGLE = 1e-7;

  /** Mean 1 − c below which the covariances' digits do not suffice. */
  private static final double NEAR_ONE = 1e-4;

  private final LayerLaw law;
  private final WeightLaw weights;
  private final double[][] gram;
  private final int m;
  private final KernelEntries entries;
  private final List<JointLayer> layers = new ArrayList<>();
  private final List<FirstOrder> lnQ = new ArrayList<>();

  /** Of ln q, of the mean over inputs over that of one. */
  private final List<Double> share = new ArrayList<>();

  private final List<FirstOrder> c = new ArrayList<>();

  /** n Var K/K², the largest of the inputs and of the layers so far. */
  private final List<Double> relativeVariance = new ArrayList<>();

  private boolean covered;
  private @Nullable JointKernel top;
  private @Nullable JointMoments moments;

  /**
   * Nothing yet; {@link #add} gives it its layers.
   *
   * @param keep p of the mask; 1 without
   * @param gram x_a·x_b/n₀
   */
  public JointFiniteWidth(LayerLaw law, WeightLaw weights, double keep, double[][] gram) {
    this.law = law;
    this.weights = weights;
    this.gram = gram;
    m = gram.length;
    boolean paired = m > 1 && m <= MOST_PAIRED && JointCurvature.covers(law.activation());
    entries = paired ? KernelEntries.all(m) : KernelEntries.diagonal(m);
    covered = keep == 1 && weights != WeightLaw.UNIFORM;
  }

  /**
   * Adds the next layer, from the first on. Bands of depth L need L + 1.
   *
   * @param kernels at that layer
   */
  public void add(InputKernels kernels) {
    double[][] k = new double[m][m];
    double[] chi1 = new double[m];
    double cosine = 0;
    covered &= (layers.size() + 1L) * m * m <= MOST_KEPT;
    for (int a = 0; a < m; a++) {
      double q = kernels.q(a);
      covered &= q > 0 && (law.activation().isHomogeneous() || q < LARGEST_Q);
      k[a][a] = q;
      chi1[a] = kernels.chi1(a);
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
    double before = relativeVariance.isEmpty() ? 0 : relativeVariance.get(layers.size() - 2);
    relativeVariance.add(Math.max(before, next.relativeVariance()));
    lnQ.add(next.lnQ());
    share.add(next.lnQ().variance() / next.varianceOfOne());
    c.add(entries.hasPairs() ? next.c(cosine) : new FirstOrder(Double.NaN, 0, 0));
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

  private boolean isMissing(int layer) {
    return layers.size() < layer;
  }

  private static Band none() {
    return new Band(Double.NaN, Double.NaN, false);
  }

  @Override
  public Band lnQ(int depth, int width) {
    if (isMissing(depth)) {
      return none();
    }
    FirstOrder order = lnQ.get(depth - 1);
    return isExact()
        ? FiniteWidth.exactLnQ(law, depth, width, order.limit(), share.get(depth - 1))
        : order.band(width, isReliable(depth, width));
  }

  @Override
  public Band c(int depth, int width) {
    if (isMissing(depth)) {
      return none();
    }
    FirstOrder order = c.get(depth - 1);
    double delta = 1 - order.limit();
    boolean nearlyNormal =
        delta > NEAR_ONE && order.deviation(width) < FiniteWidth.LARGEST_SPREAD * delta;
    return order.band(width, nearlyNormal && isReliable(depth, width));
  }

  @Override
  public Band lnGradientGain(int depth, int width) {
    if (isMissing(depth)) {
      return none();
    }
    JointGain gain = JointGain.of(layers.subList(0, depth), backwardCorrelations(depth));
    if (isExact()) {
      LogNormLaw exact = FiniteWidth.logNorm(law, width);
      // Exact for one input; how the inputs share it is of first order.
      boolean reliable =
          m == 1 || relativeVariance.get(depth - 1) / width < FiniteWidth.SHARED_VALIDITY;
      return new Band(
          gain.mean().limit() + exact.mean(depth - 1),
          Math.sqrt(exact.variance(depth - 1) * gain.share()),
          reliable);
    }
    return gain.mean().band(width, isReliable(depth, width));
  }

  @Override
  public Band lnNtkScale(int depth, int width) {
    return ntk(depth, width, law.sigmaW2(), law.sigmaW2(), law.sigmaB2());
  }

  @Override
  public Band lnNtkStandardScale(int depth, int width, double parameters, double inputParameters) {
    return ntk(depth, width, inputParameters, parameters, law.sigmaB2() > 0 ? 1 : 0);
  }

  /** Of layers that add weight · (E φ² of the layer below) + bias. */
  private Band ntk(int depth, int width, double inputWeight, double weight, double bias) {
    if (isMissing(depth + 1)) {
      return none();
    }
    double slope = weight / law.sigmaW2();
    double[][] own = new double[depth + 1][m];
    for (int a = 0; a < m; a++) {
      own[0][a] = inputWeight * gram[a][a] + bias;
      for (int l = 1; l <= depth; l++) {
        own[l][a] = slope * layers.get(l).ofWeights(a) + bias;
      }
    }
    FirstOrder order =
        JointNtk.of(layers, depth, own, slope, backwardCorrelations(depth)).lnMeanDiagonal();
    boolean reliable =
        isExact()
            ? order.variance() / width < 2 * KernelFluctuation.VALIDITY
            : isReliable(depth, width);
    return order.band(width, reliable);
  }

  /** Correlations of ∂f/∂z_l of two inputs, l = 1 … L, for a read-out at layer L. */
  private double[][][] backwardCorrelations(int depth) {
    double[][][] r = new double[depth][m][m];
    for (int l = depth - 1; l >= 0; l--) {
      for (int a = 0; a < m; a++) {
        for (int b = 0; b < m; b++) {
          double above = l == depth - 1 ? 1 : r[l + 1][a][b];
          r[l][a][b] = above * layers.get(l).slopeCorrelation(a, b);
        }
      }
    }
    return r;
  }

  private boolean isExact() {
    return law.activation().isHomogeneous() && law.sigmaB2() == 0 && weights == WeightLaw.NORMAL;
  }

  private boolean isReliable(int depth, int width) {
    return KernelFluctuation.isValid(relativeVariance.get(depth - 1), width);
  }
}
