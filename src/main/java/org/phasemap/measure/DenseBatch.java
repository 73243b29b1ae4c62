package org.phasemap.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.measure.DeviceBatch.Draw;
import org.phasemap.measure.DeviceBatch.Network;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Variant;
import org.phasemap.plan.cost.PanelShape;
import org.phasemap.quantity.Probe;

/**
 * Variants that a device measures in one launch, with explicit weights: those of one task, width,
 * law and mask. Weights are drawn once for each seed and replicate. A unit's variants may be in
 * several batches; no number depends on which.
 */
final class DenseBatch implements MeasuredBatch {
  /** What the variants of a batch have in common. */
  record Kind(Task.Propagation task, int width, WeightLaw law, double keepProbability, int block) {
    static Kind of(Unit unit) {
      NetworkConfig network = unit.cells().get(0).network();
      return new Kind(
          (Task.Propagation) unit.task(),
          network.width(),
          network.weightLaw(),
          network.keepProbability(),
          PanelShape.block(unit));
    }
  }

  /** What stands in the columns of a draw: networks, on the way down cells. */
  private static final class Held {
    final List<Integer> networks = new ArrayList<>();
    final List<int[]> cells = new ArrayList<>(); // of each, network and place in it
  }

  private final Kind kind;
  private final Map<Draw, Integer> draws = new LinkedHashMap<>();
  private final List<Held> held = new ArrayList<>();
  private final List<Network> networks = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();
  private int cells;
  private int layers;
  private int depth;

  private DenseBatch(Kind kind) {
    this.kind = kind;
  }

  /** Cuts units' variants, in order, into batches that need no more than so many bytes. */
  static List<DenseBatch> of(List<Unit> units, long most) {
    Map<Kind, DenseBatch> open = new LinkedHashMap<>();
    List<DenseBatch> batches = new ArrayList<>();
    for (Unit unit : units) {
      Kind kind = Kind.of(unit);
      for (Map.Entry<Variant, List<Cell>> group : Variant.group(unit.cells()).entrySet()) {
        DenseBatch batch = open.get(kind);
        if (batch != null) {
          batch.add(unit, group.getKey(), group.getValue());
          if (batch.bytes() <= most) {
            continue;
          }
          batch.removeLast();
        }
        batch = new DenseBatch(kind);
        batch.add(unit, group.getKey(), group.getValue());
        open.put(kind, batch);
        batches.add(batch);
      }
    }
    return batches;
  }

  private void add(Unit unit, Variant variant, List<Cell> group) {
    Draw own = new Draw(unit.seed(), unit.replicate());
    int draw = draws.computeIfAbsent(own, d -> draws.size());
    if (draw == held.size()) {
      held.add(new Held());
    }
    List<Cell> byDepth =
        group.stream().sorted(Comparator.comparingInt(cell -> cell.network().depth())).toList();
    Held columns = held.get(draw);
    columns.networks.add(networks.size());
    for (int i = 0; i < byDepth.size(); i++) {
      columns.cells.add(new int[] {networks.size(), i});
    }
    networks.add(new Network(variant, draw, byDepth, cells));
    units.add(unit);
    cells += byDepth.size();
    layers += layersOf(byDepth);
    depth = Math.max(depth, networks.get(networks.size() - 1).depth());
  }

  private void removeLast() {
    Network last = networks.remove(networks.size() - 1);
    units.remove(units.size() - 1);
    Held columns = held.get(last.draw());
    columns.networks.remove(columns.networks.size() - 1);
    for (int i = 0; i < last.cells().size(); i++) {
      columns.cells.remove(columns.cells.size() - 1);
    }
    if (columns.networks.isEmpty()) {
      held.remove(held.size() - 1);
      draws.values().removeIf(draw -> draw == held.size());
    }
    cells -= last.cells().size();
    layers -= layersOf(last.cells());
    depth = networks.stream().mapToInt(Network::depth).max().orElseThrow();
  }

  private static int layersOf(List<Cell> cells) {
    return cells.stream().mapToInt(cell -> cell.network().depth()).sum();
  }

  Kind kind() {
    return kind;
  }

  /** In order of their numbers. */
  List<Draw> draws() {
    return List.copyOf(draws.keySet());
  }

  /** The unit of each network. */
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

  /** Of the networks of a draw. */
  int depth(int draw) {
    return held.get(draw).networks.stream().mapToInt(n -> networks.get(n).depth()).max().orElse(0);
  }

  /** Numbers of a draw's networks, deepest first: those that have a layer stand side by side. */
  List<Integer> networks(int draw) {
    return held.get(draw).networks.stream()
        .sorted(Comparator.comparingInt(n -> -networks.get(n).depth()))
        .toList();
  }

  /** Of a draw's cells, deepest first, the network and the place among its cells. */
  List<int[]> cells(int draw) {
    return held.get(draw).cells.stream()
        .sorted(Comparator.comparingInt(cell -> -depth(cell)))
        .toList();
  }

  private int depth(int[] cell) {
    return networks.get(cell[0]).cells().get(cell[1]).network().depth();
  }

  /** Networks of a draw that have a layer, 1 or higher. */
  int networks(int draw, int layer) {
    return (int)
        held.get(draw).networks.stream().filter(n -> networks.get(n).depth() >= layer).count();
  }

  /** Cells of a draw that have a layer. */
  int cells(int draw, int layer) {
    return (int) held.get(draw).cells.stream().filter(cell -> depth(cell) >= layer).count();
  }

  boolean hasBackward() {
    return PanelShape.hasBackward(kind.task);
  }

  boolean hasGradients() {
    return kind.task.hasGradientPairs() || kind.task.probes().contains(Probe.GRADIENT);
  }

  boolean isMasked() {
    return kind.keepProbability < 1;
  }

  /** Products of two inputs that a mask is multiplied with. */
  int pairs() {
    int m = kind.task.inputs().count();
    return !isMasked() || !hasGradients() ? 0 : kind.task.hasGradientPairs() ? m * (m + 1) / 2 : m;
  }

  /** Of the square tiles of products: larger ones are faster, and wasted on narrow networks. */
  int side() {
    return kind.width > 64 && widest() > 64 ? 128 : 64;
  }

  private int widest() {
    int widest = kind.task.inputs().count();
    for (Held each : held) {
      widest = Math.max(widest, each.networks.size() * kind.block);
      widest = Math.max(widest, hasBackward() ? each.cells.size() * kind.block : 0);
    }
    return widest;
  }

  /** Numbers of a row of the widest draw. */
  int across() {
    return roundUp(widest(), side());
  }

  int pairsAcross() {
    int most = held.stream().mapToInt(each -> each.networks.size()).max().orElse(1);
    return roundUp(most * pairs(), side());
  }

  int inputsAcross() {
    return roundUp(kind.task.inputs().count(), side());
  }

  /** Weights of an input stand so far apart. */
  int unitsApart() {
    return roundUp(kind.width, 4);
  }

  /** Of a layer's inputs and units. */
  int highest() {
    return Math.max(kind.width, kind.task.inputs().dimension());
  }

  private static int roundUp(int count, int step) {
    return (count + step - 1) / step * step;
  }

  /** Floats of the weights of all draws; a mask takes as many. */
  long weights() {
    return (long) draws.size() * highest() * unitsApart();
  }

  /** Bytes on the device, but for what blocks take. */
  long bytes() {
    long d = draws.size();
    long n = kind.width;
    long m = columns();
    long dimension = kind.task.inputs().dimension();
    long floats = weights() * (isMasked() ? 2 : 1) + 2 * d * n * across();
    floats += d * (highest() + n) * pairsAcross();
    floats += d * dimension * inputsAcross();
    floats += (hasBackward() ? networks.size() * depth * n * m : 0) + d * n * (depth + 2 + m);
    floats += hasTangents() ? cells * n * m : 0;
    long doubles = d * m * m + networks.size() * ((depth + 1) * m * m + depth * m + 1);
    doubles += (long) networks.size() * depth * DeviceLayout.UP + layers * DeviceLayout.DOWN;
    doubles += (long) cells * DeviceLayout.cellSize(columns());
    long ints = d * (12L * depth + 30) + 5L * depth * (d + 1);
    return Float.BYTES * floats
        + Double.BYTES * doubles
        + Integer.BYTES * ints
        + networks.size() * (long) DenseArguments.NETWORK_BYTES
        + cells * (long) DenseArguments.CELL_BYTES
        + (1 << 15);
  }

  @Override
  public Task.Propagation task() {
    return kind.task;
  }

  @Override
  public int width() {
    return kind.width;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public List<Network> networks() {
    return networks;
  }

  @Override
  public int columns() {
    return kind.task.inputs().count();
  }

  @Override
  public boolean hasTangents() {
    return kind.block > columns();
  }

  @Override
  public double rounding() {
    return isMasked() ? FirstSteps.MASKED_ROUNDING : FirstSteps.ROUNDING;
  }
}
