package org.phasemap.plan.cost;

import java.util.Optional;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.network.Architecture;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;

/**
 * A unit whose explicit weights a device draws: {@code src/main/cuda/dense.cu}.
 *
 * @param block columns of a network: its inputs and, where the Jacobian is probed, their tangents
 */
public record DenseShape(int block) {
  private static final int MOST_COLUMNS = 64;

  /** Of all outputs: their kernels go back to the host whole. */
  private static final int MOST_SHOWN = 640;

  /** Of a unit whose backend computes on devices; empty for what its CPU measures. */
  public static Optional<DenseShape> of(Unit unit) {
    if (unit.backend().gpus().isEmpty()
        || !(unit.task() instanceof Task.Propagation task)
        || unit.sampler() != Sampler.DENSE
        || task.probes().stream().anyMatch(Probe::needsWeights)
        || (task.hasOutputKernel() && task.outputs() * task.inputs().count() > MOST_SHOWN)
        || !unit.architecture().equals(Architecture.MLP)
        || unit.cells().get(0).network().weightLaw() == WeightLaw.ORTHOGONAL
        || !unit.cells().stream()
            .allMatch(c -> ActivationFormulas.onDevice(c.network().activation()).isPresent())) {
      return Optional.empty();
    }
    int block = PanelShape.block(unit);
    return block > MOST_COLUMNS ? Optional.empty() : Optional.of(new DenseShape(block));
  }
}
