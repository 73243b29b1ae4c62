package org.phasemap.predict;

import java.util.List;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.TwoPointSpectrum;
import org.phasemap.theory.width.FiniteWidth;
import org.phasemap.theory.width.NetworkFluctuations;

/** Of m inputs that all have one norm and one correlation. */
final class EqualPairs implements InputTheory {
  private final int m;
  private final Trajectory t;
  private final SingleInput each;
  private final NeuralTangentKernel.Pair ntk;
  private final NeuralTangentKernel.Pair standard;
  private final NetworkFluctuations finite;

  /** E φφ of two inputs at layer l, from the inputs' own at 0. */
  private final double[] product;

  /**
   * @param q0 ‖x‖²/n₀
   * @param c0 correlation of two inputs
   */
  EqualPairs(MlpGroup group, double q0, double c0) {
    int depth = group.depths().last();
    NetworkConfig network = group.network();
    m = group.inputs().count();
    t = SignalMaps.propagate(group.law(), q0, c0, depth);
    each = SingleInput.of(q0, t);
    ntk = NeuralTangentKernel.ntkParameterisation(group.law(), t, q0, c0);
    standard =
        NeuralTangentKernel.standardParameterisation(
            group.law(), t, q0, c0, group.kept(2), group.kept(1));
    finite =
        FiniteWidth.of(
            group.law(), network.weightLaw(), network.keepProbability(), q0, c0, depth, m);
    product = new double[depth];
    for (int l = 0; l < depth; l++) {
      product[l] = l == 0 ? q0 * c0 : NeuralTangentKernel.productPhi(group.law(), t, l);
    }
  }

  @Override
  public List<SingleInput> alone() {
    return List.of(each);
  }

  @Override
  public double c(int layer) {
    return t.c(layer);
  }

  @Override
  public double[] gradientCosine(int depth) {
    double[] cosine = new double[depth];
    double below = 1;
    for (int l = depth; l >= 1; l--) {
      below *= t.chiC()[l - 1] / t.chi1()[l - 1];
      cosine[l - 1] = below;
    }
    return cosine;
  }

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
    double diagonal = pair.diagonal()[depth - 1];
    double off = pair.offDiagonal()[depth - 1];
    KernelSpectrum kernel = KernelSpectrum.of(new TwoPointSpectrum(diagonal, m == 1 ? 0 : off, m));
    return new KernelSpectrum(
        kernel.lnScale(),
        off / diagonal,
        kernel.lnLambdaMax(),
        kernel.lnLambdaMin(),
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
      batch[l - 1] = m * (own * each.square(l - 1) + (m - 1) * pair * product[l - 1]);
    }
    return batch;
  }

  @Override
  public NetworkFluctuations finite() {
    return finite;
  }
}
