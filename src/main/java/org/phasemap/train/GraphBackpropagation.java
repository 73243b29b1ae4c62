package org.phasemap.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.network.Activation;
import org.phasemap.network.graph.LayerGraph;

/** Passes of one network that a graph describes. */
final class GraphBackpropagation implements Pass {
  private final TrainedGraph graph;
  private final int batch;
  private final int logits;
  private final GraphPass pass;
  private final Matrix input;
  private final Matrix logitGradient;

  /** Gradients of each layer, made at the first backward pass. */
  private final List<Layer> gradients = new ArrayList<>();

  private final Arena arena;

  /**
   * @param arena owner of the buffers
   * @param batch examples of every pass
   */
  GraphBackpropagation(
      Kernel kernel, Arena arena, TrainedGraph graph, Activation activation, int batch) {
    this.arena = arena;
    this.graph = graph;
    this.batch = batch;
    LayerGraph layers = graph.graph();
    int classes = layers.nodes().get(layers.readout()).shape().size();
    this.logits = classes * batch;
    this.pass = arena.pass(new GraphPass(kernel, layers, activation, batch));
    this.input = arena.matrix(layers.nodes().get(0).shape().size(), batch);
    this.logitGradient = arena.matrix(classes, batch);
  }

  @Override
  public int logitStep() {
    return logits;
  }

  @Override
  public float[] forward(Parameters parameters, float[] features) {
    input.write(features);
    return pass.forward(graph.byNode(parameters), input).read();
  }

  @Override
  public void backward(Parameters parameters, float[] gradient, GradientSink sink) {
    if (gradients.isEmpty()) {
      parameters.layers().forEach(layer -> gradients.add(layer.zeros(arena)));
    } else {
      gradients.forEach(GraphBackpropagation::clear);
    }
    backward(gradient, gradients);
    for (int index = gradients.size() - 1; index >= 0; index--) {
      sink.accept(index, new HeldGradient(gradients.get(index)));
    }
  }

  private static void clear(Layer layer) {
    Blocks weights = layer.weights();
    weights.block(0).write(new float[weights.rows() * weights.columns()]);
    if (layer.bias() != null) {
      layer.bias().block(0).write(new float[layer.bias().rows()]);
    }
  }

  /**
   * Adds the gradients by all parameters at the last forward pass.
   *
   * @param gradient by the logits
   * @param sums one for each layer
   */
  private void backward(float[] gradient, List<Layer> sums) {
    logitGradient.write(gradient);
    pass.backward(
        graph.graph().readout(),
        logitGradient,
        (node, own) -> {
          int index = Collections.binarySearch(graph.weighted(), node);
          if (index >= 0) {
            pass.addWeightGradient(node, own, 1, 0, batch, graph.ofNode(index, sums.get(index)));
          }
        });
  }
}
