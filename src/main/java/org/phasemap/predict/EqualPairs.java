package org.phasemap.predict;

import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.TwoPointSpectrum;

/**
 * Of m inputs that all have one norm and one correlation.
 *
 * @param inputs m
 * @param t signals of two of them
 * @param ntk kernels by depth
 * @param standard the same in standard parameterisation
 * @param square E φ² at layer l, from the inputs' own at 0
 * @param product E φφ of two inputs
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, and kept to one group's predictions
record EqualPairs(
    int inputs,
    Trajectory t,
    NeuralTangentKernel.Pair ntk,
    NeuralTangentKernel.Pair standard,
    double[] square,
    double[] product)
    implements PairTheory {

  @Override
  public KernelSpectrum ntk(int depth) {
    return spectrum(ntk, depth);
  }

  @Override
  public KernelSpectrum standardNtk(int depth) {
    return spectrum(standard, depth);
  }

  /** One input is alone with its diagonal. */
  private KernelSpectrum spectrum(NeuralTangentKernel.Pair pair, int depth) {
    double off = inputs == 1 ? 0 : pair.offDiagonal()[depth - 1];
    return spectrum(pair.diagonal()[depth - 1], off, inputs);
  }

  /** Of a kernel whose entries on the diagonal are equal, and those off it. */
  static KernelSpectrum spectrum(double diagonal, double off, int inputs) {
    TwoPointSpectrum kernel = new TwoPointSpectrum(diagonal, off, inputs);
    double a = kernel.constantEigenvalue();
    double b = kernel.bulkEigenvalue();
    return new KernelSpectrum(
        Math.log(diagonal),
        off / diagonal,
        Math.log(Math.max(a, b)),
        KernelSpectrum.lnSmallest(Math.min(a, b), Math.max(a, b)),
        kernel.effectiveRank());
  }

  @Override
  public double[] batchGradient(int depth) {
    double[] batch = new double[depth];
    double own = 1;
    double pair = 1;
    for (int l = depth; l >= 1; l--) {
      own *= t.chi1()[l - 1];
      pair *= t.chiC()[l - 1];
      batch[l - 1] = inputs * (own * square[l - 1] + (inputs - 1) * pair * product[l - 1]);
    }
    return batch;
  }
}
