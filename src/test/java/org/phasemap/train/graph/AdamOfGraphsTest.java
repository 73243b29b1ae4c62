package org.phasemap.train.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.architecture.DenselyConnected;
import org.phasemap.network.architecture.ResidualScale;
import org.phasemap.network.architecture.Transformer;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;
import org.phasemap.train.Families;
import org.phasemap.train.Recipes;
import org.phasemap.train.TestKernels;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerValues;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;
import org.phasemap.train.model.Replicate;
import org.phasemap.train.update.Optimisers;
import org.phasemap.train.update.Updates;

/** Adam on networks whose neighbouring layers have like weights and unlike biases. */
class AdamOfGraphsTest {
  private static final DataSet DIGITS = Digits.load();
  private static final double RATE = 0.01;
  private static final double EPSILON = 1e-3;

  static Stream<Architecture.Layered> networks() {
    return Stream.of(
        // g without a bias beside γ and β, a number for each channel in both.
        new Transformer(
            8, 2, Transformer.Order.PRE, 2, ResidualScale.ONE, 0, Parameterisation.WEIGHT_NORM),
        // n × n without biases, then with them.
        new Transformer(8, 2, Transformer.Order.NONE, 1, ResidualScale.ONE, 0),
        // 1 × n weights of one bias beside γ and β.
        new DenselyConnected(1, Norm.LAYER));
  }

  /** The first step of Adam is η g/(|g| + ε), of weights and biases. */
  @ParameterizedTest
  @MethodSource("networks")
  void everyParameterTakesItsFirstStep(Architecture.Layered architecture) {
    NetworkConfig network = Families.network(architecture, "tanh", 2, 8, 1.6);
    GraphModel model = GraphModel.of(architecture, network, DIGITS);
    Recipe recipe = Recipes.sgd(16, 1, RATE, 0.5);
    Replicate replicate = new Replicate(1, 0);
    try (Kernel kernel = TestKernels.fastest();
        Arena arena = new Arena(kernel)) {
      Parameters parameters = model.draw(kernel, arena, List.of(network), recipe, replicate);
      List<LayerValues> before = parameters.read();
      Minibatches batches = new Minibatches(kernel, arena, DIGITS.train(), 16, replicate);
      batches.advance();
      Pass pass = model.pass(kernel, arena, 16, 1);
      float[] logits = pass.forward(parameters, batches.features());
      float[] byLogits = new float[logits.length];
      Criteria.of(Loss.CROSS_ENTROPY, 10).gradient(logits, 0, batches.labels(), byLogits);
      List<Layer> gradients = new ArrayList<>(parameters.zeros(arena).layers());
      pass.backward(
          parameters,
          byLogits,
          (index, made) -> made.addTo(kernel, new double[] {1}, 0, gradients.get(index)));
      Updates adam =
          Optimisers.updates(new Optimiser.Adam(0.9, 0.999, EPSILON), kernel, arena, parameters);
      adam.begin(parameters, new double[] {RATE});
      pass.backward(parameters, byLogits, adam);
      for (int index = 0; index < gradients.size(); index++) {
        LayerValues start = before.get(index);
        LayerValues end = parameters.read().get(index);
        LayerValues gradient = gradients.get(index).read();
        assertStep(start.weights(), gradient.weights(), end.weights());
        if (start.bias() != null && gradient.bias() != null && end.bias() != null) {
          assertStep(start.bias(), gradient.bias(), end.bias());
        }
      }
    }
  }

  /** To a rounding of the parameter, which is below 8. */
  private static void assertStep(float[] start, float[] gradient, float[] end) {
    for (int i = 0; i < start.length; i++) {
      double step = RATE * gradient[i] / (Math.abs(gradient[i]) + EPSILON);
      assertThat((double) end[i]).isCloseTo(start[i] - step, within(1e-6));
    }
  }
}
