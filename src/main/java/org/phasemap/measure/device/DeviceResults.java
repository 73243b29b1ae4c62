package org.phasemap.measure.device;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.measure.finding.Findings;
import org.phasemap.measure.finding.FormatCounts;
import org.phasemap.measure.finding.JacobianMoments;
import org.phasemap.measure.finding.OutputKernel;
import org.phasemap.measure.finding.RoundingNoise;
import org.phasemap.measure.finding.Signal;
import org.phasemap.measure.finding.VariantState;
import org.phasemap.measure.finding.VariantState.Backward;
import org.phasemap.measure.input.InputRelations;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;

/**
 * What {@code weight_free} leaves of a batch, in the order of its enums {@code Up}, {@code Down}
 * and {@code Others}. Means of logarithms come as a product: its mantissa and its exponent.
 */
final class DeviceResults {
  private static final int UP_TANGENTS = 5;
  private static final int UP_FORMATS = 7;
  private static final int DOWN_FORMATS = 8;

  private final MeasuredBatch batch;
  private final DoubleBuffer up;
  private final DoubleBuffer down;
  private final DoubleBuffer cells;
  private final int inputs;
  private final int columns;

  /** As the device has written them. */
  DeviceResults(MeasuredBatch batch, DoubleBuffer up, DoubleBuffer down, DoubleBuffer cells) {
    this.batch = batch;
    this.up = up;
    this.down = down;
    this.cells = cells;
    inputs = batch.task().inputs().count();
    columns = batch.columns();
  }

  /**
   * What was measured of one cell.
   *
   * @param number of the network in the batch
   * @param cell its number among the network's cells
   * @param firstLayer of its numbers on the way down
   * @param outputs kernels of several outputs; null where there is one
   * @param relations of the inputs
   * @param lnInputs ln ‖x‖²/n₀, averaged over the inputs
   */
  Measurement measurement(
      int number,
      int cell,
      int firstLayer,
      @Nullable OutputKernel outputs,
      InputRelations relations,
      double lnInputs) {
    DeviceNetwork network = batch.networks().get(number);
    Cell measured = network.cells().get(cell);
    NetworkConfig config = measured.network();
    int depth = config.depth();
    VariantState state = new VariantState(network.variant(), List.of(measured), inputs);
    Backward pass = Objects.requireNonNull(state.backward(depth));
    pass.outputs = outputs;
    double[] lnTangents = new double[depth];
    for (int l = 0; l < depth; l++) {
      int at = (number * batch.depth() + l) * DeviceLayout.UP;
      addLayer(state, at);
      lnTangents[l] = l == 0 ? 0 : lnTangents[l - 1] + meanLn(up, at + UP_TANGENTS);
    }
    int at = (network.firstCell() + cell) * DeviceLayout.cellSize(columns);
    int others = at + DeviceLayout.cellSize(columns) - DeviceLayout.OTHERS;
    pass.lnNormRatio = meanLn(cells, others) - Math.log(config.width()) - lnInputs;
    if (batch.hasTangents()) {
      pass.jacobian = new JacobianMoments(lnTangents, cells.get(others + 2));
    }
    for (int l = 0; l < depth; l++) {
      addLayerDown(pass, l, (firstLayer + l) * DeviceLayout.DOWN);
    }
    copy(at, pass.theta);
    copy(at + columns * columns, pass.standardTheta);
    return new Findings(config, batch.task(), state, noise(config, relations, at, others))
        .measurement();
  }

  private void addLayer(VariantState state, int at) {
    double entries = (double) batch.width() * inputs;
    state.addSignal(
        new Signal(
            up.get(at),
            inputs == 1 ? Double.NaN : up.get(at + 1),
            up.get(at + 2) / entries,
            up.get(at + 4) / batch.width(),
            up.get(at + 3) / entries));
    if (batch.task().probes().contains(Probe.PRECISION)) {
      state.addFormats(FormatCounts.of(counts(up, at + UP_FORMATS, DeviceLayout.UP - UP_FORMATS)));
    }
  }

  private void addLayerDown(Backward pass, int layer, int at) {
    pass.lnDelta[layer] = meanLn(down, at);
    pass.lnWeightGradient[layer] = meanLn(down, at + 2);
    pass.batchGradient[layer] =
        FirstSteps.batchGradient(down.get(at + 4), down.get(at + 5), batch.rounding());
    pass.layerTrace[layer] = down.get(at + 6);
    pass.standardLayerTrace[layer] = down.get(at + 7);
    pass.formats[layer] =
        FormatCounts.of(counts(down, at + DOWN_FORMATS, DeviceLayout.DOWN - DOWN_FORMATS - 1));
  }

  private @Nullable RoundingNoise noise(
      NetworkConfig config, InputRelations relations, int at, int others) {
    if (!batch.task().hasKernel()) {
      return null;
    }
    double[][] growth = new double[config.depth()][];
    boolean[] merged = new boolean[config.depth()];
    double[] last = new double[inputs];
    Arrays.setAll(last, a -> cells.get(at + 2 * columns * columns + a));
    growth[config.depth() - 1] = last;
    merged[config.depth() - 1] = cells.get(others + 3) > 0;
    return new RoundingNoise(config, batch.task().inputs(), relations, growth, merged);
  }

  /** The upper left of an M × M matrix. */
  private void copy(int from, double[] to) {
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < inputs; j++) {
        to[i * inputs + j] = cells.get(from + i * columns + j);
      }
    }
  }

  private static long[] counts(DoubleBuffer from, int at, int count) {
    long[] counts = new long[count];
    Arrays.setAll(counts, k -> (long) from.get(at + k));
    return counts;
  }

  /** Of the inputs' numbers, whose product is mantissa · 2^exponent. */
  private double meanLn(DoubleBuffer from, int at) {
    return (Math.log(from.get(at)) + from.get(at + 1) * Math.log(2)) / inputs;
  }
}
