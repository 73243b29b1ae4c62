package org.phasemap.train.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.GraphPass;
import org.phasemap.network.Activation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Shape;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.GradientSink;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;

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

  /** By the place of their layer. */
  private final Map<Integer, WeightRule> rules = new LinkedHashMap<>();

  /** What the rules make, by the place of their layer. */
  private final Map<Integer, Blocks> weights = new HashMap<>();

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
    Shape readout = layers.nodes().get(layers.readout()).shape();
    this.logits = readout.size() * batch;
    this.pass = arena.pass(new GraphPass(kernel, layers, activation, batch));
    this.input = arena.matrix(layers.dimension(), batch);
    this.logitGradient = arena.matrix(readout.channels(), readout.positions() * batch);
    for (int index = 0; index < graph.weighted().size(); index++) {
      int place = index;
      graph.rule(graph.weighted().get(index)).ifPresent(rule -> rules.put(place, rule));
    }
  }

  @Override
  public int logitStep() {
    return logits;
  }

  @Override
  public float[] forward(Parameters parameters, float[] features) {
    input.write(features);
    return pass.forward(graph.byNode(weights(parameters)), input).read();
  }

  /** The parameters with the weights that theirs stand for. */
  private Parameters weights(Parameters parameters) {
    List<Layer> layers = new ArrayList<>(parameters.layers());
    rules.forEach(
        (index, rule) -> {
          Layer numbers = layers.get(index);
          Blocks made = weights.computeIfAbsent(index, i -> numbers.zeros(arena).weights());
          made.block(0).write(rule.weights(numbers.weights().block(0).read()));
          layers.set(index, new Layer(made, numbers.bias(), numbers.mask()));
        });
    return new Parameters(layers);
  }

  @Override
  public void backward(Parameters parameters, float[] gradient, GradientSink sink) {
    if (gradients.isEmpty()) {
      parameters.layers().forEach(layer -> gradients.add(layer.zeros(arena)));
    } else {
      gradients.forEach(GraphBackpropagation::clear);
    }
    backward(gradient, gradients);
    rules.forEach((index, rule) -> pullBack(rule, gradients.get(index).weights().block(0)));
    for (int index = gradients.size() - 1; index >= 0; index--) {
      sink.accept(index, new HeldGradient(gradients.get(index)));
    }
  }

  private static void pullBack(WeightRule rule, Matrix gradient) {
    float[] entries = gradient.read();
    rule.pullBack(entries);
    gradient.write(entries);
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
