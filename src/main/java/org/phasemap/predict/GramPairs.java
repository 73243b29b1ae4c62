package org.phasemap.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.width.JointFiniteWidth;
import org.phasemap.theory.width.NetworkFluctuations;

/** Of any set of inputs, from their Gram matrix: every pair is followed. */
final class GramPairs implements InputTheory {
  private final int m;
  private final InputKernels kernels;
  private final JointFiniteWidth finite;
  private final List<SingleInput> alone = new ArrayList<>();

  /** Mean over pairs at layer l, index l − 1; NaN for one input. */
  private final double[] c;

  /** E φφ at layer l, m × m, from the inputs' own at 0. */
  private final List<double[]> product = new ArrayList<>();

  /** σ_w² E φ′φ′ at layer l, index l − 1. */
  private final List<double[]> chi = new ArrayList<>();

  private final Map<Integer, KernelSpectrum> ntk = new TreeMap<>();
  private final Map<Integer, KernelSpectrum> standard = new TreeMap<>();

  /**
   * Goes up to the largest depth of a group.
   *
   * @param gram m × m, x_a·x_b/n₀
   */
  GramPairs(MlpGroup group, double[][] gram) {
    m = gram.length;
    kernels = InputKernels.of(group.law(), gram, group.kept(2), group.kept(1));
    finite =
        new JointFiniteWidth(
            group.law(), group.network().weightLaw(), group.network().keepProbability(), gram);
    finite.add(kernels);
    NavigableSet<Integer> depths = group.depths();
    int top = depths.last();
    c = new double[top];
    List<Trajectory> own = new ArrayList<>();
    for (int a = 0; a < m; a++) {
      own.add(Trajectory.of(top));
    }
    product.add(matrix((a, b) -> gram[a][b]));
    for (int l = 1; l <= top; l++) {
      climb(l, own);
      if (depths.contains(l)) {
        ntk.put(l, KernelSpectrum.of(matrix(kernels::ntk), m));
        standard.put(l, KernelSpectrum.of(matrix(kernels::standardNtk), m));
      }
    }
    for (int a = 0; a < m; a++) {
      alone.add(SingleInput.of(gram[a][a], own.get(a)));
    }
  }

  /** Of inputs that networks may be unable to tell apart, whose kernel is singular then. */
  static GramPairs of(MlpGroup group, GivenInputs given) {
    GramPairs pairs = new GramPairs(group, given.gram());
    if (given.relations().makeSingular(group.law().activation(), group.law().sigmaB2())) {
      pairs.ntk.replaceAll((depth, kernel) -> kernel.singular());
    }
    return pairs;
  }

  /** Records layer l and moves to the next. */
  private void climb(int l, List<Trajectory> own) {
    for (int a = 0; a < m; a++) {
      Trajectory t = own.get(a);
      t.q()[l - 1] = kernels.q(a);
      t.chi1()[l - 1] = kernels.chi1(a);
      t.chiC()[l - 1] = kernels.chi1(a);
      t.meanPhi()[l - 1] = kernels.meanPhi(a);
      t.secondMomentPhi()[l - 1] = kernels.secondMomentPhi(a);
    }
    c[l - 1] = m == 1 ? Double.NaN : meanC();
    kernels.up();
    finite.add(kernels);
    product.add(matrix(kernels::productBelow));
    chi.add(matrix(kernels::chiBelow));
  }

  private double meanC() {
    double mean = 0;
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < a; b++) {
        mean += kernels.c(a, b) / (0.5 * m * (m - 1));
      }
    }
    return mean;
  }

  private interface Entries {
    double at(int a, int b);
  }

  private double[] matrix(Entries entries) {
    double[] matrix = new double[m * m];
    for (int i = 0; i < m * m; i++) {
      matrix[i] = entries.at(i / m, i % m);
    }
    return matrix;
  }

  @Override
  public List<SingleInput> alone() {
    return alone;
  }

  @Override
  public double c(int layer) {
    return c[layer - 1];
  }

  @Override
  public double[] gradientCosine(int depth) {
    double[] cosine = new double[depth];
    double[] pairs = matrix((a, b) -> 1);
    for (int l = depth; l >= 1; l--) {
      double[] slope = chi.get(l - 1);
      double sum = 0;
      for (int a = 0; a < m; a++) {
        for (int b = 0; b < a; b++) {
          int i = a * m + b;
          pairs[i] *= slope[i] / Math.sqrt(slope[a * m + a] * slope[b * m + b]);
          sum += pairs[i];
        }
      }
      cosine[l - 1] = sum / (0.5 * m * (m - 1));
    }
    return cosine;
  }

  @Override
  public KernelSpectrum ntk(int depth) {
    return ntk.getOrDefault(depth, KernelSpectrum.ABSENT);
  }

  @Override
  public KernelSpectrum standardNtk(int depth) {
    return standard.getOrDefault(depth, KernelSpectrum.ABSENT);
  }

  @Override
  public double[] batchGradient(int depth) {
    double[] batch = new double[depth];
    double[] gradient = matrix((a, b) -> 1);
    double[] weights = new double[m * m];
    for (int l = depth; l >= 1; l--) {
      for (int i = 0; i < m * m; i++) {
        gradient[i] *= chi.get(l - 1)[i];
        weights[i] = gradient[i] * product.get(l - 1)[i];
      }
      batch[l - 1] = FirstSteps.batchGradient(weights, FirstSteps.ROUNDING);
    }
    return batch;
  }

  @Override
  public NetworkFluctuations finite() {
    return finite;
  }
}
