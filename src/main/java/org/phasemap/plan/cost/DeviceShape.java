package org.phasemap.plan.cost;

import java.util.Optional;
import org.phasemap.kernel.ActivationFormulas;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Probe;

/**
 * The kernel of {@code src/main/cuda/weight_free.cu} that measures a unit's networks. It is a
 * property of the unit's kind, since the order of its sums belongs to the rows' bits.
 *
 * @param columns M: inputs and, from M/2 on, tangents
 * @param threads of the block that measures a network
 * @param blocks that share a multiprocessor
 */
public record DeviceShape(int columns, int threads, int blocks) {
  /**
   * Rows that are drawn come in multiples of this: what a warp makes at once and chunks of Gram
   * matrices divide it.
   */
  public static final int ROWS = 128;

  /** Beyond this width a network is worth more than a warp. */
  private static final int NARROW = 256;

  private static final int MOST_COLUMNS = 32;

  /** Of a unit whose backend computes on devices; empty for what its CPU measures. */
  public static Optional<DeviceShape> of(Unit unit) {
    if (unit.backend().gpus().isEmpty()
        || !(unit.task() instanceof Task.Propagation task)
        || unit.sampler() != Sampler.WEIGHT_FREE
        || unit.cells().get(0).network().weightLaw() == WeightLaw.ORTHOGONAL
        || !unit.cells().stream()
            .allMatch(c -> ActivationFormulas.onDevice(c.network().activation()).isPresent())) {
      return Optional.empty();
    }
    int columns = hasTangents(task) ? 2 * task.inputs().count() : task.inputs().count();
    return columns > MOST_COLUMNS
        ? Optional.empty()
        : Optional.of(of(columns, unit.cells().get(0).network().width()));
  }

  /** Whether a device measures a unit, with weights or without. */
  public static boolean isOnDevice(Unit unit) {
    return of(unit).isPresent() || DenseShape.of(unit).isPresent();
  }

  /** Most shared memory that its blocks take. */
  public int sharedBytes() {
    return columns == MOST_COLUMNS ? 96 << 10 : 64 << 10;
  }

  /** Its number in the kernel {@code weight_free_shared}. */
  public int number() {
    return columns == 8 ? 0 : columns == MOST_COLUMNS ? 3 : threads == 32 ? 1 : 2;
  }

  private static DeviceShape of(int columns, int width) {
    if (columns <= 8) {
      return new DeviceShape(8, 64, 8);
    }
    if (columns <= 16) {
      return width <= NARROW ? new DeviceShape(16, 32, 16) : new DeviceShape(16, 256, 2);
    }
    return new DeviceShape(MOST_COLUMNS, 256, 2);
  }

  private static boolean hasTangents(Task.Propagation task) {
    return task.probes().contains(Probe.JACOBIAN);
  }

  /** Where the column of an input's tangent stands, less that of the input. */
  public int half() {
    return columns / 2;
  }

  /** Rows that hold a layer's units. */
  public int height(int width) {
    return (width + ROWS - 1) / ROWS * ROWS;
  }
}
