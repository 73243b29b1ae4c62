package org.phasemap.theory;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.Activation;
import org.phasemap.network.WeightLaw;

/**
 * {@link FiniteWidth} for inputs of any norms and correlations: expectation and standard deviation
 * over random networks to first order in 1/n, of the same scalars averaged over these inputs.
 *
 * <p>The covariance of all entries of a layer's kernel is followed, so that correlations of pairs
 * have bands for up to {@value #MOST_PAIRED} inputs; of more, norms, gains and tangent kernels do.
 * Weights are normal without a mask, or orthogonal with n ≥ n₀: of others the first layer is not
 * Gaussian, and its inputs are too few or too uneven to be taken for it.
 */
public final class JointFiniteWidth {
  /** The work grows with the fourth power. */
  static final int MOST_PAIRED = 16;

  /** Variance above which the points do not resolve φ′ of a function with a scale. */
  private static final double LARGEST_Q = 25;

  /** Relative changes below this are none beside the points' error. */
  private static final double SETTLED = 1e-3;

  /** What 1 − c must change by. */
  private static final double SETTLED_ANGLE = 1e-7;

  private static final double NEAR_ONE = 1e-4;

  private final LayerLaw law;
  private final WeightLaw weights;
  private final double[][] gram;
  private final int m;
  private final KernelEntries entries;
  private final boolean covered;
  private final List<JointLayer> layers = new ArrayList<>();

  /** Mean of 1 − c over pairs, by layer. */
  private final List<Double> oneMinusC = new ArrayList<>();

  private boolean resolved = true;

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
   * Adds the next layer, from the first on. A band of depth L needs L + 1.
   *
   * @param kernels at that layer
   */
  public void add(InputKernels kernels) {
    double[][] k = new double[m][m];
    double[] chi1 = new double[m];
    double delta = 0;
    for (int a = 0; a < m; a++) {
      Activation f = law.activation();
      resolved &= kernels.q(a) > 0 && (f.isHomogeneous() || kernels.q(a) < LARGEST_Q);
      k[a][a] = kernels.q(a);
      chi1[a] = kernels.chi1(a);
      for (int b = 0; b < a; b++) {
        k[a][b] = kernels.c(a, b) * Math.sqrt(kernels.q(a)) * Math.sqrt(kernels.q(b));
        k[b][a] = k[a][b];
        delta += (1 - kernels.c(a, b)) / (0.5 * m * (m - 1));
      }
    }
    oneMinusC.add(delta);
    if (!covered || !resolved) {
      return;
    }
    if (layers.isEmpty()) {
      layers.add(JointLayer.first(law, weights, entries, k, chi1));
      return;
    }
    JointLayer below = layers.get(layers.size() - 1);
    JointMoments moments =
        isSettled(below.at, k) ? below.at : new JointMoments(law.activation(), k, entries);
    layers.add(below.next(k, chi1, moments));
  }

  private boolean isSettled(JointMoments at, double[][] k) {
    for (int a = 0; a < m; a++) {
      if (!(Math.abs(k[a][a] - at.covariance(a, a)) <= SETTLED * k[a][a])) {
        return false;
      }
      for (int b = 0; b < a; b++) {
        double before = cosine(at.covariance(a, b), at.covariance(a, a), at.covariance(b, b));
        double now = cosine(k[a][b], k[a][a], k[b][b]);
        if (!(Math.abs(now - before) <= SETTLED * (1 - now) + SETTLED_ANGLE)) {
          return false;
        }
      }
    }
    return true;
  }

  private static double cosine(double ab, double aa, double bb) {
    return ab / Math.sqrt(aa) / Math.sqrt(bb);
  }

  private boolean reaches(int depth) {
    return layers.size() >= depth;
  }

  private static Band none() {
    return new Band(Double.NaN, Double.NaN, false);
  }

  /** ln of the mean of z_L² over units and inputs. */
  public Band lnQ(int depth, int width) {
    if (!reaches(depth)) {
      return none();
    }
    JointLayer top = layers.get(depth - 1);
    double[][] observed = top.observed();
    double sum = 0;
    double variance = 0;
    double shift = 0;
    for (int a = 0; a < m; a++) {
      sum += top.k[a][a];
      shift += top.shift[a];
      for (int b = 0; b < m; b++) {
        variance += observed[a][b];
      }
    }
    variance /= sum * sum;
    double mean = Math.log(sum / m);
    if (isExact()) {
      double share = variance / (observed[0][0] / (top.k[0][0] * top.k[0][0]));
      return FiniteWidth.exactLnQ(law, depth, width, mean, share);
    }
    double deviation = Math.sqrt(variance / width);
    return new Band(
        mean + (shift / sum - 0.5 * variance) / width, deviation, isReliable(depth, width));
  }

  /** Cosine of z_L of two inputs, averaged over pairs; NaN for one input and for too many. */
  public Band c(int depth, int width) {
    if (!reaches(depth) || !entries.hasPairs()) {
      return none();
    }
    JointLayer top = layers.get(depth - 1);
    double[][] observed = top.observed();
    double pairs = 0.5 * m * (m - 1);
    double[] slope = new double[entries.size()];
    double shift = 0;
    for (int a = 0; a < m; a++) {
      double qa = top.k[a][a];
      for (int b = 0; b < a; b++) {
        int ab = entries.of(a, b);
        double qb = top.k[b][b];
        double root = Math.sqrt(qa) * Math.sqrt(qb);
        double c = top.k[a][b] / root;
        slope[ab] = 1 / (pairs * root);
        slope[a] -= 0.5 * c / (pairs * qa);
        slope[b] -= 0.5 * c / (pairs * qb);
        double norms = observed[a][a] / (qa * qa) + observed[b][b] / (qb * qb);
        double crossed = observed[ab][a] / (qa * root) + observed[ab][b] / (qb * root);
        shift +=
            (c * (0.375 * norms + 0.25 * observed[a][b] / (qa * qb)) - 0.5 * crossed) / pairs;
      }
    }
    double variance = 0;
    for (int e = 0; e < slope.length; e++) {
      shift += slope[e] * top.shift[e];
      for (int f = 0; f < slope.length; f++) {
        variance += slope[e] * slope[f] * observed[e][f];
      }
    }
    double delta = oneMinusC.get(depth - 1);
    double deviation = Math.sqrt(Math.max(0, variance) / width);
    boolean nearlyNormal = delta > NEAR_ONE && deviation < FiniteWidth.LARGEST_SPREAD * delta;
    return new Band(
        1 - delta + shift / width, deviation, nearlyNormal && isReliable(depth, width));
  }

  /** ln ‖∂f/∂z_1‖²/‖∂f/∂z_L‖², averaged over inputs. */
  public Band lnGradientGain(int depth, int width) {
    if (!reaches(depth)) {
      return none();
    }
    double[][][] r = backwardCorrelations(depth);
    double[][] withSignal = new double[m][m];
    double mean = 0;
    double shift = 0;
    double same = 0;
    double all = 0;
    for (int l = 0; l < depth - 1; l++) {
      JointLayer layer = layers.get(l);
      double[][] next = new double[m][m];
      for (int a = 0; a < m; a++) {
        double d = layer.slopeGrowth(a);
        mean += Math.log(layer.chi1[a]) / m;
        shift += layer.gainShift(a, layers.get(l + 1)) / m;
        for (int b = 0; b < m; b++) {
          double e = layer.slopeGrowth(b);
          double kernel = layer.kernel[a][b];
          double noise = layer.gainNoise(a, b, r[l + 1][a][b]);
          double grown = e * withSignal[a][b] + d * withSignal[b][a] + d * e * kernel + noise;
          all += grown / (m * m);
          if (a == b) {
            shift -= 0.5 * (noise + d * d * kernel) / m;
            same += grown / m;
          }
          next[a][b] =
              layer.chiQ(b) * (withSignal[a][b] + d * kernel) + layer.gainWithSignal(a, b);
        }
      }
      withSignal = next;
    }
    if (isExact()) {
      LogNormLaw exact = FiniteWidth.logNorm(law, width);
      double share = same > 0 ? all / same : 1;
      // Exact for one input; how the inputs share it is of first order.
      boolean reliable =
          m == 1 || relativeVariance(depth) / width < FiniteWidth.SHARED_VALIDITY;
      return new Band(
          mean + exact.mean(depth - 1), Math.sqrt(exact.variance(depth - 1) * share), reliable);
    }
    return new Band(
        mean + shift / width, Math.sqrt(Math.max(0, all) / width), isReliable(depth, width));
  }

  /** ln(tr Θ/m), NTK parameterisation. */
  public Band lnNtkScale(int depth, int width) {
    return ntk(depth, width, law.sigmaW2(), law.sigmaW2(), law.sigmaB2());
  }

  /**
   * ln(tr Θ/m), standard parameterisation.
   *
   * @param inputDimension n₀
   */
  public Band lnNtkStandardScale(int depth, int width, int inputDimension) {
    return ntk(depth, width, inputDimension, width, law.sigmaB2() > 0 ? 1 : 0);
  }

  /** Of layers that add weight · (E φ² of the layer below) + bias. */
  private Band ntk(int depth, int width, double inputWeight, double weight, double bias) {
    if (!reaches(depth + 1)) {
      return none();
    }
    double[][] own = new double[depth + 1][m];
    for (int a = 0; a < m; a++) {
      own[0][a] = inputWeight * gram[a][a] + bias;
      for (int l = 1; l <= depth; l++) {
        double square = (layers.get(l).k[a][a] - law.sigmaB2()) / law.sigmaW2();
        own[l][a] = weight * square + bias;
      }
    }
    double[] of =
        JointNtk.of(layers, depth, own, weight / law.sigmaW2(), backwardCorrelations(depth))
            .meanAndVariance();
    boolean reliable =
        isExact() ? of[2] / width < 2 * KernelFluctuation.VALIDITY : isReliable(depth, width);
    return new Band(of[0] + of[1] / width, Math.sqrt(Math.max(0, of[2]) / width), reliable);
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
    return KernelFluctuation.isValid(relativeVariance(depth), width);
  }

  /** n Var K/K², the largest of the layers below the depth. */
  private double relativeVariance(int depth) {
    return layers.subList(0, depth).stream()
        .mapToDouble(JointLayer::relativeVariance)
        .max()
        .orElse(0);
  }
}
