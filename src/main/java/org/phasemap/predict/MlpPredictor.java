package org.phasemap.predict;

import java.util.Collections;
import java.util.List;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.Phase;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.limit.Phases;

/** Predicts MLPs that differ in depth alone: one recursion serves them all. */
final class MlpPredictor implements Predictor {
  /** What cells have in common that are predicted together. */
  private record Variant(NetworkConfig shallow, Task task) {}

  @Override
  public Record group(Cell cell) {
    return new Variant(cell.network().withDepth(1), cell.task());
  }

  @Override
  public List<Outlook> predict(List<Cell> group) {
    try {
      FirstLayer.check(
          group.get(0).network(), ((Propagation) group.get(0).task()).inputs().dimension());
      return predictions(group).stream().map(Outlook::of).toList();
    } catch (OutsideDomainException e) {
      return Collections.nCopies(group.size(), Outlook.none(e.getMessage()));
    }
  }

  /** Of each cell of a group, in its order. */
  static List<Prediction> predictions(List<Cell> cells) {
    MlpGroup group = MlpGroup.of(cells);
    return predictions(group, inputs(group));
  }

  /** What networks make of a group's own inputs. */
  static InputTheory inputs(MlpGroup group) {
    Inputs inputs = group.inputs();
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      double q0 = inputs.scale() * inputs.scale() * gaussian.q0();
      return new EqualPairs(group, q0, gaussian.c0());
    }
    return GramPairs.of(group, GivenInputs.of(inputs));
  }

  /** Of cells that are shown these inputs, which may be others than their own. */
  static List<Prediction> predictions(MlpGroup group, InputTheory inputs) {
    Phase phase = Phases.of(group.law(), inputs.mean(a -> a.q(1))).phase();
    MlpLimits limits = new MlpLimits(group, inputs);
    return group.cells().stream()
        .map(
            cell ->
                new Prediction(
                    cell,
                    phase,
                    inputs.mean(a -> a.t().chi1()[cell.network().depth() - 1]),
                    limits.of(cell),
                    Bands.of(inputs.finite(), cell)))
        .toList();
  }
}
