package org.phasemap.theory;

import org.jspecify.annotations.Nullable;
import org.phasemap.network.WeightLaw;

/**
 * First-order effects of finite width at one layer on inputs of any variances and correlations, each
 * times n: {@link FiniteLayer} without its symmetries. Weights are normal, or orthogonal with at
 * least as many rows as columns.
 */
final class JointLayer {
  private final LayerLaw law;
  private final boolean orthogonal;
  private final KernelEntries entries;

  /** Covariance of the pre-activations, m × m. */
  final double[][] k;

  /** χ₁ = σ_w² E φ′² of each input. */
  final double[] chi1;

  /** n Cov of the kernel that drew these pre-activations, by entries. */
  final double[][] kernel;

  /** Gram covariance that orthogonal weights do not have; zero for normal ones. */
  final double[][] fixed;

  /** n times the kernel's expected distance from its limit, by entries. */
  final double[] shift;

  final JointMoments at;

  private JointLayer(
      LayerLaw law,
      WeightLaw weights,
      KernelEntries entries,
      double[][] k,
      double[] chi1,
      double[][] kernel,
      double[] shift,
      JointMoments at) {
    this.law = law;
    orthogonal = weights == WeightLaw.ORTHOGONAL;
    this.entries = entries;
    this.k = k;
    this.chi1 = chi1;
    this.kernel = kernel;
    this.shift = shift;
    this.at = at;
    fixed = orthogonal ? wishart(law.sigmaB2()) : new double[entries.size()][entries.size()];
  }

  /** The first layer: its kernel is the data's, so nothing fluctuates yet. */
  static JointLayer first(
      LayerLaw law, WeightLaw weights, KernelEntries entries, double[][] k, double[] chi1) {
    return new JointLayer(
        law,
        weights,
        entries,
        k,
        chi1,
        new double[entries.size()][entries.size()],
        new double[entries.size()],
        new JointMoments(law.activation(), k, entries));
  }

  /**
   * The next layer.
   *
   * @param nextK its covariance
   * @param nextChi1 its χ₁
   * @param moments at that covariance
   */
  JointLayer next(double[][] nextK, double[] nextChi1, JointMoments moments) {
    double w = law.sigmaW2();
    int size = entries.size();
    double[][] base = new double[size][size];
    double[][] felt = new double[size][size];
    for (int e = 0; e < size; e++) {
      for (int f = 0; f < size; f++) {
        base[e][f] = kernel[e][f] - fixed[e][f];
        felt[e][f] = kernel[e][f] + spread(e, f);
      }
    }
    double[][] nextKernel = new double[size][size];
    double[][] half = new double[size][];
    for (int e = 0; e < size; e++) {
      double[] row = new double[size];
      for (int f = 0; f < size; f++) {
        row[f] = image(e, base[f]);
      }
      half[e] = row;
    }
    for (int e = 0; e < size; e++) {
      for (int f = 0; f < size; f++) {
        nextKernel[e][f] = image(f, half[e]) + w * w * at.products[e][f];
      }
    }
    double[] nextShift = new double[size];
    JointCurvature curvature =
        entries.hasPairs() ? new JointCurvature(law.activation(), at, entries.inputs()) : null;
    for (int e = 0; e < size; e++) {
      int a = entries.first(e);
      int b = entries.second(e);
      double bent =
          a != b && curvature != null
              ? curvature.dot(a, b, felt, entries)
              : curvature(curvature, a) * felt[a][a];
      nextShift[e] = image(e, shift) + 0.5 * w * bent;
    }
    return new JointLayer(
        law,
        orthogonal ? WeightLaw.ORTHOGONAL : WeightLaw.NORMAL,
        entries,
        nextK,
        nextChi1,
        nextKernel,
        nextShift,
        moments);
  }

  private double curvature(@Nullable JointCurvature curvature, int a) {
    return curvature == null ? at.single[a].curvature() : curvature.ofSquare(a);
  }

  /** What a small change of the kernel does to an entry of the next. */
  private double image(int entry, double[] change) {
    int a = entries.first(entry);
    int b = entries.second(entry);
    double w = law.sigmaW2();
    return a == b
        ? w * at.growth(a) * change[a]
        : w
            * (at.slopes[a][b] * change[entry]
                + 0.5 * (at.bend[a][b] * change[a] + at.bend[b][a] * change[b]));
  }

  /** Covariance of averages of products of normal vectors with the weights' share of k. */
  private double[][] wishart(double constant) {
    int size = entries.size();
    double[][] cov = new double[size][size];
    for (int e = 0; e < size; e++) {
      int a = entries.first(e);
      int b = entries.second(e);
      for (int f = 0; f < size; f++) {
        int c = entries.first(f);
        int d = entries.second(f);
        cov[e][f] =
            (k[a][c] - constant) * (k[b][d] - constant)
                + (k[a][d] - constant) * (k[b][c] - constant);
      }
    }
    return cov;
  }

  /**
   * A unit of orthogonal weights is a normal one whose squared radius, of variance 2/n, has been
   * divided out.
   */
  private double spread(int e, int f) {
    return orthogonal ? -2 * ownPart(e) * ownPart(f) : 0;
  }

  /** The weights' share of an entry of k. */
  private double ownPart(int entry) {
    return k[entries.first(entry)][entries.second(entry)] - law.sigmaB2();
  }

  /** n Cov of the averages over units of z_az_b. */
  double[][] observed() {
    double[][] observed = wishart(0);
    for (int e = 0; e < observed.length; e++) {
      for (int f = 0; f < observed.length; f++) {
        observed[e][f] += kernel[e][f] - fixed[e][f];
      }
    }
    return observed;
  }

  /** dV/dq times σ_w². */
  double chiQ(int a) {
    return law.sigmaW2() * at.growth(a);
  }

  /** d ln E φ′²/dq. */
  double slopeGrowth(int a) {
    return at.single[a].slopeGrowth();
  }

  /** E φ′_aφ′_b over the root of E φ′_a² E φ′_b². */
  double slopeCorrelation(int a, int b) {
    return at.slopes[a][b] / Math.sqrt(at.slopes[a][a] * at.slopes[b][b]);
  }

  /** n Cov(ν_a, ν_b), ν the relative noise of the gain, where the gradients above have cosine r. */
  double gainNoise(int a, int b, double r) {
    double loss = slopeGrowth(a) * slopeGrowth(b) * fixed[a][b];
    return at.gain[a][b] * (1 + 2 * r * r) - 1 - (orthogonal ? 2 * r * r + loss : 0);
  }

  /** The same under a read-out of independent normal weights, shared by all inputs. */
  double readoutNoise(int a, int b) {
    return gainNoise(a, b, 1) + (orthogonal ? 2 : 0);
  }

  /** σ_w² n Cov(ν_a, φ_b²). */
  double gainWithSignal(int a, int b) {
    return law.sigmaW2()
        * (at.gainWithSignal[a][b] - slopeGrowth(a) * at.growth(b) * fixed[a][b]);
  }

  /** n E ν_a, as {@link FiniteLayer#gainShift}. */
  double gainShift(int a, JointLayer above) {
    double tilted = 2 * above.ownPart(a) * above.slopeGrowth(a);
    return tilted * (at.slopeTilt(a) - (orthogonal ? 1 : 0)) + freshGainShift(a);
  }

  /** The same under weights that are not seen forwards: a read-out's. */
  double freshGainShift(int a) {
    double felt = kernel[a][a] + spread(a, a);
    return slopeGrowth(a) * shift[a] + 0.5 * at.single[a].slopeCurvature() * felt;
  }

  /** n Var K_aa/K_aa², the largest of the inputs'; NaN where one is 0. */
  double relativeVariance() {
    double largest = 0;
    for (int a = 0; a < k.length; a++) {
      double relative = kernel[a][a] / (k[a][a] * k[a][a]);
      largest = relative <= largest ? largest : relative;
    }
    return largest;
  }
}
