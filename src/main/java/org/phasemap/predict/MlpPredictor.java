package org.phasemap.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.measure.result.KernelSpectrum;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.Phase;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.Phases;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
import org.phasemap.theory.limit.TwoPointSpectrum;
import org.phasemap.theory.width.FiniteWidth;

/** Predicts MLPs that differ in depth alone: one recursion serves them all. */
final class MlpPredictor implements Predictor {
  /** What cells have in common that are predicted together. */
  private record Variant(NetworkConfig shallow, Task task) {}

  @Override
  public Record group(Cell cell) {
    return new Variant(cell.network().withDepth(1), cell.task());
  }

  @Override
  public List<Optional<Theory>> predict(List<Cell> group) {
    List<Prediction> limits = limits(group);
    List<ProbePrediction> probes = ProbePrediction.of(group);
    return IntStream.range(0, group.size())
        .mapToObj(i -> Optional.of(new Theory(limits.get(i), probes.get(i))))
        .toList();
  }

  /** Signals, gradients and kernels of a group, in its order. */
  static List<Prediction> limits(List<Cell> variant) {
    NetworkConfig network = variant.get(0).network();
    Inputs inputs = ((Propagation) variant.get(0).task()).inputs();
    LayerLaw law =
        new LayerLaw(network.activation(), network.effectiveSigmaW2(), network.sigmaB2());
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      double q0 = inputs.scale() * inputs.scale() * gaussian.q0();
      return ofEqualNorms(variant, law, q0, gaussian.c0());
    }
    GivenInputs given = GivenInputs.of(inputs);
    List<Prediction> predictions =
        GramPrediction.of(variant, law, given.gram(), inputs.dimension());
    return given.relations().makeSingular(law.activation(), law.sigmaB2())
        ? predictions.stream().map(Prediction::singular).toList()
        : predictions;
  }

  /** Of m inputs that all have one norm and one correlation. */
  private static List<Prediction> ofEqualNorms(
      List<Cell> variant, LayerLaw law, double q0, double c0) {
    List<Prediction> out = new ArrayList<>();
    NetworkConfig network = variant.get(0).network();
    Inputs inputs = ((Propagation) variant.get(0).task()).inputs();
    int depth = variant.stream().mapToInt(c -> c.network().depth()).max().orElseThrow();
    Trajectory t = SignalMaps.propagate(law, q0, c0, depth);
    NeuralTangentKernel.Pair ntk = NeuralTangentKernel.ntkParameterisation(law, t, q0, c0);
    // Of n weights into a unit, p n are kept: those are the parameters.
    double p = network.keepProbability();
    NeuralTangentKernel.Pair standard =
        NeuralTangentKernel.standardParameterisation(
            law, t, q0, c0, p * network.width(), p * inputs.dimension());
    FiniteWidth finite = FiniteWidth.of(law, network.weightLaw(), p, q0, c0, depth, inputs.count());
    Phase phase = Phases.of(law, t.q()[0]).phase();
    double[] c = new double[depth];
    double[] lnChi = new double[depth + 1];
    for (int l = 1; l <= depth; l++) {
      c[l - 1] = t.c(l);
      lnChi[l] = lnChi[l - 1] + Math.log(t.chi1()[l - 1]);
    }
    int m = inputs.count();
    for (Cell cell : variant) {
      int top = cell.network().depth();
      double diagonal = ntk.diagonal()[top - 1];
      double off = ntk.offDiagonal()[top - 1];
      double[] gain = new double[top];
      for (int l = 1; l <= top; l++) {
        gain[l - 1] = lnChi[top - 1] - lnChi[l - 1];
      }
      out.add(
          new Prediction(
              cell,
              phase,
              t.chi1()[top - 1],
              Math.log(t.q()[top - 1]),
              c[top - 1],
              gain[0],
              Math.log(diagonal),
              off / diagonal,
              lnCondition(diagonal, off, m),
              Math.log(standard.diagonal()[top - 1]),
              Arrays.copyOf(t.q(), top),
              Arrays.copyOf(c, top),
              gain,
              Bands.of(finite, cell)));
    }
    return out;
  }

  private static double lnCondition(double diagonal, double off, int m) {
    if (m == 1) {
      return 0;
    }
    TwoPointSpectrum kernel = new TwoPointSpectrum(diagonal, off, m);
    double a = kernel.constantEigenvalue();
    double b = kernel.bulkEigenvalue();
    double largest = Math.max(a, b);
    return Math.log(largest) - KernelSpectrum.lnSmallest(Math.min(a, b), largest);
  }
}
