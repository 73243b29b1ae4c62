package org.phasemap.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.Phase;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.predict.Prediction.Draft;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.NeuralTangentKernel;
import org.phasemap.theory.limit.Phases;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;
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
  public List<Optional<Prediction>> predict(List<Cell> group) {
    return predictions(group).stream().map(Optional::of).toList();
  }

  /** Of each cell of a group, in its order. */
  static List<Prediction> predictions(List<Cell> group) {
    List<Draft> drafts = drafts(group);
    ProbeLimits.add(group, drafts.stream().map(Draft::limit).toList());
    return drafts.stream().map(Draft::prediction).toList();
  }

  private static List<Draft> drafts(List<Cell> variant) {
    NetworkConfig network = variant.get(0).network();
    Inputs inputs = ((Propagation) variant.get(0).task()).inputs();
    LayerLaw law =
        new LayerLaw(network.activation(), network.effectiveSigmaW2(), network.sigmaB2());
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      double q0 = inputs.scale() * inputs.scale() * gaussian.q0();
      return ofEqualNorms(variant, law, q0, gaussian.c0());
    }
    GivenInputs given = GivenInputs.of(inputs);
    List<Draft> drafts = GramPrediction.of(variant, law, given.gram(), inputs.dimension());
    if (given.relations().makeSingular(law.activation(), law.sigmaB2())) {
      drafts.forEach(draft -> draft.limit().put(KernelQuantity.LN_NTK_CONDITION, Double.NaN));
    }
    return drafts;
  }

  /** Of m inputs that all have one norm and one correlation. */
  private static List<Draft> ofEqualNorms(List<Cell> variant, LayerLaw law, double q0, double c0) {
    List<Draft> out = new ArrayList<>();
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
      Measurement.Builder limit =
          new Measurement.Builder()
              .put(SignalQuantity.LN_Q, Math.log(t.q()[top - 1]))
              .put(SignalQuantity.C, c[top - 1])
              .put(SignalQuantity.LN_GRADIENT_GAIN, gain[0])
              .put(KernelQuantity.LN_NTK_SCALE, Math.log(diagonal))
              .put(KernelQuantity.NTK_OFF_RATIO, off / diagonal)
              .put(
                  KernelQuantity.LN_NTK_CONDITION,
                  m == 1 ? 0 : EqualPairs.spectrum(diagonal, off, m).lnCondition())
              .put(KernelQuantity.LN_NTK_STANDARD_SCALE, Math.log(standard.diagonal()[top - 1]))
              .put(Profile.Q, Arrays.copyOf(t.q(), top))
              .put(Profile.C, Arrays.copyOf(c, top))
              .put(Profile.LN_GRADIENT, gain);
      out.add(new Draft(cell, phase, t.chi1()[top - 1], limit, Bands.of(finite, cell)));
    }
    return out;
  }
}
