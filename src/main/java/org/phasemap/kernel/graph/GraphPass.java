package org.phasemap.kernel.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Activity;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.NetworkParameters;
import org.phasemap.kernel.graph.parameter.NodeWeights;
import org.phasemap.network.Activation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;

/**
 * A network over a batch: signals up, then any number of tangents up and gradients down at the
 * place where the signals are. A value is channels × (inputs · positions), as {@link
 * org.phasemap.network.graph.Shape} says. The parameters are the caller's.
 */
public final class GraphPass implements AutoCloseable {
  private final Kernel kernel;
  private final LayerGraph graph;
  private final int batch;
  private final Steps makers;
  private final List<Step> steps;
  private final List<Matrix> values = new ArrayList<>();

  /** Whether a node has weights, its own or below. */
  private final boolean[] learns;

  /**
   * Of one shape of network.
   *
   * @param batch inputs of every pass
   */
  public GraphPass(Kernel kernel, LayerGraph graph, Activation activation, int batch) {
    this.kernel = kernel;
    this.graph = graph;
    this.batch = batch;
    makers = new Steps(kernel, graph, activation, batch);
    steps = makers.all();
    learns = new boolean[steps.size()];
    for (int i = 0; i < learns.length; i++) {
      boolean below = graph.nodes().get(i).from().stream().anyMatch(j -> learns[j]);
      learns[i] = below || steps.get(i) instanceof Weighting;
    }
  }

  /**
   * Sends inputs up.
   *
   * @param inputs n₀ × batch
   * @return the read-out
   */
  public Matrix forward(NetworkParameters parameters, Matrix inputs) {
    for (int i = 0; i < steps.size(); i++) {
      if (values.size() == i) {
        values.add(matrix(i));
      }
      if (steps.get(i) instanceof Weighting weighting) {
        weighting.use(parameters.of(i));
      }
      List<Integer> from = graph.nodes().get(i).from();
      List<Matrix> in = from.isEmpty() ? List.of(inputs) : from.stream().map(values::get).toList();
      steps.get(i).forward(in, values.get(i));
    }
    return values.get(values.size() - 1);
  }

  private Matrix matrix(int node) {
    Node shaped = graph.nodes().get(node);
    int columns = Math.multiplyExact(batch, shaped.shape().positions());
    return kernel.scratch(shaped.shape().channels(), columns);
  }

  /** A node's value in the last forward pass. */
  public Matrix value(int node) {
    return values.get(node);
  }

  /** What the units of a node did if it is an activation. */
  public Optional<Activity> activity(int node) {
    return of(node, Activating.class, Activating::activity);
  }

  /** What the attention of a node was if it is one. */
  public Optional<Attention> attention(int node) {
    return of(node, Attending.class, Attending::statistics);
  }

  private <S, R> Optional<R> of(int node, Class<S> type, Function<S, R> answer) {
    Step step = steps.get(node);
    return type.isInstance(step) ? Optional.of(answer.apply(type.cast(step))) : Optional.empty();
  }

  /**
   * Sends a tangent up.
   *
   * @param from the node where it starts
   * @param tangent of its value's shape
   * @param sink is shown J v at every node that it reaches, the start among them
   */
  public void tangent(int from, Matrix tangent, GradientSink sink) {
    List<@Nullable Matrix> tangents = new ArrayList<>();
    try {
      for (int i = 0; i < steps.size(); i++) {
        tangents.add(i == from ? tangent : i < from ? null : tangentAt(i, tangents));
        Matrix reached = tangents.get(i);
        if (reached != null) {
          sink.at(i, reached);
        }
      }
    } finally {
      tangents.stream().filter(t -> t != null && t != tangent).forEach(Matrix::close);
    }
  }

  private @Nullable Matrix tangentAt(int node, List<@Nullable Matrix> tangents) {
    List<Integer> from = graph.nodes().get(node).from();
    if (from.stream().allMatch(j -> tangents.get(j) == null)) {
      return null;
    }
    List<Matrix> zeros = new ArrayList<>();
    List<Matrix> in = new ArrayList<>();
    for (int j : from) {
      Matrix known = tangents.get(j);
      if (known == null) {
        known = kernel.matrix(values.get(j).rows(), values.get(j).columns());
        zeros.add(known);
      }
      in.add(known);
    }
    Matrix out = matrix(node);
    steps.get(node).tangent(in, out);
    zeros.forEach(Matrix::close);
    return out;
  }

  /**
   * Sends a gradient down, as far as there are weights.
   *
   * @param from the node where it starts
   * @param gradient by its value
   * @param sink is shown the gradient by the value of every node that it reaches, the start among
   *     them
   */
  public void backward(int from, Matrix gradient, GradientSink sink) {
    backward(from, List.of(gradient), (node, gradients) -> sink.at(node, gradients.get(0)));
  }

  /** The same of several gradients side by side. */
  public void backward(int from, List<Matrix> gradients, GradientsSink sink) {
    List<@Nullable List<Matrix>> open =
        new ArrayList<>(Collections.nCopies(from + 1, (List<Matrix>) null));
    open.set(from, gradients);
    try {
      for (int i = from; i >= 0; i--) {
        List<Matrix> own = open.get(i);
        if (own != null) {
          sink.at(i, own);
          sendDown(i, own, open);
          open.set(i, null);
          if (own != gradients) {
            own.forEach(Matrix::close);
          }
        }
      }
    } finally {
      open.stream()
          .filter(left -> left != null && left != gradients)
          .forEach(left -> left.forEach(Matrix::close));
    }
  }

  private void sendDown(int node, List<Matrix> gradients, List<@Nullable List<Matrix>> open) {
    List<Integer> from = graph.nodes().get(node).from();
    for (int k = 0; k < gradients.size(); k++) {
      for (int index = 0; index < from.size(); index++) {
        int j = from.get(index);
        if (learns[j]) {
          Matrix share = matrix(j);
          steps.get(node).backward(gradients.get(k), index, share);
          collect(share, k, j, open);
        }
      }
    }
  }

  private void collect(Matrix share, int k, int node, List<@Nullable List<Matrix>> open) {
    List<Matrix> before = open.get(node);
    if (before == null) {
      before = new ArrayList<>();
      open.set(node, before);
    }
    if (before.size() == k) {
      before.add(share);
    } else {
      kernel.add(1, share, before.get(k));
      share.close();
    }
  }

  /**
   * sum += alpha × the gradient by a node's weights and bias, of some inputs or all, where the
   * signals are; 0 where the sum's mask drops a weight.
   *
   * @param gradient by the node's value, as a sink is shown it
   * @param first of the inputs
   * @param count of them
   */
  public void addWeightGradient(
      int node, Matrix gradient, double alpha, int first, int count, NodeWeights sum) {
    Node weighted = graph.nodes().get(node);
    ((Weighting) steps.get(node))
        .addGradient(
            alpha,
            gradient,
            values.get(weighted.from().get(0)),
            first,
            count,
            weighted.shape().positions(),
            sum);
  }

  @Override
  public void close() {
    steps.forEach(Step::close);
    makers.close();
    values.forEach(Matrix::close);
  }
}
