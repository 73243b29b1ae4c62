package org.phasemap.measure.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.measure.device.DeviceBatch.Draw;
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
  private final List<DeviceNetwork> networks = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();
  private int cells;
  private int layers;
  private int depth;

  DenseBatch(Kind kind) {
    this.kind = kind;
  }

  void add(Unit unit, Variant variant, List<Cell> group) {
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
    networks.add(new DeviceNetwork(variant, draw, byDepth, cells));
    units.add(unit);
    cells += byDepth.size();
    layers += layersOf(byDepth);
    depth = Math.max(depth, networks.get(networks.size() - 1).depth());
  }

  void removeLast() {
    DeviceNetwork last = networks.remove(networks.size() - 1);
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
    depth = networks.stream().mapToInt(DeviceNetwork::depth).max().orElseThrow();
  }

  private static int layersOf(List<Cell> cells) {
    return cells.stream().mapToInt(cell -> cell.network().depth()).sum();
  }

  Kind kind() {
    return kind;
  }

  int drawCount() {
    return draws.size();
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

  /** Whose kernels are measured together; 1 where that of one is. */
  int outputs() {
    return kind.task.hasOutputKernel() ? kind.task.outputs() : 1;
  }

  /** Columns of all outputs, k m. */
  int shown() {
    return outputs() * columns();
  }

  /** Columns of a cell on the way down. */
  int blockDown() {
    return shown() + kind.block - columns();
  }

  /** Numbers of a cell's several outputs: both kernels, and the outputs. */
  int outputNumbers() {
    return outputs() > 1 ? 2 * shown() * shown() + shown() : 0;
  }

  /** Most networks of a draw. */
  int networksOfDraw() {
    return held.stream().mapToInt(each -> each.networks.size()).max().orElse(0);
  }

  /** Most cells of a draw on the way down. */
  int cellsOfDraw() {
    return hasBackward() ? held.stream().mapToInt(each -> each.cells.size()).max().orElse(0) : 0;
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
  public List<DeviceNetwork> networks() {
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
