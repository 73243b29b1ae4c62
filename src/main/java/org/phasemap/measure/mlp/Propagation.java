package org.phasemap.measure.mlp;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.finding.Findings;
import org.phasemap.measure.finding.RoundingNoise;
import org.phasemap.measure.finding.VariantState;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.input.InputColumns;
import org.phasemap.measure.input.InputRelations;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.PanelShape;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.spec.Inputs;

/**
 * Measures a unit's MLPs: one draw of each layer for all σ_w, σ_b, activations and depths, forward
 * once to the largest depth, backward once for each.
 *
 * <p>What the layers draw is kept, and panels of variants go one after the other: memory is that of
 * the draws and of one panel.
 */
public final class Propagation {
  private Propagation() {}

  /**
   * One measurement for each cell of the unit, in its order.
   *
   * @throws IllegalArgumentException if the unit's task is not propagation
   */
  public static List<Measurement> measure(Kernel kernel, Unit unit) {
    if (!(unit.task() instanceof Task.Propagation task)) {
      throw new IllegalArgumentException("not a propagation unit: " + unit.task());
    }
    boolean backward = PanelShape.hasBackward(task);
    try (Matrix inputs = InputColumns.draw(kernel, task.inputs(), unit.seed());
        Connections connections = connections(kernel, unit, inputs)) {
      int m = inputs.columns();
      List<Panel> panels =
          Panel.of(
              unit,
              kernel.gram(inputs, m),
              m,
              backward && (connections.needsActivations() || task.hasOutputKernel()));
      IdentityHashMap<Cell, Measurement> results = new IdentityHashMap<>();
      ForwardPass forwards = new ForwardPass(kernel, connections, task.probes());
      BackwardPass backwards = new BackwardPass(kernel, connections, task);
      for (List<Panel> together : connections.together(panels)) {
        try {
          forwards.run(together);
          if (backward) {
            backwards.run(together);
          }
          probeWeights(kernel, connections, task, together);
          together.forEach(panel -> addResults(task, panel, connections.relations, results));
        } finally {
          together.forEach(Panel::close);
        }
      }
      return unit.cells().stream().map(results::get).map(Objects::requireNonNull).toList();
    }
  }

  /** Opens the unit's sampler. */
  private static Connections connections(Kernel kernel, Unit unit, Matrix inputs) {
    return switch (unit.sampler()) {
      case DENSE -> new DenseConnections(kernel, unit, inputs);
      case WEIGHT_FREE -> new WeightFreeConnections(kernel, unit, inputs);
    };
  }

  private static void probeWeights(
      Kernel kernel, Connections connections, Task.Propagation task, List<Panel> panels) {
    if (!task.needsWeights()) {
      return;
    }
    if (!(connections instanceof DenseConnections dense)) {
      throw new IllegalArgumentException("no weights to probe: " + task.probes());
    }
    if (task.probes().contains(Probe.JACOBIAN_LARGEST)) {
      new LargestSingularValue(kernel, dense).run(panels);
    }
    if (task.probes().stream().anyMatch(Probe::needsJacobian)) {
      new ExplicitJacobian(kernel, dense, task.probes()).run(panels);
    }
    if (task.hasOutputKernel()) {
      new OutputKernels(kernel, dense, task.outputs()).run(panels);
    }
  }

  private static void addResults(
      Task.Propagation task,
      Panel panel,
      InputRelations relations,
      Map<Cell, Measurement> results) {
    for (int v = 0; v < panel.variants().size(); v++) {
      VariantState variant = panel.variants().get(v);
      RoundingNoise noise =
          task.hasKernel()
              ? RoundingNoise.of(
                  variant.cells().get(0).network(), task.inputs(), relations, panel.gramsBelow(v))
              : null;
      for (Cell cell : variant.cells()) {
        NetworkConfig network = cell.network();
        Backward pass = Objects.requireNonNull(variant.backward(network.depth()));
        pass.lnNormRatio = lnNormRatio(network, task.inputs(), panel, v);
        results.put(cell, new Findings(network, task, variant, noise).measurement());
      }
    }
  }

  /** From HᵀH of layer L and from XᵀX. */
  private static double lnNormRatio(NetworkConfig network, Inputs inputs, Panel panel, int v) {
    double[] gram = panel.gram(network.depth(), v);
    double[] inputGram = panel.gram(0, v);
    int m = inputs.count();
    double sum = 0;
    for (int a = 0; a < m; a++) {
      int at = a * m + a;
      sum += Math.log(gram[at] / network.width() / (inputGram[at] / inputs.dimension()));
    }
    return sum / m;
  }
}
