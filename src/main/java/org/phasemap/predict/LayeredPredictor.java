package org.phasemap.predict;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.phasemap.measure.input.GivenInputs;
import org.phasemap.network.Architecture.Layered;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.Phase;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.predict.graph.GraphTheory;
import org.phasemap.predict.graph.InputPairs;
import org.phasemap.predict.graph.LayerChain;
import org.phasemap.predict.graph.NetworkTheory;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.LayerStatistics;
import org.phasemap.theory.limit.Phases;

/**
 * Predicts networks that are graphs of layers. Those that differ in depth alone go together: layers
 * that a deeper network has in common with a shallower one are computed once.
 */
record LayeredPredictor(Layered architecture) implements Predictor {
  /** What cells have in common that are predicted together. */
  private record Variant(NetworkConfig shallow, Task task) {}

  @Override
  public Record group(Cell cell) {
    return new Variant(cell.network().withDepth(1), cell.task());
  }

  @Override
  public List<Outlook> predict(List<Cell> cells) {
    try {
      return outlooks(cells);
    } catch (OutsideDomainException e) {
      return Collections.nCopies(cells.size(), Outlook.none(e.getMessage()));
    }
  }

  private List<Outlook> outlooks(List<Cell> cells) {
    NetworkConfig network = cells.get(0).network();
    Propagation task = (Propagation) cells.get(0).task();
    FirstLayer.check(network, graph(network, task));
    Optional<DerivativeLimits> derivatives =
        architecture
            .equation()
            .map(equation -> new DerivativeLimits(equation, network, task.inputs()));
    GraphTheory theory = new GraphTheory(network, inputs(task.inputs()));
    Outlook[] outlooks = new Outlook[cells.size()];
    IntStream.range(0, cells.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> cells.get(i).network().depth()))
        .forEach(i -> outlooks[i] = outlook(theory, derivatives, task, cells.get(i)));
    return List.of(outlooks);
  }

  private static InputPairs inputs(Inputs inputs) {
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      double q0 = inputs.scale() * inputs.scale() * gaussian.q0();
      return InputPairs.exchangeable(inputs.count(), q0, gaussian.c0());
    }
    GivenInputs given = GivenInputs.of(inputs);
    return InputPairs.given(given.gram(), given.columns());
  }

  private Outlook outlook(
      GraphTheory theory, Optional<DerivativeLimits> derivatives, Propagation task, Cell cell) {
    NetworkConfig network = cell.network();
    LayerGraph graph = graph(network, task);
    try {
      NetworkTheory found = theory.of(graph);
      Optional<LayerLaw> law = LayerChain.law(network, graph);
      Prediction prediction =
          new Prediction(
              cell,
              law.map(own -> phase(own, found.q(1))).orElse(null),
              law.map(own -> chi1(own, found.q(network.depth()))).orElse(Double.NaN),
              LayeredLimits.of(cell, graph, found, derivatives),
              Bands.of(found));
      return new Outlook(Optional.of(prediction), found.missing().orElse(null));
    } catch (OutsideDomainException e) {
      return Outlook.none(e.getMessage());
    }
  }

  private LayerGraph graph(NetworkConfig network, Propagation task) {
    return architecture
        .graph(network.depth(), network.width(), task.inputs().dimension())
        .ofPlanes(task.inputs().planes());
  }

  private static Phase phase(LayerLaw law, double q1) {
    return Phases.of(law, q1).phase();
  }

  private static double chi1(LayerLaw law, double q) {
    return LayerStatistics.of(law, q).chi1();
  }
}
