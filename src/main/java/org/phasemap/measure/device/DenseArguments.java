package org.phasemap.measure.device;

import java.nio.ByteBuffer;
import java.util.List;
import org.phasemap.kernel.CheckedKernel;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.kernel.formula.DeviceActivation;
import org.phasemap.measure.input.InputRelations.Twin;
import org.phasemap.network.Activation;
import org.phasemap.network.WeightLaw;

/** The structs of {@code src/main/cuda/dense_args.h}, as bytes. */
final class DenseArguments {
  private static final int MOST_COLUMNS = 64;

  /** {@code struct DenseNetwork}. */
  static final int NETWORK_BYTES =
      2 * Double.BYTES + DeviceActivation.BYTES + Long.BYTES + 8 * Integer.BYTES + MOST_COLUMNS;

  /** {@code struct DenseCell}. */
  static final int CELL_BYTES = 5 * Integer.BYTES;

  /** {@code struct DenseArgs}. */
  static final int ARGUMENT_BYTES =
      37 * Long.BYTES + 16 * Integer.BYTES + 3 * Float.BYTES + 9 * Float.BYTES;

  private DenseArguments() {}

  /**
   * Writes a network.
   *
   * @param place of it among the networks of its draw, deepest first
   * @param twins of its inputs
   */
  static void put(
      DenseBatch batch, DeviceNetwork network, int place, List<Twin> twins, ByteBuffer to) {
    Activation phi = network.variant().activation();
    to.putDouble(network.variant().sigmaW2()).putDouble(network.variant().sigmaB2());
    ActivationFormulas.onDevice(phi).orElseThrow().put(to);
    long mirrored = 0;
    byte[] originals = new byte[MOST_COLUMNS];
    for (int column = 0; column < MOST_COLUMNS; column++) {
      originals[column] = (byte) column;
    }
    for (Twin twin : twins) {
      originals[twin.column()] = (byte) twin.original();
      mirrored |= twin.sign() < 0 ? 1L << twin.column() : 0;
    }
    to.putLong(mirrored)
        .putInt(network.draw())
        .putInt(place * batch.kind().block())
        .putInt(place * batch.pairs())
        .putInt(network.depth())
        .putInt(network.firstCell())
        .putInt(network.cells().size())
        .putInt(DeviceArguments.parity(phi))
        .putInt(0)
        .put(originals);
  }

  /** {@code struct DenseLaw}: what makes numbers of unit variance of those that are drawn. */
  static void put(DenseBatch batch, ByteBuffer to) {
    WeightLaw law = batch.kind().law();
    double bound = Math.sqrt(3);
    switch (law) {
      case NORMAL -> to.putInt(0).putFloat(1).putFloat(0);
      case UNIFORM -> to.putInt(1).putFloat((float) (2 * bound)).putFloat((float) -bound);
      case TRUNCATED ->
          to.putInt(2).putFloat((float) (1 / WeightLaw.TRUNCATED_DEVIATION)).putFloat(0);
      case ORTHOGONAL -> throw new IllegalArgumentException("not drawn on devices: " + law);
    }
    to.putFloat(CheckedKernel.ceiling(batch.kind().keepProbability()));
  }
}
