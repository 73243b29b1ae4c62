package org.phasemap.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.theory.limit.InputKernels;
import org.phasemap.theory.limit.Trajectory;

/** Of any set of inputs, from their Gram matrix: every pair is followed. */
final class GramPairs implements PairTheory {
  private final int m;
  private final List<Trajectory> own = new ArrayList<>();

  /** E φφ at layer l, m × m, from the inputs' own at 0. */
  private final List<double[]> product = new ArrayList<>();

  /** σ_w² E φ′φ′ at layer l, index l − 1. */
  private final List<double[]> chi = new ArrayList<>();

  private final Map<Integer, KernelSpectrum> ntk = new TreeMap<>();
  private final Map<Integer, KernelSpectrum> standard = new TreeMap<>();

  /**
   * Goes up to the largest of some depths.
   *
   * @param kernels of the inputs at layer 1
   * @param gram x_a·x_b/n₀
   */
  GramPairs(InputKernels kernels, double[][] gram, Set<Integer> depths) {
    m = kernels.inputs();
    int top = Collections.max(depths);
    for (int a = 0; a < m; a++) {
      own.add(
          new Trajectory(
              new double[top],
              new double[top],
              new double[top],
              new double[top],
              new double[top],
              new double[top]));
    }
    product.add(matrix((a, b) -> gram[a][b]));
    for (int l = 1; l <= top; l++) {
      for (int a = 0; a < m; a++) {
        Trajectory t = own.get(a);
        t.q()[l - 1] = kernels.q(a);
        t.chi1()[l - 1] = kernels.chi1(a);
        t.chiC()[l - 1] = kernels.chi1(a);
        t.meanPhi()[l - 1] = kernels.meanPhi(a);
        t.secondMomentPhi()[l - 1] = kernels.secondMomentPhi(a);
      }
      kernels.up();
      product.add(matrix(kernels::productBelow));
      chi.add(matrix(kernels::chiBelow));
      if (depths.contains(l)) {
        ntk.put(l, KernelSpectrum.of(matrix(kernels::ntk), m));
        standard.put(l, KernelSpectrum.of(matrix(kernels::standardNtk), m));
      }
    }
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

  /** Signals of each input and itself. */
  List<Trajectory> inputs() {
    return own;
  }

  @Override
  public KernelSpectrum ntk(int depth) {
    return at(ntk, depth);
  }

  @Override
  public KernelSpectrum standardNtk(int depth) {
    return at(standard, depth);
  }

  private static KernelSpectrum at(Map<Integer, KernelSpectrum> kernels, int depth) {
    return kernels.getOrDefault(depth, KernelSpectrum.ABSENT);
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
}
