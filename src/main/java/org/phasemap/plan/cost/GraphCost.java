package org.phasemap.plan.cost;

import java.util.List;
import org.phasemap.kernel.Speed;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec.SamplerChoice;

/** Of networks that a graph of layers describes, at initialisation. */
record GraphCost(Architecture.Layered architecture) implements UnitCost {
  /** Forward; gradients; and what each layer adds to tangent kernels. */
  private static final double PASSES = 3;

  /** Networks that draw the same numbers: their graphs are alike, and so are their masks. */
  private record Shape(int depth, int width, WeightLaw law, double keep) {}

  @Override
  public Sampler sampler(Cell cell, SamplerChoice choice) {
    return Sampler.DENSE;
  }

  @Override
  public Record company(Cell cell) {
    NetworkConfig network = cell.network();
    return new Shape(
        network.depth(), network.width(), network.weightLaw(), network.keepProbability());
  }

  @Override
  public List<List<Cell>> pieces(Unit unit) {
    return unit.cells().stream().map(List::of).toList();
  }

  @Override
  public double seconds(Unit unit) {
    return SECONDS_PER_UNIT + unit.cells().size() * seconds(count(unit), unit);
  }

  private static double seconds(GraphCount count, Unit unit) {
    Speed speed = unit.backend().speed();
    double inputs = task(unit).inputs().count();
    double passes = PanelShape.hasBackward(task(unit)) ? PASSES : 1;
    double masks = unit.cells().get(0).network().keepProbability() < 1 ? 2 : 1;
    return masks * count.weights() * speed.perRandom()
        + passes * inputs * (2 * count.products() * speed.perFlop()
            + count.entries() * speed.perEntry());
  }

  @Override
  public double sharedSeconds(Unit unit) {
    return SECONDS_PER_UNIT;
  }

  /** Every node's numbers and gradients, the widest layer's patches, and its weights. */
  @Override
  public double bytes(Unit unit) {
    GraphCount count = count(unit);
    double inputs = task(unit).inputs().count();
    double nodes = (PanelShape.hasBackward(task(unit)) ? 2 : 1) * count.entries() * inputs;
    return Float.BYTES * (nodes + count.largestPatch() * inputs + 2 * count.largestWeights());
  }

  /** One network is measured after the other. */
  @Override
  public double sharedBytes(Unit unit) {
    return 0;
  }

  @Override
  public double copies(Unit unit) {
    return 0;
  }

  @Override
  public double together(Unit unit, double bytes, double more) {
    return Math.max(bytes, more);
  }

  private GraphCount count(Unit unit) {
    NetworkConfig network = unit.cells().get(0).network();
    return GraphCount.of(
        architecture.graph(
            network.depth(), network.width(), task(unit).inputs().dimension()));
  }

  private static Task.Propagation task(Unit unit) {
    return (Task.Propagation) unit.task();
  }
}
