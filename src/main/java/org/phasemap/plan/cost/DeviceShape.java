package org.phasemap.plan.cost;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.phasemap.kernel.cuda.DeviceKernel;
import org.phasemap.kernel.cuda.DeviceKernels;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.network.Architecture;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;

/**
 * The instance of {@code src/main/cuda/weight_free.cu} that measures a unit's networks. It is a
 * property of the unit's kind, since the order of its sums belongs to the rows' bits.
 */
public record DeviceShape(DeviceKernel kernel) {
  /**
   * Rows that are drawn come in multiples of this: what a warp makes at once and chunks of Gram
   * matrices divide it.
   */
  public static final int ROWS = 128;

  /** Beyond this width a network is worth more than a warp. */
  private static final int NARROW = 256;

  /** Read where a unit is on a device: the code of the kernels is long. */
  private static final class Instances {
    static final List<DeviceKernel> ALL = DeviceKernels.instances("weight_free");
  }

  /** Of a unit whose backend computes on devices; empty for what its CPU measures. */
  public static Optional<DeviceShape> of(Unit unit) {
    if (unit.backend().gpus().isEmpty()
        || !(unit.task() instanceof Task.Propagation task)
        || unit.sampler() != Sampler.WEIGHT_FREE
        || !unit.architecture().equals(Architecture.MLP)
        || !unit.cells().stream()
            .allMatch(c -> ActivationFormulas.onDevice(c.network().activation()).isPresent())) {
      return Optional.empty();
    }
    int columns = hasTangents(task) ? 2 * task.inputs().count() : task.inputs().count();
    return of(columns, unit.cells().get(0).network().width());
  }

  /** Whether a device measures a unit, with weights or without, or trains it. */
  public static boolean isOnDevice(Unit unit) {
    return of(unit).isPresent()
        || DenseShape.of(unit).isPresent()
        || TrainingShape.of(unit).isPresent();
  }

  /** That with the fewest columns; its block is small where networks are narrow. */
  private static Optional<DeviceShape> of(int columns, int width) {
    Comparator<DeviceKernel> byThreads = Comparator.comparingInt(DeviceKernel::threads);
    return Instances.ALL.stream()
        .filter(kernel -> kernel.columns() >= columns)
        .min(
            Comparator.comparingInt(DeviceKernel::columns)
                .thenComparing(width <= NARROW ? byThreads : byThreads.reversed()))
        .map(DeviceShape::new);
  }

  /** M: inputs and, from M/2 on, tangents. */
  public int columns() {
    return kernel.columns();
  }

  private static boolean hasTangents(Task.Propagation task) {
    return task.probes().contains(Probe.JACOBIAN);
  }

  /** Where the column of an input's tangent stands, less that of the input. */
  public int half() {
    return columns() / 2;
  }

  /** Rows that hold a layer's units. */
  public int height(int width) {
    return (width + ROWS - 1) / ROWS * ROWS;
  }
}
