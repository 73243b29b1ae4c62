package org.phasemap.zoo;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.spec.Recipe;
import org.phasemap.train.model.ForeignEngine;
import org.phasemap.train.model.ForeignNetwork;
import org.phasemap.train.model.LayerValues;

/** Networks that Deeplearning4j trains. */
public final class Deeplearning4j implements ForeignEngine {
  @Override
  public ForeignNetwork open(
      NetworkConfig network, Recipe recipe, double rate, List<LayerValues> start) {
    return new TrainedNetwork(MultiLayerNetworks.of(network, recipe, rate, start), recipe, start);
  }

  @Override
  public ForeignNetwork open(
      LayerGraph graph,
      NetworkConfig network,
      Recipe recipe,
      double rate,
      List<LayerValues> start) {
    return new TrainedComputationGraph(
        ComputationGraphs.of(graph, network.activation(), recipe, rate, start, DataType.FLOAT),
        graph,
        recipe,
        start);
  }
}
