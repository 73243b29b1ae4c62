package org.phasemap.measure.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.measure.input.InputRelations.Twin;
import org.phasemap.network.Activation;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.Probe;

/** The structs of {@code src/main/cuda/weight_free_args.h}, as bytes. */
final class DeviceArguments {
  private static final int ODD = 1;
  private static final int EVEN = 2;

  /** Of {@code enum Wanted}: weights are orthogonal. */
  static final int ORTHOGONAL = 64;

  private DeviceArguments() {}

  /** A buffer that devices read. */
  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * Writes a network.
   *
   * @param twins of its inputs
   */
  static void put(DeviceNetwork network, List<Twin> twins, ByteBuffer to) {
    Activation phi = network.variant().activation();
    to.putDouble(network.variant().sigmaW2()).putDouble(network.variant().sigmaB2());
    ActivationFormulas.onDevice(phi).orElseThrow().put(to);
    long mirrored = 0;
    byte[] originals = new byte[DeviceLayout.MOST_COLUMNS];
    for (int column = 0; column < DeviceLayout.MOST_COLUMNS; column++) {
      originals[column] = (byte) column;
    }
    for (Twin twin : twins) {
      originals[twin.column()] = (byte) twin.original();
      mirrored |= twin.sign() < 0 ? 1L << twin.column() : 0;
    }
    to.putLong(mirrored).putInt(network.draw()).putInt(network.firstCell());
    to.putInt(network.cells().size()).putInt(parity(phi)).put(originals);
  }

  /** {@code enum Parity}. */
  static int parity(Activation phi) {
    return phi.isOdd() ? ODD : phi.isEven() ? EVEN : 0;
  }

  /**
   * Writes a cell.
   *
   * @param firstLayer of its results
   */
  static void put(Cell cell, int firstLayer, ByteBuffer to) {
    to.putInt(cell.network().depth()).putInt(firstLayer);
  }

  /** {@code enum Wanted}. */
  static int wanted(Task.Propagation task, boolean backward, boolean tangents) {
    return (backward ? 1 : 0)
        | (task.hasGradientPairs() ? 2 : 0)
        | (task.hasKernel() ? 4 : 0)
        | (tangents ? 8 : 0)
        | (task.probes().contains(Probe.PRECISION) ? 16 : 0)
        | (task.hasGradientPairs() || task.probes().contains(Probe.GRADIENT) ? 32 : 0);
  }
}
