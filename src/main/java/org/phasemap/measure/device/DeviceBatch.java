package org.phasemap.measure.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Variant;
import org.phasemap.plan.cost.DeviceShape;
import org.phasemap.plan.cost.PanelShape;

/**
 * Units that a device measures in one launch: those of one task, width and shape. What is drawn is
 * drawn once for each seed and replicate; a network is a unit's variant, its cells are the
 * variant's depths.
 */
final class DeviceBatch implements MeasuredBatch {
  /** What the units of a batch have in common. */
  record Kind(Task.Propagation task, int width, WeightLaw law, DeviceShape shape) {
    static Kind of(Unit unit) {
      NetworkConfig network = unit.cells().get(0).network();
      return new Kind(
          (Task.Propagation) unit.task(),
          network.width(),
          network.weightLaw(),
          DeviceShape.of(unit).orElseThrow());
    }
  }

  /** What is drawn once. */
  record Draw(long seed, int replicate) {}

  private final Kind kind;
  private final Map<Draw, Integer> draws = new LinkedHashMap<>();
  private final List<DeviceNetwork> networks = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();
  private int cells;
  private int layers;
  private int depth;

  DeviceBatch(Kind kind) {
    this.kind = kind;
  }

  /**
   * Cuts units, in order, into batches that need no more than so many bytes, if they can be cut.
   */
  static List<DeviceBatch> of(List<Unit> units, long most) {
    Map<Kind, DeviceBatch> open = new LinkedHashMap<>();
    List<DeviceBatch> batches = new ArrayList<>();
    for (Unit unit : units) {
      Kind kind = Kind.of(unit);
      DeviceBatch batch = open.get(kind);
      if (batch == null || batch.bytesWith(unit) > most) {
        batch = new DeviceBatch(kind);
        open.put(kind, batch);
        batches.add(batch);
      }
      batch.add(unit);
    }
    return batches;
  }

  private void add(Unit unit) {
    units.add(unit);
    int draw = draws.computeIfAbsent(new Draw(unit.seed(), unit.replicate()), d -> draws.size());
    Variant.group(unit.cells())
        .forEach(
            (variant, group) -> {
              List<Cell> byDepth =
                  group.stream().sorted(Comparator.comparingInt(c -> c.network().depth())).toList();
              DeviceNetwork network = new DeviceNetwork(variant, draw, byDepth, cells);
              networks.add(network);
              cells += byDepth.size();
              layers += byDepth.stream().mapToInt(cell -> cell.network().depth()).sum();
              depth = Math.max(depth, network.depth());
            });
  }

  /** Bytes on the device once this unit is in, but for what blocks keep while they run. */
  private long bytesWith(Unit unit) {
    int deepest =
        unit.cells().stream().mapToInt(cell -> cell.network().depth()).max().orElseThrow();
    int moreLayers = unit.cells().stream().mapToInt(cell -> cell.network().depth()).sum();
    return bytes(
        draws.size() + 1,
        networks.size() + unit.cells().size(),
        cells + unit.cells().size(),
        layers + moreLayers,
        Math.max(depth, deepest));
  }

  private long bytes(long draws, long networks, long cells, long layers, long depth) {
    long m = kind.shape.columns();
    long height = kind.shape.height(kind.width);
    long numbers = height * (2 * depth * m + depth + 1 + m / 2);
    numbers += restHeight() * (m + 1);
    long grams = (isOrthogonal() ? 2 * depth + 1 : depth) * (m + 1) * (m + 1) + m * m + m;
    long results = networks * depth * DeviceLayout.UP + layers * DeviceLayout.DOWN;
    results += cells * DeviceLayout.cellSize(columns());
    return draws * (Float.BYTES * numbers + Double.BYTES * grams)
        + Double.BYTES * results
        + networks * DeviceLayout.NETWORK_BYTES
        + cells * DeviceLayout.CELL_BYTES;
  }

  /** Bytes on the device, but for what blocks keep while they run. */
  long bytes() {
    // Streams and what aligns some twenty pieces.
    return bytes(draws.size(), networks.size(), cells, layers, depth)
        + 24L * draws.size() * (3 * depth + 3)
        + (1 << 14);
  }

  @Override
  public Task.Propagation task() {
    return kind.task;
  }

  @Override
  public int width() {
    return kind.width;
  }

  DeviceShape shape() {
    return kind.shape;
  }

  boolean isOrthogonal() {
    return kind.law == WeightLaw.ORTHOGONAL;
  }

  /** Rows of the frame of layer 1 that the layer does not show. */
  int rest() {
    return isOrthogonal() ? Math.max(0, kind.task.inputs().dimension() - kind.width) : 0;
  }

  /** Rows that hold them. */
  private long restHeight() {
    return rest() == 0 ? 0 : kind.shape.height(rest());
  }

  /** In order of their numbers. */
  List<Draw> draws() {
    return List.copyOf(draws.keySet());
  }

  @Override
  public List<DeviceNetwork> networks() {
    return networks;
  }

  List<Unit> units() {
    return units;
  }

  int cells() {
    return cells;
  }

  /** Of all cells together. */
  int layers() {
    return layers;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int columns() {
    return kind.shape.columns();
  }

  @Override
  public double rounding() {
    return FirstSteps.ROUNDING;
  }

  @Override
  public boolean hasTangents() {
    return PanelShape.block(units.get(0)) > kind.task.inputs().count();
  }
}
