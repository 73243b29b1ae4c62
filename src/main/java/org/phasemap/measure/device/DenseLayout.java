package org.phasemap.measure.device;

/**
 * How a batch stands in a device's memory: {@code struct DenseArgs} of {@code
 * src/main/cuda/dense_args.h}.
 *
 * @param networks most of a draw
 * @param cells most of a draw on the way down
 */
record DenseLayout(DenseBatch batch, int networks, int cells) {
  static DenseLayout of(DenseBatch batch) {
    return new DenseLayout(batch, batch.networksOfDraw(), batch.cellsOfDraw());
  }

  /** Of the square tiles of products: larger ones are faster, and wasted on narrow networks. */
  int side() {
    return batch.width() > 64 && widest() > 64 ? 128 : 64;
  }

  private int widest() {
    int up = networks * batch.kind().block();
    return Math.max(batch.columns(), Math.max(up, cells * batch.blockDown()));
  }

  /** Numbers of a row of the widest draw. */
  int across() {
    return roundUp(widest(), side());
  }

  /** Numbers of a row of products of inputs. */
  int pairsAcross() {
    return roundUp(networks * batch.pairs(), side());
  }

  /** Numbers of a row of inputs. */
  int inputsAcross() {
    return roundUp(batch.columns(), side());
  }

  /** Weights of an input stand so far apart. */
  int unitsApart() {
    return roundUp(batch.width(), 4);
  }

  /** Of a layer's inputs and units. */
  int highest() {
    return Math.max(batch.width(), batch.task().inputs().dimension());
  }

  private static int roundUp(int count, int step) {
    return (count + step - 1) / step * step;
  }

  /** Floats of the weights of all draws; a mask takes as many. */
  long weights() {
    return (long) batch.drawCount() * highest() * unitsApart();
  }

  /** Bytes that a block takes. */
  long bytesOfBlock() {
    long m = batch.columns();
    long shown = batch.outputs() > 1 ? batch.shown() : 0;
    return Double.BYTES * (2 * m * m + shown * shown);
  }

  /** Bytes on the device, but for what blocks take. */
  long bytes() {
    long d = batch.drawCount();
    long n = batch.width();
    long m = batch.columns();
    long depth = batch.depth();
    long all = batch.networks().size();
    long floats = weights() * (batch.isMasked() ? 2 : 1) + 2 * d * n * across();
    floats += d * (highest() + n) * pairsAcross();
    floats += d * batch.task().inputs().dimension() * inputsAcross();
    floats += (batch.hasBackward() ? all * depth * n * m : 0) + d * n * (depth + 2 + m);
    floats += batch.hasTangents() ? batch.cells() * n * m : 0;
    floats += d * (n + 1) * (batch.outputs() - 1);
    long doubles = d * m * m + all * ((depth + 1) * m * m + depth * m + 1);
    doubles += all * depth * DeviceLayout.UP + (long) batch.layers() * DeviceLayout.DOWN;
    doubles += (long) batch.cells() * DeviceLayout.cellSize(batch.columns());
    doubles += (long) batch.cells() * batch.outputNumbers();
    long ints = d * (12 * depth + 30) + 5 * depth * (d + 1);
    return Float.BYTES * floats
        + Double.BYTES * doubles
        + Integer.BYTES * ints
        + all * DenseArguments.NETWORK_BYTES
        + (long) batch.cells() * DenseArguments.CELL_BYTES
        + (1 << 15);
  }
}
