package org.phasemap.measure.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.NodeParameters;
import org.phasemap.kernel.graph.parameter.NodeWeights;
import org.phasemap.kernel.graph.parameter.UnseenWeights;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.measure.SamplersCompared;
import org.phasemap.measure.input.InputColumns;
import org.phasemap.network.Architecture;
import org.phasemap.network.architecture.Families;
import org.phasemap.network.architecture.PhysicsInformed;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.Inputs;

/**
 * A network without weights is one with weights: when it has been measured it is asked for all of
 * them, and every number of every probe is that of the network that has these.
 */
class DrawnParametersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "residual(order=pre1) | tanh | 6 | 16 | 5 | 3",
        // More inputs than units, and than numbers of an input.
        "residual(order=pre2, norm=layer) | gelu | 4 | 6 | 5 | 8",
        "residual(order=pre2, norm=batch) | relu | 4 | 12 | 9 | 4",
        "residual(order=post2, norm=layer, scale=depth) | tanh | 8 | 30 | 12 | 3",
        "residual(order=v1, norm=rms, scale=decaying) | tanh | 3 | 12 | 4 | 4",
        "residual(order=post1, norm=batch, zero_gamma=true) | tanh | 4 | 14 | 8 | 5",
        "residual(order=pre2, fixup=true) | relu | 4 | 12 | 8 | 3",
        "mlp(norm=batch) | tanh | 4 | 12 | 6 | 3",
        "mlp(norm=layer, place=after, gamma=1.5) | relu | 4 | 12 | 6 | 3",
        "densenet(growth=3, norm=layer) | tanh | 4 | 10 | 6 | 4",
        "autoencoder(widths=8x3x8) | tanh | 5 | 16 | 12 | 4",
        "pinn(equation=poisson) | tanh | 3 | 12 | 1 | 4",
      })
  void everyNumberIsThatOfTheWeightsBehindIt(
      String text, String activation, int depth, int width, int dimension, int count) {
    Architecture.Layered architecture = (Architecture.Layered) Families.parse(text);
    Inputs inputs =
        architecture instanceof PhysicsInformed
            ? new Inputs(new Inputs.Collocation(), count, dimension, 1)
            : new Inputs(count, dimension, 1.2, 0.4);
    Task.Propagation task = new Task.Propagation(inputs, SamplersCompared.PROBES);
    Cell cell =
        new Cell(
            LayeredCells.network(architecture, activation, depth, width, 1.9, 0.1), null, task);
    Unit unit = new Unit(8, 2, Sampler.WEIGHT_FREE, Sharing.COMMON, List.of(cell));
    LayerGraph graph = architecture.graph(depth, width, dimension);
    try (Kernel kernel = Backends.fastest().open();
        Matrix x = InputColumns.draw(kernel, inputs, unit.seed());
        WeightDraws draws = new WeightDraws(kernel, unit.seed(), unit.replicate());
        DrawnParameters drawn = new DrawnParameters(kernel, draws, graph, cell.network())) {
      LayeredPropagation propagation = new LayeredPropagation(kernel, unit, task, x, draws);
      Measurement free = propagation.measure(cell, graph, drawn);
      try (GraphParameters weights = weights(kernel, graph, drawn)) {
        Measurement dense = propagation.measure(cell, graph, weights);

        SameMeasurement.assertSame(free, dense, 1e-3, text);
      }
    }
  }

  private static GraphParameters weights(Kernel kernel, LayerGraph graph, DrawnParameters drawn) {
    List<@Nullable NodeWeights> all = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      all.add(
          node.operation() instanceof Operation.Weighted
              ? weights(
                  kernel,
                  drawn.of(i),
                  graph.nodes().get(node.from().get(0)).shape().channels(),
                  node)
              : null);
    }
    return new GraphParameters(all);
  }

  private static NodeWeights weights(Kernel kernel, NodeParameters drawn, int in, Node node) {
    Matrix weights = kernel.matrix(node.shape().channels(), in);
    if (drawn instanceof UnseenWeights unseen) {
      try (Matrix identity = kernel.matrix(in, in)) {
        float[] entries = new float[in * in];
        for (int i = 0; i < in; i++) {
          entries[i * (in + 1)] = 1;
        }
        identity.write(entries);
        unseen.up(identity, weights);
      }
    } else {
      kernel.copy(drawn.weights().all(), weights);
    }
    return new NodeWeights(Blocks.of(weights), copy(kernel, drawn.bias()), null);
  }

  private static @Nullable Matrix copy(Kernel kernel, @Nullable Matrix bias) {
    if (bias == null) {
      return null;
    }
    Matrix copy = kernel.matrix(bias.rows(), 1);
    kernel.copy(bias, copy);
    return copy;
  }
}
