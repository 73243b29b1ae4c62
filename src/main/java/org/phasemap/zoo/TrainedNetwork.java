package org.phasemap.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.spec.Recipe;
import org.phasemap.train.model.ForeignNetwork;
import org.phasemap.train.model.LayerValues;

/**
 * A {@link MultiLayerNetwork} at work. It knows no masks, so they are applied after each update.
 */
final class TrainedNetwork implements ForeignNetwork {
  private final MultiLayerNetwork network;
  private final Recipe recipe;
  private final List<LayerValues> shapes;
  private final List<@Nullable INDArray> masks = new ArrayList<>();

  TrainedNetwork(MultiLayerNetwork network, Recipe recipe, List<LayerValues> start) {
    this.network = network;
    this.recipe = recipe;
    this.shapes = start;
    for (LayerValues layer : start) {
      float[] mask = layer.mask();
      masks.add(mask == null ? null : transposed(mask, layer));
    }
  }

  /** A column-major fan-out × fan-in matrix as theirs, fan-in × fan-out. */
  static INDArray transposed(float[] values, LayerValues shape) {
    return Nd4j.create(values, new long[] {shape.fanIn(), shape.fanOut()}, 'c');
  }

  @Override
  public float[] forward(float[] features) {
    int top = shapes.size() - 1;
    List<INDArray> activations = network.feedForwardToLayer(top - 1, examples(features));
    INDArray logits = activations.get(activations.size() - 1).mmul(network.getParam(top + "_W"));
    Map<String, INDArray> parameters = network.paramTable();
    INDArray bias = parameters.get(top + "_b");
    return (bias == null ? logits : logits.addRowVector(bias)).dup('c').data().asFloat();
  }

  @Override
  public void update(float[] features, int[] labels) {
    int outputs = shapes.get(shapes.size() - 1).fanOut();
    INDArray targets = Parts.targets(recipe, features, labels, outputs);
    network.fit(new DataSet(examples(features), targets));
    for (int l = 0; l < masks.size(); l++) {
      INDArray mask = masks.get(l);
      if (mask != null) {
        String key = l + "_W";
        network.setParam(key, network.getParam(key).mul(mask));
      }
    }
  }

  /** n₀ × batch, column by column, is batch × n₀, row by row. */
  private INDArray examples(float[] features) {
    int inputs = shapes.get(0).fanIn();
    return Nd4j.create(features, new long[] {features.length / inputs, inputs}, 'c');
  }

  @Override
  public List<LayerValues> layers() {
    Map<String, INDArray> parameters = network.paramTable();
    List<LayerValues> layers = new ArrayList<>();
    for (int l = 0; l < shapes.size(); l++) {
      LayerValues shape = shapes.get(l);
      INDArray weights = network.getParam(l + "_W");
      INDArray bias = parameters.get(l + "_b");
      layers.add(
          new LayerValues(
              shape.fanOut(),
              shape.fanIn(),
              weights.dup('c').data().asFloat(),
              bias == null ? null : bias.dup('c').data().asFloat(),
              shape.mask()));
    }
    return layers;
  }
}
