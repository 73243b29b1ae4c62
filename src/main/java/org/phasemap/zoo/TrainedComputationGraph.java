package org.phasemap.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.spec.Recipe;
import org.phasemap.train.model.ForeignNetwork;
import org.phasemap.train.model.LayerValues;

/** A {@link ComputationGraph} at work. It knows no masks, so they are applied after each update. */
final class TrainedComputationGraph implements ForeignNetwork {
  private final ComputationGraph network;
  private final LayerGraph graph;
  private final Recipe recipe;
  private final List<Integer> weighted;
  private final List<LayerValues> shapes;

  TrainedComputationGraph(
      ComputationGraph network, LayerGraph graph, Recipe recipe, List<LayerValues> start) {
    this.network = network;
    this.recipe = recipe;
    this.graph = graph;
    this.weighted = ComputationGraphs.weighted(graph);
    this.shapes = start;
  }

  @Override
  public float[] forward(float[] features) {
    INDArray inputs = ComputationGraphs.inputs(graph, features);
    Map<String, INDArray> values = network.feedForward(new INDArray[] {inputs}, true);
    int readout = graph.readout();
    Layer layer = network.getLayer(String.valueOf(readout));
    String from = String.valueOf(graph.nodes().get(readout).from().get(0));
    INDArray below = Objects.requireNonNull(values.get(from), from);
    INDArray logits = below.mmul(layer.getParam("W"));
    INDArray bias = layer.paramTable().get("b");
    return (bias == null ? logits : logits.addRowVector(bias)).dup('c').data().asFloat();
  }

  @Override
  public void update(float[] features, int[] labels) {
    int outputs = graph.nodes().get(graph.readout()).shape().size();
    INDArray targets = Parts.targets(recipe, features, labels, outputs);
    network.fit(new DataSet(ComputationGraphs.inputs(graph, features), targets));
    for (int index = 0; index < shapes.size(); index++) {
      float[] mask = shapes.get(index).mask();
      if (mask != null) {
        drop(weighted.get(index), mask);
      }
    }
  }

  private void drop(int node, float[] mask) {
    GroupWeights weights = GroupWeights.of(graph, node);
    for (int group = 0; group < weights.groups(); group++) {
      layer(node, weights, group).getParam("W").muli(weights.theirs(mask, group));
    }
  }

  private Layer layer(int node, GroupWeights weights, int group) {
    return network.getLayer(weights.name(node, group));
  }

  @Override
  public List<LayerValues> layers() {
    List<LayerValues> layers = new ArrayList<>();
    for (int index = 0; index < shapes.size(); index++) {
      LayerValues shape = shapes.get(index);
      GroupWeights weights = GroupWeights.of(graph, weighted.get(index));
      float[] all = new float[shape.weights().length];
      float[] bias = shape.bias() == null ? null : shape.bias().clone();
      for (int group = 0; group < weights.groups(); group++) {
        Layer layer = layer(weighted.get(index), weights, group);
        weights.copy(layer.getParam("W"), group, all);
        if (bias != null) {
          float[] own = layer.getParam("b").dup('c').data().asFloat();
          System.arraycopy(own, 0, bias, group * weights.out(), own.length);
        }
      }
      layers.add(new LayerValues(shape.fanOut(), shape.fanIn(), all, bias, shape.mask()));
    }
    return layers;
  }
}
