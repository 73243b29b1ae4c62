package org.phasemap.measure.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.NetworkParameters;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.measure.finding.Findings;
import org.phasemap.measure.finding.RoundingNoise;
import org.phasemap.measure.finding.VariantState;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.input.InputColumns;
import org.phasemap.measure.input.InputRelations;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Variant;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;

/**
 * Measures networks that graphs of layers describe, one cell after the other: its networks share
 * what is drawn. Quantities mean what they mean for an MLP with z_l the value of layer l's node,
 * all channels and positions of it: lengths and products are sums over both.
 *
 * <p>Batch norm makes an output depend on all inputs. Then {@code gradient} is that of Σ_i s_i f_i
 * with independent signs s_i: over signs, its square by z_l of an input is Σ_i |∂f_i/∂z_l|², whose
 * growth per layer ARCHITECTURES 2.1 describes. Kernels take f_i one by one. The Jacobian is that
 * of the whole batch.
 */
public final class LayeredPropagation {
  private final Kernel kernel;
  private final Unit unit;
  private final Task.Propagation task;
  private final Matrix inputs;
  private final WeightDraws draws;
  private final InputRelations relations;
  private final double[] inputGram;

  LayeredPropagation(
      Kernel kernel, Unit unit, Task.Propagation task, Matrix inputs, WeightDraws draws) {
    this.kernel = kernel;
    this.unit = unit;
    this.task = task;
    this.inputs = inputs;
    this.draws = draws;
    relations = InputRelations.of(inputs.read(), inputs.columns());
    inputGram = kernel.gram(inputs, inputs.columns());
  }

  /**
   * One measurement for each cell of the unit, in its order.
   *
   * @throws IllegalArgumentException if the unit's task is not propagation of one output
   */
  public static List<Measurement> measure(Kernel kernel, Unit unit) {
    if (!(unit.task() instanceof Task.Propagation task) || task.outputs() > 1) {
      throw new IllegalArgumentException("not propagation of one output: " + unit.task());
    }
    try (Matrix inputs = InputColumns.draw(kernel, task.inputs(), unit.seed());
        WeightDraws draws = new WeightDraws(kernel, unit.seed(), unit.replicate())) {
      LayeredPropagation propagation = new LayeredPropagation(kernel, unit, task, inputs, draws);
      List<Measurement> found = new ArrayList<>();
      for (Cell cell : unit.cells()) {
        found.add(propagation.measure(cell));
      }
      return found;
    }
  }

  private Measurement measure(Cell cell) {
    NetworkConfig network = cell.network();
    Architecture.Layered layered = (Architecture.Layered) network.architecture();
    LayerGraph graph =
        layered
            .graph(network.depth(), network.width(), inputs.rows())
            .ofPlanes(task.inputs().planes());
    try (NetworkParameters parameters = parameters(graph, network)) {
      return measure(cell, graph, parameters);
    }
  }

  /** What a cell's network is with these parameters. */
  Measurement measure(Cell cell, LayerGraph graph, NetworkParameters parameters) {
    NetworkConfig network = cell.network();
    Variant variant = Variant.group(List.of(cell)).keySet().iterator().next();
    VariantState state = new VariantState(variant, List.of(cell), inputs.columns());
    Backward backward = Objects.requireNonNull(state.backward(network.depth()));
    try (GraphPass pass = new GraphPass(kernel, graph, network.activation(), inputs.columns())) {
      pass.forward(parameters, inputs);
      LayeredNetwork measured =
          new LayeredNetwork(kernel, network, graph, parameters, pass, inputs.columns());
      LayeredSignals signals = new LayeredSignals(measured, task.probes());
      signals.fill(state);
      backward.lnNormRatio = signals.lnNormRatio(inputGram, inputs.rows());
      new LayeredGradients(measured, task, unit).fill(backward);
      if (task.probes().contains(Probe.JACOBIAN)) {
        new LayeredJacobian(measured, unit).fill(backward);
      }
      ((Architecture.Layered) network.architecture())
          .equation()
          .map(equation -> new LayeredDerivatives(measured, equation, task.probes()).at(inputs))
          .ifPresent(found -> backward.derivatives = found);
      return new Findings(network, task, state, noise(measured, signals)).measurement();
    }
  }

  private NetworkParameters parameters(LayerGraph graph, NetworkConfig network) {
    return switch (unit.sampler()) {
      case DENSE -> GraphParameters.draw(draws, graph, network);
      case WEIGHT_FREE -> new DrawnParameters(kernel, draws, graph, network);
    };
  }

  private @Nullable RoundingNoise noise(LayeredNetwork measured, LayeredSignals signals) {
    return task.hasKernel()
        ? RoundingNoise.ofLayers(
            measured.network(),
            task.inputs(),
            relations,
            signals.grams(),
            measured.parameterCount())
        : null;
  }
}
