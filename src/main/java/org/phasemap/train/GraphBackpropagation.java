package org.phasemap.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.network.graph.LayerGraph;

/** Passes of one network that a graph describes. */
final class GraphBackpropagation implements Pass {
  private final GraphModel model;
  private final LayerGraph graph;
  private final List<Integer> weighted;
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
  GraphBackpropagation(Kernel kernel, Arena arena, GraphModel model, int batch) {
    this.arena = arena;
    this.model = model;
    this.graph = model.graph().graph();
    this.weighted = model.graph().weighted();
    this.batch = batch;
    this.logits = model.classes() * batch;
    this.pass = arena.pass(new GraphPass(kernel, graph, model.activation(), batch));
    this.input = arena.matrix(graph.nodes().get(0).shape().size(), batch);
    this.logitGradient = arena.matrix(model.classes(), batch);
  }

  @Override
  public int logitStep() {
    return logits;
  }

  @Override
  public float[] forward(Parameters parameters, float[] features) {
    input.write(features);
    return pass.forward(model.byNode(parameters), input).read();
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
        graph.readout(),
        logitGradient,
        (node, own) -> {
          int index = Collections.binarySearch(weighted, node);
          if (index >= 0) {
            pass.addWeightGradient(node, own, 1, 0, batch, model.ofNode(index, sums.get(index)));
          }
        });
  }
}
