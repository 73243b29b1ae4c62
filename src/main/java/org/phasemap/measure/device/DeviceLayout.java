package org.phasemap.measure.device;

import org.phasemap.kernel.formula.DeviceActivation;

/** How long the structs and lists of {@code src/main/cuda/weight_free_args.h} are. */
final class DeviceLayout {
  /** Columns that a network can have at most. */
  static final int MOST_COLUMNS = 64;

  /** {@code struct Network}: what its Java numbers take, and its list of twins. */
  static final int NETWORK_BYTES =
      2 * Double.BYTES + DeviceActivation.BYTES + Long.BYTES + 4 * Integer.BYTES + MOST_COLUMNS;

  /** {@code struct Cell}. */
  static final int CELL_BYTES = 2 * Integer.BYTES;

  /** {@code struct WeightFreeArgs}. */
  static final int ARGUMENT_BYTES = 16 * Long.BYTES + 7 * Integer.BYTES + 9 * Float.BYTES;

  /** M × M matrices of float64 that a block keeps of a layer, {@code enum Kept}. */
  private static final int KEPT = 7;

  /** More columns than this leave no room for the other matrices in a block's shared memory. */
  private static final int COLUMNS_IN_SHARED_MEMORY = 32;

  private static final int SPILLED = 7;

  /** Numbers of a network's layer on the way up. */
  static final int UP = 16;

  /** Numbers of a cell's layer on the way down. */
  static final int DOWN = 16;

  /** Numbers of a cell beside its kernels and the growth of rounding. */
  static final int OTHERS = 8;

  private DeviceLayout() {}

  /** Bytes that a block keeps of a network. */
  static long keptBytes(int depth, int columns) {
    int spilled = columns > COLUMNS_IN_SHARED_MEMORY ? SPILLED : 0;
    return ((depth + 1L) * KEPT + spilled) * columns * columns * Double.BYTES;
  }

  /** Numbers of a cell: Θ, Θ in standard parameterisation, growth of rounding, others. */
  static int cellSize(int columns) {
    return 2 * columns * columns + columns + OTHERS;
  }
}
