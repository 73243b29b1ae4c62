package org.phasemap.predict;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task.Propagation;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.limit.LayerLaw;

/**
 * MLPs that differ in depth alone: what layers do whatever the depth.
 *
 * @param network of any depth
 * @param law of their layers, at infinite width
 */
record MlpGroup(List<Cell> cells, NetworkConfig network, Propagation task, LayerLaw law) {
  /** Cells from {@link Predictors#groups}. */
  static MlpGroup of(List<Cell> cells) {
    NetworkConfig network = cells.get(0).network();
    return new MlpGroup(
        cells,
        network,
        (Propagation) cells.get(0).task(),
        new LayerLaw(network.activation(), network.effectiveSigmaW2(), network.sigmaB2()));
  }

  Inputs inputs() {
    return task.inputs();
  }

  /** Depths of the cells. */
  TreeSet<Integer> depths() {
    return cells.stream()
        .map(cell -> cell.network().depth())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Weights that a mask leaves to a unit of layer l, which are its parameters. */
  double kept(int layer) {
    return network.keepProbability() * (layer == 1 ? inputs().dimension() : network.width());
  }
}
